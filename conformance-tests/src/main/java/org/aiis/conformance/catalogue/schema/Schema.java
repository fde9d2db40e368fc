package org.aiis.conformance.catalogue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.spec.tensor.ElementType;

/**
 * One version of an operator as ONNX declares it.
 *
 * @param since the first opset version of its domain at which it holds
 * @param types by type variable the types that it may stand for
 */
public record Schema(
        String domain,
        String name,
        int since,
        boolean deprecated,
        List<Parameter> inputs,
        List<Parameter> outputs,
        SortedMap<String, SortedSet<TypeName>> types,
        SortedMap<String, Declared> attributes) {
    /** How often a parameter may occur. */
    public enum Option {
        SINGLE,
        OPTIONAL,
        VARIADIC
    }

    /**
     * An input or output.
     *
     * @param type a type variable, or a type
     * @param least how many a variadic one must have
     * @param homogeneous whether all of a variadic one have the same type
     */
    public record Parameter(String name, String type, Option option, int least, boolean homogeneous) {}

    /**
     * An attribute.
     *
     * @param otherwise its default: a number, a text, or a list of one of them
     */
    public record Declared(AttributeType kind, boolean required, Optional<JsonNode> otherwise) {}

    public Schema {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /** The types that a variable may stand for, or the one type that is named. */
    public SortedSet<TypeName> allowed(String type) {
        SortedSet<TypeName> variable = types.get(type);
        return variable == null
                ? Collections.unmodifiableSortedSet(new TreeSet<>(Set.of(new TypeName(type))))
                : variable;
    }

    /** The element types of these, as far as the suite knows them. */
    public Set<ElementType> elements(String type) {
        Set<ElementType> elements = new TreeSet<>();
        allowed(type).forEach(name -> name.element().ifPresent(elements::add));
        return elements;
    }

    /** The parameter at a place of a list where the last one may repeat; none beyond its end. */
    public static Optional<Parameter> at(List<Parameter> parameters, int place) {
        if (place < parameters.size()) {
            return Optional.of(parameters.get(place));
        }
        return parameters.isEmpty() || parameters.get(parameters.size() - 1).option() != Option.VARIADIC
                ? Optional.empty()
                : Optional.of(parameters.get(parameters.size() - 1));
    }

    /** {@code Add}, or {@code ai.onnx.ml.Scaler} in another domain than the default one. */
    public String title() {
        return domain.isEmpty() ? name : domain + "." + name;
    }
}
