package org.aiis.conformance.catalogue.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.schema.Schema;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.conformance.catalogue.schema.TypeName;
import org.aiis.onnx.AttributeProto;

/**
 * The types of a node's results, for values that a model does not declare. Each rule gives a type only where the schema
 * allows it; where none does, the type is not told, rather than guessed.
 *
 * @param subgraphs by attribute the types of the outputs of a subgraph
 */
record ResultTypes(
        Schema schema,
        Map<String, AttributeProto> attributes,
        Map<String, List<Optional<TypeName>>> subgraphs,
        List<Optional<TypeName>> given,
        Schemas schemas) {
    /** Attributes that hold the number of an element type. */
    private static final List<String> NUMBERED =
            List.of("to", "dtype", "output_dtype", "output_datatype", "stash_type");

    /** Attributes of ai.onnx.ml whose kind is that of the result. */
    private static final List<String> LABELS = List.of("classlabels_", "values_");

    List<Optional<TypeName>> all(int count) {
        List<Optional<TypeName>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Optional<Schema.Parameter> parameter = Schema.at(schema.outputs(), i);
            int place = i;
            all.add(parameter.flatMap(p -> one(p, place)));
        }
        return all;
    }

    private Optional<TypeName> one(Schema.Parameter result, int place) {
        Set<TypeName> allowed = schema.allowed(result.type());
        if (allowed.size() == 1) {
            return Optional.of(allowed.iterator().next());
        }
        Set<TypeName> bound = result.homogeneous() ? bound(result.type()) : Set.of();
        if (bound.size() == 1) {
            return Optional.of(bound.iterator().next());
        }
        Stream<TypeName> same =
                schema.domain().isEmpty() || bound(result.type()).size() > 1
                        ? Stream.empty()
                        : bound(result.type()).stream();
        return Stream.of(ofSubgraph(place), ofNumber(), ofHeld(), unsaid(), ofInput(), same)
                .flatMap(types -> types)
                .filter(allowed::contains)
                .findFirst();
    }

    /** What the inputs bind a variable to. */
    private Set<TypeName> bound(String variable) {
        Set<TypeName> bound = new TreeSet<>();
        for (int i = 0; i < given.size(); i++) {
            Optional<TypeName> type = given.get(i);
            Schema.at(schema.inputs(), i)
                    .filter(p -> p.type().equals(variable))
                    .ifPresent(p -> type.ifPresent(bound::add));
        }
        return bound;
    }

    private Stream<TypeName> ofSubgraph(int place) {
        return switch (schema.name()) {
            case "If" -> Stream.concat(output("then_branch", place), output("else_branch", place));
            case "Loop" -> output("body", place + 1);
            case "Scan" -> output("body", place);
            case "SequenceMap" -> output("body", place).map(TypeName::sequence);
            default -> Stream.empty();
        };
    }

    private Stream<TypeName> output(String attribute, int place) {
        List<Optional<TypeName>> outputs = subgraphs.getOrDefault(attribute, List.of());
        return place < outputs.size() ? outputs.get(place).stream() : Stream.empty();
    }

    /** The types of a subgraph's inputs, which it need not declare. */
    static List<Optional<TypeName>> fed(String operator, List<Optional<TypeName>> given) {
        return operator.equals("SequenceMap")
                ? given.stream()
                        .map(t -> t.map(type -> type.inner().orElse(type)))
                        .toList()
                : operator.equals("Loop") || operator.equals("Scan") ? given : List.of();
    }

    private Stream<TypeName> ofNumber() {
        return NUMBERED.stream()
                .flatMap(name -> number(name).stream())
                .flatMap(number -> element(number).stream())
                .flatMap(type -> Stream.of(type, type.sequence()));
    }

    /** The types that the texts of these operators give where an attribute is left out. */
    private Stream<TypeName> unsaid() {
        return switch (schema.name()) {
            case "ConstantOfShape" -> Stream.of(TypeName.tensor("float"));
            case "SequenceEmpty" -> Stream.of(TypeName.tensor("float").sequence());
            case "QuantizeLinear" -> Stream.of(TypeName.tensor("uint8"));
            case "DequantizeLinear" -> given.size() < 2 ? Stream.empty() : given.get(1).stream();
            default -> Stream.empty();
        };
    }

    private Optional<Integer> number(String attribute) {
        AttributeProto written = attributes.get(attribute);
        if (written != null) {
            return Optional.of((int) written.getI());
        }
        Schema.Declared declared = schema.attributes().get(attribute);
        return declared == null
                ? Optional.empty()
                : declared.otherwise().map(com.fasterxml.jackson.databind.JsonNode::intValue);
    }

    /** What an attribute holds that is the value itself, or a list of labels. */
    private Stream<TypeName> ofHeld() {
        boolean value = schema.name().equals("Constant") || schema.name().equals("ConstantOfShape");
        boolean labels = !schema.domain().isEmpty();
        return attributes.values().stream()
                .filter(a -> value || labels && LABELS.stream().anyMatch(a.getName()::startsWith))
                .flatMap(this::held);
    }

    private Stream<TypeName> held(AttributeProto attribute) {
        return switch (attribute.getType()) {
            case TENSOR -> element(attribute.getT().getDataType()).stream();
            case FLOAT, FLOATS -> Stream.of(TypeName.tensor("float"));
            case INT, INTS -> Stream.of(TypeName.tensor("int64"));
            case STRING, STRINGS -> Stream.of(TypeName.tensor("string"));
            default -> Stream.empty();
        };
    }

    /** Operators on sequences and optionals take an element out of the first input or make one of it; others keep its type. */
    private Stream<TypeName> ofInput() {
        if (!schema.domain().isEmpty() || given.isEmpty()) {
            return Stream.empty();
        }
        return given.get(0).stream()
                .flatMap(t -> Stream.concat(
                        Stream.concat(Stream.of(t), t.inner().stream()), Stream.of(t.sequence(), t.optional())));
    }

    private Optional<TypeName> element(int number) {
        return schemas.element(number).map(TypeName::tensor);
    }
}
