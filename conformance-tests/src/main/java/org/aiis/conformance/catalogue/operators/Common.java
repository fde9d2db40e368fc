package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.schema.Schema;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.conformance.catalogue.schema.TypeName;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Forms that follow from an operator's schema and its plain form, whatever the operator: 'aiis qualify' and the mutants of
 * the oracle showed that declarations by hand leave these out.
 */
final class Common {
    /** Sums of a plain form have fewer terms; integers this far below the largest do not overflow in them. */
    private static final int HEADROOM = 64;

    /** Operators on integers that give a result near the data operand when every other operand is 1. */
    private static final Set<String> KEEPING_SIZE = Set.of(
            "Abs",
            "Neg",
            "Add",
            "Sub",
            "Mul",
            "Div",
            "Pow",
            "ReduceSum",
            "ReduceMax",
            "ReduceMin",
            "CumSum",
            "MatMul",
            "Gemm",
            "Max",
            "Min",
            "Sum");

    /** Those of them that add nothing up, and others that only choose: all of an unsigned type fits. */
    private static final Set<String> CHOOSING =
            Set.of("Abs", "Mul", "Div", "Max", "Min", "MaxPool", "ReduceMax", "ReduceMin", "Clip", "Relu");

    /** Operators whose plain form is no good valid twin: the numbers matter to whether it runs right. */
    private static final Set<String> TRYING = Set.of("Bernoulli", "LRN");

    /** Types that every runtime can be fed. */
    private static final Set<ElementType> EVERYWHERE =
            Set.of(ElementType.FLOAT32, ElementType.FLOAT64, ElementType.INT32, ElementType.INT64);

    /** Newest version of the default operator set in the edition. */
    private static final int NEWEST = 26;

    /** Names of twins by which declarations leave out an operand. */
    private static final Set<String> WITHOUT_OPERAND = Set.of(
            "axes-missing",
            "bias-missing",
            "places-missing",
            "scale-missing",
            "sine-missing",
            "value-missing",
            "variance-missing",
            "weights-missing",
            "zero-point-missing");

    private final Schemas schemas;

    Common(Schemas schemas) {
        this.schemas = schemas;
    }

    /** The schema of an operator, whichever operator set has it, at the newest version of the edition. */
    private Schema newest(String operator) {
        return schemas.domains().stream()
                .flatMap(domain ->
                        schemas.find(domain, operator, domain.isEmpty() ? NEWEST : Integer.MAX_VALUE).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("ONNX has no operator " + operator));
    }

    private Schema schema(OneNode node) {
        return schemas.find(node.domain(), node.operator(), node.opset())
                .orElseThrow(() -> new IllegalStateException("ONNX has no operator " + node.operator()));
    }

    /** Operators whose operands other nodes make, or graphs in attributes read: an operand more or less is one of those. */
    private static final Set<String> AROUND = Set.of(
            "ConcatFromSequence",
            "If",
            "Loop",
            "Optional",
            "OptionalGetElement",
            "OptionalHasElement",
            "Scan",
            "SequenceAt",
            "SequenceConstruct",
            "SequenceEmpty",
            "SequenceErase",
            "SequenceInsert",
            "SequenceLength",
            "SequenceMap",
            "SplitToSequence");

    /** The valid twin: the plain form, or the declaration's own where numbers of the plain form try a kernel hard. */
    private static Form valid(Declaration declared) {
        return TRYING.contains(declared.operator()) ? declared.rejects().get(0).valid() : declared.plain();
    }

    Declaration added(Declaration declared) {
        Schema schema = newest(declared.operator());
        Form valid = valid(declared);
        Declaration all =
                declared.reject("attribute-unknown", valid, n -> n.with(Attribute.of("no_such_attribute", 1L)));
        boolean around = AROUND.contains(declared.operator());
        if (most(schema) < Integer.MAX_VALUE
                && declared.rejects().stream().noneMatch(t -> t.name().equals("two-inputs") && around)) {
            all = all.reject("operand-too-many", valid, this::tooMany);
        }
        if (fewest(schema) > 0
                && declared.rejects().stream()
                        .noneMatch(t ->
                                WITHOUT_OPERAND.contains(t.name()) || t.name().startsWith("one-"))) {
            all = all.reject("operand-missing", valid, this::oneLess);
        }
        all = rejectingTypes(valid, schema, all);
        all = rejectingAttributes(valid, schema, all);
        if (KEEPING_SIZE.contains(declared.operator())) {
            all = all.value(
                    "wide-integers",
                    types(Common::wide),
                    s -> filled(declared.plain().in(s), s, () -> large(s)));
        }
        if (declared.operator().equals("ReduceMean")) {
            // ONNX is silent about the rounding of an integer mean, so the elements are equal.
            all = all.value("wide-integers", types(Common::wide), s -> {
                long one = large(s);
                return filled(declared.plain().in(s), s, () -> one);
            });
        }
        if (declared.operator().equals("Clip")) {
            all = all.value("wide-integers", types(Common::wide), s -> s.node()
                    .feed(numbers(s, Shape.of(5, 13), () -> large(s))));
        }
        if (CHOOSING.contains(declared.operator())) {
            all = all.value(
                    "whole-range",
                    types(t -> t.isInteger() && !t.isSigned() && t.bytes() < 8),
                    s -> filled(declared.plain().in(s), s, () -> s.seeded()
                            .integer(0, s.type().maxInteger())));
        }
        return all;
    }

    /** An odd number that neither binary32 nor, for 64 bits, binary64 holds. */
    private static long large(Setting s) {
        long largest = s.type().maxInteger() >>> (s.type() == ElementType.UINT64 ? 1 : 0);
        return s.seeded().integer(largest / HEADROOM / 2, largest / HEADROOM) | 1;
    }

    private static boolean wide(ElementType type) {
        return type.isInteger() && type.bytes() >= 4;
    }

    /** The data operand with other numbers, and small ones in every other operand of its type. */
    private OneNode filled(OneNode node, Setting s, LongSupplier numbers) {
        List<Schema.Parameter> parameters = schema(node).inputs();
        String data = parameters.get(0).type();
        long small = node.operator().equals("Div") ? 3 : 1;
        OneNode filled = node;
        for (int i = 0; i < node.operands().size(); i++) {
            boolean ofData =
                    Schema.at(parameters, i).filter(p -> p.type().equals(data)).isPresent()
                            || node.operator().equals("Pow");
            if (ofData && node.operands().get(i) instanceof OneNode.Operand.Fed fed) {
                filled = filled.replacing(i, numbers(s, fed.tensor().shape(), i == 0 ? numbers : () -> small));
            }
        }
        return filled;
    }

    /** An operand of a type that the schema forbids it, and operands of one type variable with unequal types. */
    private Declaration rejectingTypes(Form valid, Schema schema, Declaration all) {
        Declaration more = all;
        if (schema.inputs().stream().anyMatch(p -> foreign(schema, p).isPresent())) {
            more = more.reject("operand-type", valid, this::otherType);
        }
        if (shares(schema) && !AROUND.contains(schema.name())) {
            more = more.reject("operand-types-unequal", valid, this::unequal);
        }
        return more;
    }

    private static Declaration rejectingAttributes(Form valid, Schema schema, Declaration all) {
        Declaration more = all;
        Optional<String> required = schema.attributes().entrySet().stream()
                .filter(a -> a.getValue().required())
                .map(Map.Entry::getKey)
                .findFirst();
        if (required.isPresent() && !AROUND.contains(all.operator())) {
            more = more.reject("attribute-missing", valid, n -> n.without(required.get()));
        }
        if (!schema.attributes().isEmpty()) {
            String name = required.orElseGet(() -> schema.attributes().firstKey());
            boolean integer = schema.attributes().entrySet().stream()
                    .anyMatch(a -> a.getKey().equals(name) && a.getValue().kind() == AttributeType.INT);
            more = more.reject(
                    "attribute-kind", valid, n -> n.with(integer ? Attribute.of(name, 1.5f) : Attribute.of(name, 1L)));
        }
        return more;
    }

    /** A type of the suite that a parameter may not have. */
    private static Optional<ElementType> foreign(Schema schema, Schema.Parameter parameter) {
        Set<TypeName> allowed = schema.allowed(parameter.type());
        return Stream.of(
                        ElementType.BOOL,
                        ElementType.STRING,
                        ElementType.INT32,
                        ElementType.FLOAT32,
                        ElementType.BFLOAT16,
                        ElementType.FLOAT8E4M3FN)
                .filter(type -> !allowed.contains(TypeName.tensor(type)))
                .findFirst();
    }

    private static boolean shares(Schema schema) {
        Set<String> seen = new HashSet<>();
        return schema.inputs().stream()
                .filter(p -> schema.elements(p.type()).size() > 1)
                .anyMatch(p -> (p.option() == Schema.Option.VARIADIC && p.homogeneous()) || !seen.add(p.type()));
    }

    private OneNode otherType(OneNode node) {
        Schema schema = schema(node);
        int place = 0;
        for (int i = 0; i < node.operands().size(); i++) {
            OneNode.Operand operand = node.operands().get(i);
            if (operand instanceof OneNode.Operand.Beside) {
                continue;
            }
            Optional<ElementType> type = Schema.at(schema.inputs(), place++).flatMap(p -> foreign(schema, p));
            if (type.isPresent() && operand instanceof OneNode.Operand.Made made) {
                return node.inPlaceOf(made, zeros(type.get(), Shape.of(1)));
            }
            if (type.isPresent() && isTensor(operand)) {
                return node.replacing(i, zeros(type.get(), shape(operand)));
            }
        }
        return node.plus(new OneNode.Operand.Fed(zeros(ElementType.BOOL, Shape.of(1)), false));
    }

    /** The second operand of a type variable in another type that it may have. */
    private OneNode unequal(OneNode node) {
        Schema schema = schema(node);
        Map<String, ElementType> seen = new HashMap<>();
        for (int i = 0; i < node.operands().size(); i++) {
            Optional<Schema.Parameter> parameter = Schema.at(schema.inputs(), i);
            if (parameter.isEmpty() || node.operands().get(i) instanceof OneNode.Operand.Omitted) {
                continue;
            }
            String variable = parameter.get().type();
            ElementType before = seen.putIfAbsent(variable, type(node.operands().get(i)));
            if (before != null) {
                Set<ElementType> allowed = schema.elements(variable);
                ElementType other = Stream.concat(
                                EVERYWHERE.stream().sorted().filter(allowed::contains), allowed.stream())
                        .filter(t -> t != before)
                        .findFirst()
                        .orElse(before);
                return node.replacing(i, zeros(other, shape(node.operands().get(i))));
            }
        }
        return seen.entrySet().stream()
                .flatMap(bound -> another(schema, node, bound.getKey(), bound.getValue()).stream())
                .findFirst()
                .orElse(node);
    }

    /** The node with an operand more of a type variable that is bound to another type, where the schema has such a place. */
    private static Optional<OneNode> another(Schema schema, OneNode node, String variable, ElementType bound) {
        Optional<ElementType> other = schema.elements(variable).stream()
                .filter(t -> t != bound && EVERYWHERE.contains(t))
                .findFirst();
        OneNode more = node;
        while (other.isPresent()) {
            Optional<Schema.Parameter> next =
                    Schema.at(schema.inputs(), more.operands().size());
            if (next.isEmpty()) {
                return Optional.empty();
            }
            if (next.get().type().equals(variable)) {
                return Optional.of(more.plus(new OneNode.Operand.Fed(zeros(other.get(), Shape.of(1)), false)));
            }
            more = more.omit();
        }
        return Optional.empty();
    }

    private static Tensor tensor(OneNode.Operand operand) {
        if (operand instanceof OneNode.Operand.Fed fed) {
            return fed.tensor();
        }
        if (operand instanceof OneNode.Operand.Constant constant) {
            return constant.tensor();
        }
        throw new IllegalStateException("an operand that is left out has no tensor");
    }

    private static boolean isTensor(OneNode.Operand operand) {
        return operand instanceof OneNode.Operand.Fed || operand instanceof OneNode.Operand.Constant;
    }

    private static ElementType type(OneNode.Operand operand) {
        return tensor(operand).type();
    }

    private static Shape shape(OneNode.Operand operand) {
        return tensor(operand).shape();
    }

    private static Tensor zeros(ElementType type, Shape shape) {
        return type == ElementType.STRING
                ? Tensor.ofStrings(shape, Collections.nCopies(shape.size(), ""))
                : new Tensor.Builder(type, shape).build();
    }

    private static Tensor numbers(Setting s, Shape shape, LongSupplier numbers) {
        Tensor.Builder tensor = new Tensor.Builder(s.type(), shape);
        for (int i = 0; i < shape.size(); i++) {
            tensor.setBits(i, numbers.getAsLong());
        }
        return tensor.build();
    }

    private static int most(Schema schema) {
        return schema.inputs().stream().anyMatch(p -> p.option() == Schema.Option.VARIADIC)
                ? Integer.MAX_VALUE
                : schema.inputs().size();
    }

    private static int fewest(Schema schema) {
        int fewest = 0;
        for (int i = 0; i < schema.inputs().size(); i++) {
            Schema.Parameter p = schema.inputs().get(i);
            fewest = p.option() == Schema.Option.SINGLE
                    ? i + 1
                    : p.option() == Schema.Option.VARIADIC && p.least() > 0 ? i + p.least() : fewest;
        }
        return fewest;
    }

    /** One operand more than the schema has. */
    private OneNode tooMany(OneNode node) {
        OneNode more = node;
        while (more.places() <= most(schema(node))) {
            OneNode.Operand last = more.operands().isEmpty()
                    ? new OneNode.Operand.Omitted()
                    : more.operands().get(more.operands().size() - 1);
            more = more.plus(isTensor(last) ? last : new OneNode.Operand.Fed(Tensor.ofFloats(Shape.of(1), 1), false));
        }
        return more;
    }

    private OneNode oneLess(OneNode node) {
        OneNode less = node;
        while (less.places() >= fewest(schema(node))) {
            less = AROUND.contains(node.operator()) ? less.withoutLast() : less.shortened();
        }
        return less;
    }
}
