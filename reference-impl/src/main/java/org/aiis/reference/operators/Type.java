package org.aiis.reference.operators;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.aiis.onnx.TypeProto;
import org.aiis.spec.tensor.ElementType;

/** The type of a datum, as ONNX's TypeProto has it. Maps, sparse tensors and opaque types are outside the oracle. */
public sealed interface Type extends Comparable<Type> {
    /** ONNX nests no deeper than an optional sequence of tensors. */
    int DEEPEST = 3;

    /** Element type of the innermost tensors. */
    ElementType element();

    /** As in messages: {@code float32}, {@code seq(float32)}, {@code optional(seq(float32))}. */
    String label();

    /** A tensor of any shape. */
    record Tensor(ElementType element) implements Type {
        @Override
        public String label() {
            return element.label();
        }
    }

    /** Any number of data of one type. */
    record Sequence(Type of) implements Type {
        @Override
        public ElementType element() {
            return of.element();
        }

        @Override
        public String label() {
            return "seq(" + of.label() + ")";
        }
    }

    /** A datum or none. */
    record Optional(Type of) implements Type {
        @Override
        public ElementType element() {
            return of.element();
        }

        @Override
        public String label() {
            return "optional(" + of.label() + ")";
        }
    }

    @Override
    default int compareTo(Type other) {
        return label().compareTo(other.label());
    }

    /** The type that a model says; none where it is of something else, unknown, or nested too deeply. */
    static java.util.Optional<Type> of(TypeProto proto) {
        return of(proto, DEEPEST);
    }

    private static java.util.Optional<Type> of(TypeProto proto, int deepest) {
        if (deepest == 0) {
            return java.util.Optional.empty();
        }
        return switch (proto.getValueCase()) {
            case TENSOR_TYPE ->
                ElementType.ofOnnx(proto.getTensorType().getElemType()).map(Type::tensor);
            case SEQUENCE_TYPE ->
                of(proto.getSequenceType().getElemType(), deepest - 1).map(Sequence::new);
            case OPTIONAL_TYPE ->
                of(proto.getOptionalType().getElemType(), deepest - 1).map(Optional::new);
            case MAP_TYPE, VALUE_NOT_SET -> java.util.Optional.empty();
        };
    }

    static Type tensor(ElementType element) {
        return new Tensor(element);
    }

    static Type sequence(ElementType element) {
        return new Sequence(new Tensor(element));
    }

    default Type optional() {
        return new Optional(this);
    }

    static Set<Type> tensors(Set<ElementType> elements) {
        return elements.stream().map(Type::tensor).collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<Type> sequences(Set<ElementType> elements) {
        return elements.stream().map(Type::sequence).collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<Type> optionals(Set<Type> types) {
        return types.stream().map(Type::optional).collect(Collectors.toCollection(TreeSet::new));
    }

    @SafeVarargs
    static Set<Type> union(Set<Type>... some) {
        Set<Type> all = new TreeSet<>();
        for (Set<Type> types : some) {
            all.addAll(types);
        }
        return all;
    }
}
