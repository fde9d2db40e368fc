package org.aiis.reference.operators;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.spec.tensor.ElementType;

/**
 * The schema of an operator at an opset version, written as ONNX writes it: {@code "A:T B?:T rest*:T -> C:T"}, where a
 * question mark makes a parameter optional and a star variadic, and a type is a variable or an element type's name,
 * or {@code seq(T)} or {@code optional(T)} of one. A plus is a star whose parameters may differ in type; {@code *0} and
 * {@code +0} allow none at all.
 */
public final class Signature {
    /** How often a parameter may occur. */
    public enum Arity {
        ONE,
        OPTIONAL,
        VARIADIC
    }

    /**
     * An input or output.
     *
     * @param mixed whether a variadic one may hold several types
     * @param least how many a variadic one must have
     */
    public record Parameter(String name, String type, Arity arity, boolean mixed, int least) {
        private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_]+)([?]|[*+]0?)?:(.+)");

        static Parameter parse(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new IllegalArgumentException("no parameter: " + text);
            }
            String mark = form.group(2) == null ? "" : form.group(2);
            Arity arity = mark.isEmpty() ? Arity.ONE : mark.equals("?") ? Arity.OPTIONAL : Arity.VARIADIC;
            return new Parameter(
                    form.group(1),
                    form.group(3),
                    arity,
                    mark.startsWith("+"),
                    arity == Arity.OPTIONAL || mark.endsWith("0") ? 0 : 1);
        }
    }

    /** The type of an output that attributes or the types of the inputs decide, an empty one for an input left out. */
    @FunctionalInterface
    public interface Decision {
        Type of(Attributes node, List<Optional<Type>> given);
    }

    /** An attribute, with its default if it has one. */
    public record Declared(
            AttributeType type, boolean required, Optional<AttributeProto> otherwise, Set<String> words) {
        public Declared {
            words = Set.copyOf(words);
        }
    }

    private static final String SEQUENCE = "seq(";
    private static final String OPTIONAL = "optional(";

    private final List<Parameter> inputs;
    private final List<Parameter> outputs;
    private final Map<String, Set<ElementType>> elements = new TreeMap<>();
    private final Map<String, Set<Type>> kinds = new TreeMap<>();
    private final Map<String, Declared> attributes = new TreeMap<>();
    private final Map<String, Decision> decisions = new TreeMap<>();
    private final Map<String, BiFunction<Attributes, Map<String, ElementType>, ElementType>> derived = new TreeMap<>();

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
        elements.put(variable, allowed);
        return this;
    }

    /** The types that a variable may stand for which is not of tensors alone. */
    public Signature kind(String variable, Set<Type> allowed) {
        kinds.put(variable, allowed);
        return this;
    }

    /** The same of a variable that no input binds. */
    public Signature kind(String variable, Set<Type> allowed, Decision decided) {
        decisions.put(variable, decided);
        return kind(variable, allowed);
    }

    /** The element types of a variable that attributes alone decide. */
    public Signature type(String variable, Set<ElementType> allowed, Function<Attributes, ElementType> decided) {
        decisions.put(variable, (node, given) -> Type.tensor(decided.apply(node)));
        return type(variable, allowed);
    }

    /** The element types of a variable that attributes decide and the types that inputs have bound to variables. */
    public Signature typeFrom(
            String variable,
            Set<ElementType> allowed,
            BiFunction<Attributes, Map<String, ElementType>, ElementType> decided) {
        derived.put(variable, decided);
        return type(variable, allowed);
    }

    /** The element types of a variable that an attribute names, or where it is left out the first input has. */
    public Signature type(String variable, Set<ElementType> allowed, String attribute) {
        decisions.put(
                variable,
                (node, given) -> node.has(attribute)
                        ? Type.tensor(node.elementType(attribute))
                        : given.get(0).orElseThrow(() -> node.refusal("input 0 is missing")));
        return optional(attribute, AttributeType.INT).type(variable, allowed);
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
        int fewest = 0;
        for (Parameter parameter : parameters) {
            fewest += parameter.least();
        }
        return fewest;
    }

    public static int most(List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            if (parameter.arity() == Arity.VARIADIC) {
                return Integer.MAX_VALUE;
            }
        }
        return parameters.size();
    }

    /** Whether the input at a place may be left out by an empty name. */
    public boolean mayBeEmpty(int input) {
        return at(inputs, input).arity() == Arity.OPTIONAL;
    }

    /** Element types of a variable, or the one that is named, whatever the tensors are in. */
    public Set<ElementType> allowed(String type) {
        return kinds(type).stream().map(Type::element).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Types of a parameter's variable, or the one type that is named. */
    public Set<Type> kinds(String type) {
        if (type.startsWith(SEQUENCE)) {
            return kinds(inner(type)).stream().map(Type.Sequence::new).collect(Collectors.toCollection(TreeSet::new));
        }
        if (type.startsWith(OPTIONAL)) {
            return Type.optionals(kinds(inner(type)));
        }
        Set<Type> mixed = kinds.get(type);
        if (mixed != null) {
            return mixed;
        }
        Set<ElementType> variable = elements.get(type);
        return Type.tensors(variable == null ? Set.of(ElementType.of(type)) : variable);
    }

    private static String inner(String type) {
        return type.substring(type.indexOf('(') + 1, type.length() - 1);
    }

    /**
     * The types of the outputs for these types of the inputs, an empty one for an input left out.
     *
     * @throws org.aiis.spec.port.Oracle.Refusal when the inputs' types fit no binding of the type variables
     */
    public List<Type> infer(List<Optional<Type>> given, int results, Attributes node) {
        Map<String, Type> bound = checked(given, node);
        decisions.forEach((variable, decided) -> {
            if (!bound.containsKey(variable)) {
                bound.put(variable, decided.of(node, given));
            }
        });
        derived.forEach((variable, decided) -> bound.put(variable, Type.tensor(decided.apply(node, elements(bound)))));
        followers.forEach((variable, follower) -> {
            ElementType decided = follower.results().get(elements(bound).get(follower.input()));
            if (decided != null) {
                bound.put(variable, Type.tensor(decided));
            }
        });
        List<Type> result = new ArrayList<>();
        for (int i = 0; i < results; i++) {
            String type = at(outputs, i).type();
            Type chosen = made(type, bound)
                    .or(() -> only(type))
                    .orElseThrow(() -> node.refusal("the type of an output is not determined"));
            checkOutput(i, chosen, node);
            result.add(chosen);
        }
        return result;
    }

    private static Map<String, ElementType> elements(Map<String, Type> bound) {
        Map<String, ElementType> elements = new TreeMap<>();
        bound.forEach((variable, type) -> {
            if (type instanceof Type.Tensor tensor) {
                elements.put(variable, tensor.element());
            }
        });
        return elements;
    }

    /** Refuses inputs whose types fit no binding of the type variables; gives the binding. */
    public Map<String, Type> checked(List<Optional<Type>> given, Attributes node) {
        Map<String, Type> bound = new TreeMap<>();
        for (int i = 0; i < given.size(); i++) {
            Parameter parameter = at(inputs, i);
            given.get(i).ifPresent(type -> bind(parameter, type, bound, node));
        }
        return bound;
    }

    /** Refuses a type that an output may not have. */
    public void checkOutput(int i, Type type, Attributes node) {
        if (!allows(at(outputs, i).type(), type)) {
            throw node.refusal("output " + i + " may not be " + type.label());
        }
    }

    private Optional<Type> only(String type) {
        Set<Type> allowed = kinds(type);
        return allowed.size() == 1 ? allowed.stream().findFirst() : Optional.empty();
    }

    private Optional<Type> made(String type, Map<String, Type> bound) {
        if (type.startsWith(SEQUENCE)) {
            return made(inner(type), bound).map(Type.Sequence::new);
        }
        if (type.startsWith(OPTIONAL)) {
            return made(inner(type), bound).map(Type::optional);
        }
        return Optional.ofNullable(bound.get(type));
    }

    private boolean allows(String pattern, Type type) {
        if (pattern.startsWith(SEQUENCE)) {
            return type instanceof Type.Sequence sequence && allows(inner(pattern), sequence.of());
        }
        if (pattern.startsWith(OPTIONAL)) {
            return type instanceof Type.Optional optional && allows(inner(pattern), optional.of());
        }
        Set<Type> mixed = kinds.get(pattern);
        if (mixed != null) {
            return mixed.contains(type);
        }
        Set<ElementType> variable = elements.get(pattern);
        return type instanceof Type.Tensor tensor
                && (variable == null ? tensor.element().label().equals(pattern) : variable.contains(tensor.element()));
    }

    private void bind(Parameter parameter, Type type, Map<String, Type> bound, Attributes node) {
        if (!allows(parameter.type(), type)) {
            throw node.refusal("input " + parameter.name() + " may not be " + type.label());
        }
        if (parameter.mixed()) {
            return;
        }
        String variable = parameter.type();
        Type stands = type;
        while (variable.startsWith(SEQUENCE) || variable.startsWith(OPTIONAL)) {
            variable = inner(variable);
            stands = stands instanceof Type.Sequence s ? s.of() : stands instanceof Type.Optional o ? o.of() : stands;
        }
        Type before = bound.putIfAbsent(variable, stands);
        if (before != null && !before.equals(stands)) {
            throw node.refusal("input " + parameter.name() + " is " + type.label() + " where " + variable
                    + " is already " + before.label());
        }
    }
}
