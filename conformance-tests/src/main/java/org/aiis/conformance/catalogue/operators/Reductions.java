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

/** Reductions over axes. */
final class Reductions {
    /** From this version on the axes of all reductions are an input; ReduceSum has it since 13. */
    private static final int AXES_AS_INPUT = 18;

    private Reductions() {}

    static List<Declaration> declarations() {
        Family[] sums = {Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES};
        return List.of(
                summing("ReduceSum", sums),
                summing("ReduceL1", sums)
                        .value("large-integers", types(ElementType::isInteger), s -> reduced(s, halves(s.type()), 1))
                        .special("infinity", s -> reduced(s, Products.holding(s, Double.NEGATIVE_INFINITY, 3, 5), 1)),
                summing("ReduceSumSquare", sums)
                        .special("infinity", s -> reduced(s, Products.holding(s, Double.NEGATIVE_INFINITY, 3, 5), 1))
                        .special(
                                "overflow",
                                s -> reduced(
                                        s, Products.full(s, s.type().format().largestFinite(), 2, 3), 1)),
                summing("ReduceL2", Family.UNIFORM, Family.NEAR_ONE, Family.TIES)
                        .special("infinity", s -> reduced(s, Products.holding(s, Double.NEGATIVE_INFINITY, 3, 5), 1)),
                reduction("ReduceMean")
                        .families(sums)
                        .value("long", types(ElementType::isFloat), s -> reduced(s, s.tensor(67, 1003), -1))
                        .value(
                                "beyond-signed",
                                types(Setting::wideUnsigned),
                                // Half of the range and 1 are a multiple of 3.
                                s -> reduced(
                                        s,
                                        Tensor.ofLongs(
                                                s.type(),
                                                Shape.of(1, 3),
                                                1L << (8 * s.type().bytes() - 1),
                                                1,
                                                0),
                                        1))
                        .special("nan", s -> reduced(s, Products.holding(s, Double.NaN, 3, 5), 1))
                        .special("infinity-minus-infinity", s -> reduced(s, infinities(s), 1)),
                logarithm("ReduceLogSum", Family.UNIFORM, Family.NEAR_ONE)
                        .special("sum-zero", s -> reduced(s, Products.full(s, 0, 2, 3), 1))
                        .special("sum-negative", s -> reduced(s, Products.full(s, -1, 2, 3), 1))
                        .special("infinity", s -> reduced(s, Products.holding(s, Double.POSITIVE_INFINITY, 3, 5), 1)),
                logarithm("ReduceLogSumExp", sums)
                        .value("spread", types(ElementType::isFloat), s -> reduced(s, s.between(-9, 9, 67, 31), -1))
                        // The function body, which is there since 18, calculates in float64, so that nothing overflows.
                        .value(
                                "large-logits",
                                (type, opset) -> type.isFloat() && opset >= AXES_AS_INPUT,
                                s -> reduced(s, s.between(60, 100, 7, 31), -1))
                        .special("infinity", s -> reduced(s, Products.holding(s, Double.POSITIVE_INFINITY, 3, 5), 1))
                        .special(
                                "minus-infinity",
                                s -> reduced(s, Products.holding(s, Double.NEGATIVE_INFINITY, 3, 5), 1))
                        .special(
                                "all-minus-infinity",
                                s -> reduced(s, Products.full(s, Double.NEGATIVE_INFINITY, 2, 3), 1)),
                extreme("ReduceMax"),
                extreme("ReduceMin")
                        .special(
                                "lowest",
                                s -> reduced(
                                        s,
                                        Tensor.ofReals(
                                                s.type(),
                                                Shape.of(1, 2),
                                                1,
                                                -s.type().format().largestFinite()),
                                        1)),
                reduction("ReduceProd")
                        .families(Family.UNIFORM, Family.NEAR_ONE, Family.TIES)
                        .value(
                                "around-one",
                                types(ElementType::isFloat),
                                s -> reduced(s, s.between(0.9, 1.1, 67, 31), -1))
                        .value(
                                "beyond-int32",
                                types(type -> type == ElementType.INT64),
                                s -> reduced(
                                        s,
                                        Tensor.ofLongs(
                                                ElementType.INT64, Shape.of(2, 3), 3, 1 << 20, 4099, 7, 1 << 25, -1),
                                        1))
                        .value(
                                "odd-beyond-float64",
                                types(type -> type == ElementType.INT64 || type == ElementType.UINT64),
                                s -> reduced(
                                        s, Tensor.ofLongs(s.type(), Shape.of(1, 2), (1L << 32) + 1, (1 << 30) - 1), 1))
                        .special("empty-set", s -> reduced(s, s.tensor(2, 0, 3), 1))
                        .special(
                                "empty-set-integer",
                                types(ElementType::isInteger),
                                s -> reduced(s, s.tensor(2, 0, 3), 1))
                        .special("nan", s -> reduced(s, Products.holding(s, Double.NaN, 3, 5), 1))
                        .special(
                                "minus-infinity",
                                s -> reduced(s, Products.holding(s, Double.NEGATIVE_INFINITY, 3, 5), 1))
                        // Factors by which the largest number does not overflow, and a subnormal one becomes normal.
                        .special(
                                "small-and-large-factors",
                                s -> reduced(
                                        s,
                                        Tensor.ofReals(
                                                s.type(),
                                                Shape.of(2, 2),
                                                Double.NEGATIVE_INFINITY,
                                                0.25,
                                                s.type().format().smallestNormal()
                                                        - s.type().format().smallestSubnormal(),
                                                1024),
                                        1))
                        .special(
                                "zero-times-infinity",
                                s -> reduced(
                                        s,
                                        Tensor.ofReals(
                                                s.type(), Shape.of(2, 3), 0, Double.POSITIVE_INFINITY, 1, 0, 2, 3),
                                        1))
                        .special(
                                "overflow",
                                s -> reduced(
                                        s, Products.full(s, s.type().format().largestFinite(), 2, 3), 1)));
    }

    /** A sum of something, so that no elements give 0. */
    private static Declaration summing(String operator, Family... families) {
        return reduction(operator)
                .families(families)
                .value("long", types(ElementType::isFloat), s -> reduced(s, s.tensor(67, 1003), -1))
                .special("empty-set", s -> reduced(s, s.tensor(2, 0, 3), 1))
                .special("empty-set-integer", types(ElementType::isInteger), s -> reduced(s, s.tensor(2, 0, 3), 1))
                .special("nan", s -> reduced(s, Products.holding(s, Double.NaN, 3, 5), 1))
                .special("infinity-minus-infinity", s -> reduced(s, infinities(s), 1));
    }

    /** No elements give −∞. */
    private static Declaration logarithm(String operator, Family... families) {
        return reduction(operator)
                .families(families)
                .value("long", types(ElementType::isFloat), s -> reduced(s, positive(s, 67, 1003), -1))
                .special("empty-set", s -> reduced(s, s.tensor(2, 0, 3), 1))
                .special("nan", s -> reduced(s, Products.holding(s, Double.NaN, 3, 5), 1));
    }

    private static Declaration extreme(String operator) {
        return reduction(operator)
                .special("empty-set", s -> reduced(s, s.tensor(2, 0, 3), 1))
                .special("empty-set-integer", types(type -> !type.isFloat()), s -> reduced(s, s.tensor(2, 0, 3), 1))
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
                                1))
                .special("integer-extremes", types(ElementType::isInteger), s -> reduced(s, Specials.of(s.type()), 0));
    }

    private static Declaration reduction(String operator) {
        int axesAsInput = operator.equals("ReduceSum") ? 1 : AXES_AS_INPUT;
        return Declaration.of(operator, s -> over(s, dims(7, 3, 5), 1))
                .value("last-axis", s -> over(s, dims(13, 11), -1))
                .value("middle-axes", s -> over(s, dims(3, 2, 4, 5), 1, 2))
                .shape("axes-left-out", s -> s.node().feed(numbers(s, dims(2, 3, 4), 0, 1, 2)))
                .shape(
                        "axes-left-out-keepdims-0",
                        s -> s.node().feed(numbers(s, dims(2, 3, 4), 0, 1, 2)).with(keepdims(0)))
                .shape("axis-negative", s -> over(s, dims(2, 3, 5), -1))
                .shape("axis-first", s -> over(s, dims(3, 4, 5), 0))
                .shape("axes-several", s -> over(s, dims(2, 3, 2, 5), 0, 2))
                .shape("axes-unordered-negative", s -> over(s, dims(2, 3, 2, 5), -1, 1))
                .shape("keepdims-0", s -> over(s, dims(2, 3, 5), 1).with(keepdims(0)))
                .shape("keepdims-1", s -> over(s, dims(2, 3, 5), 1).with(keepdims(1)))
                .shape("axes-all", s -> over(s, dims(2, 3), 0, 1).with(keepdims(0)))
                .shape("size-1", s -> over(s, dims(3, 1), 1))
                .shape("zero-size-kept", s -> over(s, dims(0, 3), 1))
                .shape("rank-0", s -> s.node().feed(numbers(s, dims())))
                .shape("rank-6", s -> over(s, dims(2, 1, 2, 1, 3, 2), 2, 4))
                .shape("prime", s -> over(s, dims(3, 67), 1))
                .shape("dynamic", s -> over(s, dims(3, 5), 0).dynamic())
                .shape("axes-fed", since(axesAsInput), s -> over(s, dims(3, 5), 0)
                        .allFed())
                .shape("axes-empty", since(axesAsInput), s -> s.node()
                        .feed(numbers(s, dims(2, 3), 0, 1))
                        .constant(Setting.longs()))
                .shape("noop-axes-empty", since(axesAsInput), s -> s.node()
                        .feed(numbers(s, dims(2, 3)))
                        .constant(Setting.longs())
                        .with(Attribute.of("noop_with_empty_axes", 1L)))
                .shape("noop-axes-left-out", since(axesAsInput), s -> s.node()
                        .feed(numbers(s, dims(2, 3)))
                        .with(Attribute.of("noop_with_empty_axes", 1L)))
                .reject(
                        "axis-out-of-range",
                        since(axesAsInput),
                        s -> over(s, dims(2, 3), 1),
                        n -> n.replacing(1, Setting.longs(2)))
                .reject(
                        "axis-out-of-range-attribute",
                        Declaration.before(axesAsInput),
                        s -> over(s, dims(2, 3), 1),
                        n -> n.with(Attribute.ints("axes", 2)))
                .reject(
                        "axes-attribute",
                        since(axesAsInput),
                        s -> s.node().feed(numbers(s, dims(2, 3), 0, 1)),
                        n -> n.with(Attribute.ints("axes", 1)));
    }

    /** Numbers for which ONNX determines the result of a reduction over these axes. */
    private static Tensor numbers(Setting s, int[] dims, long... axes) {
        if (s.type().isFloat()) {
            return s.operator().equals("ReduceProd") ? Factors.of(s, together(dims, axes), dims) : positive(s, dims);
        }
        return switch (s.operator()) {
            case "ReduceProd" -> factors(s, dims);
            case "ReduceMean", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp" -> IntegerRuns.of(s, dims, axes);
            default -> s.tensor(dims);
        };
    }

    /** How many elements are reduced to one. */
    private static int together(int[] dims, long... axes) {
        int together = 1;
        for (long axis : axes) {
            together *= dims[(int) Math.floorMod(axis, (long) dims.length)];
        }
        return together;
    }

    /** Ones and twos, fewer twos in a long run, so that no product overflows. */
    private static Tensor factors(Setting s, int... dims) {
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(dims));
        boolean many = Shape.of(dims).size() > 120;
        int size = Shape.of(dims).size();
        for (int i = 0; i < size; i++) {
            tensor.setBits(i, many && i % 7 != 0 ? 1 : s.seeded().integer(1, 2));
        }
        return tensor.build();
    }

    private static Tensor positive(Setting s, int... dims) {
        return s.operator().equals("ReduceLogSum") ? s.reals(x -> Math.abs(x) + 0.125, dims) : s.tensor(dims);
    }

    private static OneNode over(Setting s, int[] dims, long... axes) {
        return reduced(s, numbers(s, dims, axes), axes);
    }

    private static OneNode reduced(Setting s, Tensor x, long... axes) {
        return s.operator().equals("ReduceSum") || s.opset() >= AXES_AS_INPUT
                ? s.node().feed(x).constant(Setting.longs(axes))
                : s.node().feed(x).with(Attribute.ints("axes", axes));
    }

    private static int[] dims(int... dims) {
        return dims;
    }

    /** Two numbers whose sum is almost the largest one; of unsigned ones the first is beyond the signed ones. */
    private static Tensor halves(ElementType type) {
        long top = 1L << (8 * type.bytes() - 1);
        return type.isSigned()
                ? Tensor.ofLongs(type, Shape.of(1, 2), (top >>> 1) - 1, (top >>> 1) - 1)
                : Tensor.ofLongs(type, Shape.of(1, 2), top + 1, top - 5);
    }

    static Tensor infinities(Setting s) {
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
}
