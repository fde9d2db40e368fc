package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.since;
import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Reductions over axes, and the running sum. */
final class Reductions {
    /** From this version on the axes of all reductions are an input; ReduceSum has it since 13. */
    private static final int AXES_AS_INPUT = 18;

    private Reductions() {}

    static List<Declaration> declarations() {
        Family[] sums = {Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES};
        return List.of(
                reduction("ReduceSum", 1)
                        .families(sums)
                        .value("long", s -> reduced(s, s.tensor(67, 1003), 1, -1))
                        .special("empty-set", s -> reduced(s, s.tensor(2, 0, 3), 1, 1))
                        .special(
                                "empty-set-integer",
                                types(t -> t.isInteger()),
                                s -> reduced(s, s.tensor(2, 0, 3), 1, 1))
                        .special("nan", s -> reduced(s, Products.holding(s, Double.NaN, 3, 5), 1, 1))
                        .special("infinity-minus-infinity", s -> reduced(s, infinities(s), 1, 1)),
                reduction("ReduceMean", AXES_AS_INPUT)
                        .families(sums)
                        .value(
                                "long",
                                types(ElementType::isFloat),
                                s -> reduced(s, s.tensor(67, 1003), AXES_AS_INPUT, -1))
                        .special("nan", s -> reduced(s, Products.holding(s, Double.NaN, 3, 5), AXES_AS_INPUT, 1))
                        .special("infinity-minus-infinity", s -> reduced(s, infinities(s), AXES_AS_INPUT, 1)),
                extreme("ReduceMax"),
                extreme("ReduceMin"),
                reduction("ReduceProd", AXES_AS_INPUT)
                        .families(Family.UNIFORM, Family.NEAR_ONE, Family.TIES)
                        .value(
                                "around-one",
                                types(ElementType::isFloat),
                                s -> reduced(s, s.between(0.9, 1.1, 67, 31), AXES_AS_INPUT, -1))
                        .special("empty-set", s -> reduced(s, s.tensor(2, 0, 3), AXES_AS_INPUT, 1))
                        .special("nan", s -> reduced(s, Products.holding(s, Double.NaN, 3, 5), AXES_AS_INPUT, 1))
                        .special(
                                "minus-infinity",
                                s -> reduced(s, Products.holding(s, Double.NEGATIVE_INFINITY, 3, 5), AXES_AS_INPUT, 1))
                        .special(
                                "zero-times-infinity",
                                s -> reduced(
                                        s,
                                        Tensor.ofReals(
                                                s.type(), Shape.of(2, 3), 0, Double.POSITIVE_INFINITY, 1, 0, 2, 3),
                                        AXES_AS_INPUT,
                                        1))
                        .special(
                                "overflow",
                                s -> reduced(
                                        s,
                                        Products.full(s, s.type().format().largestFinite(), 2, 3),
                                        AXES_AS_INPUT,
                                        1)),
                cumSum());
    }

    private static Declaration extreme(String operator) {
        return reduction(operator, AXES_AS_INPUT)
                .special("empty-set", s -> reduced(s, s.tensor(2, 0, 3), AXES_AS_INPUT, 1))
                .special(
                        "empty-set-integer",
                        types(t -> t.isInteger()),
                        s -> reduced(s, s.tensor(2, 0, 3), AXES_AS_INPUT, 1))
                .special(
                        "infinities",
                        s -> reduced(
                                s,
                                Tensor.ofReals(
                                        s.type(),
                                        Shape.of(3, 3),
                                        1,
                                        Double.POSITIVE_INFINITY,
                                        -3,
                                        Double.NEGATIVE_INFINITY,
                                        2,
                                        s.type().format().largestFinite(),
                                        Double.NEGATIVE_INFINITY,
                                        Double.NEGATIVE_INFINITY,
                                        Double.NEGATIVE_INFINITY),
                                AXES_AS_INPUT,
                                1))
                .special(
                        "integer-extremes",
                        types(t -> t.isInteger()),
                        s -> reduced(s, Specials.of(s.type()), AXES_AS_INPUT, 0));
    }

    private static Declaration reduction(String operator, int axesAsInput) {
        boolean sum = operator.equals("ReduceSum");
        Declaration all = Declaration.of(operator, s -> reduced(s, numbers(s, 7, 3, 5), axesAsInput, 1))
                .shape("axes-left-out", s -> s.node().feed(numbers(s, 2, 3, 4)))
                .shape(
                        "axes-left-out-keepdims-0",
                        s -> s.node().feed(numbers(s, 2, 3, 4)).with(keepdims(0)))
                .shape("axis-negative", s -> reduced(s, numbers(s, 2, 3, 5), axesAsInput, -1))
                .shape("axis-first", s -> reduced(s, numbers(s, 3, 4, 5), axesAsInput, 0))
                .shape("axes-several", s -> reduced(s, numbers(s, 2, 3, 2, 5), axesAsInput, 0, 2))
                .shape("axes-unordered-negative", s -> reduced(s, numbers(s, 2, 3, 2, 5), axesAsInput, -1, 1))
                .shape("keepdims-0", s -> reduced(s, numbers(s, 2, 3, 5), axesAsInput, 1)
                        .with(keepdims(0)))
                .shape("keepdims-1", s -> reduced(s, numbers(s, 2, 3, 5), axesAsInput, 1)
                        .with(keepdims(1)))
                .shape("axes-all", s -> reduced(s, numbers(s, 2, 3), axesAsInput, 0, 1)
                        .with(keepdims(0)))
                .shape("size-1", s -> reduced(s, numbers(s, 3, 1), axesAsInput, 1))
                .shape("zero-size-kept", s -> reduced(s, numbers(s, 0, 3), axesAsInput, 1))
                .shape("rank-0", s -> s.node().feed(numbers(s)))
                .shape("rank-6", s -> reduced(s, numbers(s, 2, 1, 2, 1, 3, 2), axesAsInput, 2, 4))
                .shape("prime", s -> reduced(s, numbers(s, 3, 67), axesAsInput, 1))
                .shape("dynamic", s -> reduced(s, numbers(s, 3, 5), axesAsInput, 0)
                        .dynamic())
                .shape("axes-fed", since(axesAsInput), s -> reduced(s, numbers(s, 3, 5), axesAsInput, 0)
                        .allFed())
                .shape("axes-empty", since(axesAsInput), s -> s.node()
                        .feed(numbers(s, 2, 3))
                        .constant(Setting.longs()))
                .shape("noop-axes-empty", since(axesAsInput), s -> s.node()
                        .feed(numbers(s, 2, 3))
                        .constant(Setting.longs())
                        .with(Attribute.of("noop_with_empty_axes", 1L)))
                .shape("noop-axes-left-out", since(axesAsInput), s -> s.node()
                        .feed(numbers(s, 2, 3))
                        .with(Attribute.of("noop_with_empty_axes", 1L)))
                .reject(
                        "axis-out-of-range",
                        since(axesAsInput),
                        s -> reduced(s, numbers(s, 2, 3), axesAsInput, 1),
                        n -> n.replacing(1, Setting.longs(2)))
                .reject(
                        "axis-out-of-range-attribute",
                        Declaration.before(axesAsInput),
                        s -> reduced(s, numbers(s, 2, 3), axesAsInput, 1),
                        n -> n.with(Attribute.ints("axes", 2)));
        return all.reject(
                "axes-attribute",
                since(sum ? 1 : AXES_AS_INPUT),
                s -> s.node().feed(numbers(s, 2, 3)),
                n -> n.with(Attribute.ints("axes", 1)));
    }

    /** Integers near zero, so that sums and products stay in range; a mean of integers is even. */
    private static Tensor numbers(Setting s, int... dims) {
        if (s.type().isFloat()) {
            return s.tensor(dims);
        }
        return switch (s.operator()) {
            case "ReduceProd" -> s.integers(s.type(), 1, 2, dims);
            case "ReduceMean" -> constantInteger(s, dims);
            default -> s.tensor(dims);
        };
    }

    /** ONNX is silent about the rounding of an integer mean, so the elements are equal. */
    private static Tensor constantInteger(Setting s, int... dims) {
        long value = s.seeded().integer(-9, 9);
        return s.integers(s.type(), value, value, dims);
    }

    private static OneNode reduced(Setting s, Tensor x, int axesAsInput, long... axes) {
        return s.opset() >= axesAsInput
                ? s.node().feed(x).constant(Setting.longs(axes))
                : s.node().feed(x).with(Attribute.ints("axes", axes));
    }

    private static Tensor infinities(Setting s) {
        return Tensor.ofReals(
                s.type(),
                Shape.of(2, 3),
                Double.POSITIVE_INFINITY,
                1,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                1,
                2);
    }

    private static AttributeProto keepdims(long value) {
        return Attribute.of("keepdims", value);
    }

    private static Declaration cumSum() {
        return Declaration.of("CumSum", s -> running(s.node().feed(s.tensor(5, 13)), 1))
                .families(Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES)
                .value("long", s -> running(s.node().feed(s.tensor(2, 1003)), 1))
                .shape("axis-0", s -> running(s.node().feed(s.tensor(5, 4)), 0))
                .shape("axis-negative", s -> running(s.node().feed(s.tensor(2, 3, 4)), -2))
                .shape("exclusive", s -> running(s.node().feed(s.tensor(3, 5)), 1)
                        .with(Attribute.of("exclusive", 1L)))
                .shape("reverse", s -> running(s.node().feed(s.tensor(3, 5)), 1).with(Attribute.of("reverse", 1L)))
                .shape("exclusive-reverse", s -> running(s.node().feed(s.tensor(3, 5)), 1)
                        .with(Attribute.of("exclusive", 1L), Attribute.of("reverse", 1L)))
                .shape(
                        "axis-int32",
                        s -> s.node().feed(s.tensor(3, 5)).constant(Tensor.ofLongs(ElementType.INT32, Shape.SCALAR, 1)))
                .shape("size-1", s -> running(s.node().feed(s.tensor(3, 1)), 1))
                .shape("zero-size", s -> running(s.node().feed(s.tensor(3, 0)), 1))
                .shape("axis-fed", s -> running(s.node().feed(s.tensor(3, 4)), 1)
                        .allFed())
                .shape("dynamic", s -> running(s.node().feed(s.tensor(3, 5)), 0).dynamic())
                .special("nan", s -> running(s.node().feed(Products.holding(s, Double.NaN, 3, 5)), 1))
                .special(
                        "infinity", s -> running(s.node().feed(Products.holding(s, Double.POSITIVE_INFINITY, 3, 5)), 1))
                .special("exclusive-infinity", s -> running(s.node().feed(infinities(s)), 1)
                        .with(Attribute.of("exclusive", 1L)))
                .special("infinity-minus-infinity", s -> running(s.node().feed(infinities(s)), 1))
                .reject("axis-out-of-range", n -> n.replacing(1, Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, 2)))
                .reject("axis-rank-2", n -> n.replacing(1, Tensor.ofLongs(ElementType.INT64, Shape.of(1, 1), 1)));
    }

    private static OneNode running(OneNode node, long axis) {
        return node.constant(Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, axis));
    }
}
