package org.aiis.reference.operators;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.spec.tensor.ElementType;

/**
 * The schema of an operator at an opset version, written as ONNX writes it: {@code "A:T B?:T rest*:T -> C:T"}, where a
 * question mark makes a parameter optional and a star variadic, and a type is a variable or an element type's name.
 */
public final class Signature {
    /** How often a parameter may occur. */
    public enum Arity {
        ONE,
        OPTIONAL,
        VARIADIC
    }

    /** An input or output. */
    public record Parameter(String name, String type, Arity arity) {
        static Parameter parse(String text) {
            int colon = text.indexOf(':');
            Arity arity =
                    switch (text.charAt(colon - 1)) {
                        case '?' -> Arity.OPTIONAL;
                        case '*' -> Arity.VARIADIC;
                        default -> Arity.ONE;
                    };
            return new Parameter(
                    text.substring(0, arity == Arity.ONE ? colon : colon - 1), text.substring(colon + 1), arity);
        }
    }

    /** An attribute, with its default if it has one. */
    public record Declared(
            AttributeType type, boolean required, Optional<AttributeProto> otherwise, Set<String> words) {
        public Declared {
            words = Set.copyOf(words);
        }
    }

    private final List<Parameter> inputs;
    private final List<Parameter> outputs;
    private final Map<String, Set<ElementType>> types = new TreeMap<>();
    private final Map<String, Declared> attributes = new TreeMap<>();
    private final Map<String, Function<Attributes, ElementType>> resultTypes = new TreeMap<>();

    private record Follower(String input, Map<ElementType, ElementType> results) {}

    private final Map<String, Follower> followers = new TreeMap<>();

    private Signature(List<Parameter> inputs, List<Parameter> outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
    }

    public static Signature of(String notation) {
        int arrow = notation.indexOf("->");
        return new Signature(parameters(notation.substring(0, arrow)), parameters(notation.substring(arrow + 2)));
    }

    private static List<Parameter> parameters(String text) {
        return Stream.of(text.trim().split(" +"))
                .filter(p -> !p.isEmpty())
                .map(Parameter::parse)
                .toList();
    }

    /** The element types that a type variable may stand for. */
    public Signature type(String variable, Set<ElementType> allowed) {
        types.put(variable, allowed);
        return this;
    }

    /** The element types of a variable that attributes alone decide. */
    public Signature type(String variable, Set<ElementType> allowed, Function<Attributes, ElementType> decided) {
        resultTypes.put(variable, decided);
        return type(variable, allowed);
    }

    /** The element types of a variable of outputs that the one bound to another variable decides. */
    public Signature type(String variable, String input, Map<ElementType, ElementType> results) {
        followers.put(variable, new Follower(input, Map.copyOf(results)));
        return type(variable, Set.copyOf(results.values()));
    }

    /** An attribute that has a default. */
    public Signature attribute(AttributeProto otherwise) {
        return declare(otherwise.getName(), new Declared(otherwise.getType(), false, Optional.of(otherwise), Set.of()));
    }

    /** A string attribute that may only be one of some words. */
    public Signature words(AttributeProto otherwise, String... words) {
        return declare(
                otherwise.getName(), new Declared(otherwise.getType(), false, Optional.of(otherwise), Set.of(words)));
    }

    /** An attribute that may be left out and has no default. */
    public Signature optional(String name, AttributeType type) {
        return declare(name, new Declared(type, false, Optional.empty(), Set.of()));
    }

    public Signature required(String name, AttributeType type) {
        return declare(name, new Declared(type, true, Optional.empty(), Set.of()));
    }

    /** A string attribute without default that may only be one of some words. */
    public Signature required(String name, String... words) {
        return declare(name, new Declared(AttributeType.STRING, true, Optional.empty(), Set.of(words)));
    }

    private Signature declare(String name, Declared declared) {
        attributes.put(name, declared);
        return this;
    }

    public List<Parameter> inputs() {
        return inputs;
    }

    public List<Parameter> outputs() {
        return outputs;
    }

    public Map<String, Declared> attributes() {
        return attributes;
    }

    /** The parameter at a place, where the last one may repeat. */
    static Parameter at(List<Parameter> parameters, int i) {
        return parameters.get(Math.min(i, parameters.size() - 1));
    }

    public static int fewest(List<Parameter> parameters) {
        return (int) parameters.stream().filter(p -> p.arity() == Arity.ONE).count()
                + (parameters.stream().anyMatch(p -> p.arity() == Arity.VARIADIC) ? 1 : 0);
    }

    public static int most(List<Parameter> parameters) {
        boolean variadic = parameters.stream().anyMatch(p -> p.arity() == Arity.VARIADIC);
        return variadic ? Integer.MAX_VALUE : parameters.size();
    }

    /** Whether the input at a place may be left out by an empty name. */
    public boolean mayBeEmpty(int input) {
        return at(inputs, input).arity() == Arity.OPTIONAL;
    }

    /** Allowed types of a variable, or the one type that is named. */
    public Set<ElementType> allowed(String type) {
        Set<ElementType> variable = types.get(type);
        return variable == null ? Set.of(ElementType.of(type)) : variable;
    }

    /**
     * The types of the outputs for these types of the inputs, an empty one for an input left out.
     *
     * @throws org.aiis.spec.port.Oracle.Refusal when the inputs' types fit no binding of the type variables
     */
    public List<ElementType> infer(List<Optional<ElementType>> given, int results, Attributes node) {
        Map<String, ElementType> bound = new TreeMap<>();
        for (int i = 0; i < given.size(); i++) {
            Parameter parameter = at(inputs, i);
            given.get(i).ifPresent(type -> bind(parameter, type, bound, node));
        }
        resultTypes.forEach((variable, decided) -> bound.put(variable, decided.apply(node)));
        followers.forEach((variable, follower) -> {
            ElementType decided = follower.results().get(bound.get(follower.input()));
            if (decided != null) {
                bound.put(variable, decided);
            }
        });
        List<ElementType> result = new ArrayList<>();
        for (int i = 0; i < results; i++) {
            String type = at(outputs, i).type();
            ElementType known = bound.get(type);
            Set<ElementType> allowed = allowed(type);
            if (known == null && allowed.size() > 1) {
                throw node.refusal("the type of output " + i + " is not determined");
            }
            ElementType chosen = known == null ? allowed.iterator().next() : known;
            if (!allowed.contains(chosen)) {
                throw node.refusal("output " + i + " may not be " + chosen.label());
            }
            result.add(chosen);
        }
        return result;
    }

    private void bind(Parameter parameter, ElementType type, Map<String, ElementType> bound, Attributes node) {
        if (!allowed(parameter.type()).contains(type)) {
            throw node.refusal("input " + parameter.name() + " may not be " + type.label());
        }
        ElementType before = bound.putIfAbsent(parameter.type(), type);
        if (before != null && before != type) {
            throw node.refusal("input " + parameter.name() + " is " + type.label() + " where " + parameter.type()
                    + " is already " + before.label());
        }
    }
}
