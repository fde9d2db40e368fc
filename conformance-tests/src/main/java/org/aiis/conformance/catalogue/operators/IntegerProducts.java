package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.only;
import static org.aiis.conformance.catalogue.operators.Declaration.since;
import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Products of quantised tensors: integers inside, so exact but for the last rounding. */
final class IntegerProducts {
    private static final List<ElementType> BYTES = List.of(ElementType.UINT8, ElementType.INT8);
    private static final List<ElementType> NARROW = List.of(
            ElementType.UINT8,
            ElementType.INT8,
            ElementType.FLOAT8E4M3FN,
            ElementType.FLOAT8E4M3FNUZ,
            ElementType.FLOAT8E5M2,
            ElementType.FLOAT8E5M2FNUZ);

    private IntegerProducts() {}

    static List<Declaration> declarations() {
        return List.of(matMulInteger(), convInteger(), matMul(), conv());
    }

    private static Declaration matMulInteger() {
        Declaration all = Declaration.of("MatMulInteger", s -> integers(s, codes(s, 8, 11), codes(s, 11, 9)))
                .value("long", s -> integers(s, codes(s, 5, 1003), codes(s, 1003, 7)))
                // Products of extremes overflow a 16-bit sum of two.
                .value("extremes", s -> integers(s, full(s.type(), true, 4, 37), full(s.type(), false, 37, 5)))
                .value("extremes-equal", s -> integers(s, full(s.type(), true, 4, 37), full(s.type(), true, 37, 5)));
        for (ElementType right : BYTES) {
            all = all.value("right-" + right.label(), types(type -> type != right), s -> s.node()
                            .feed(codes(s, 8, 11), codes(s, right, 11, 9))
                            .constant(zero(s.type()))
                            .constant(zero(right))
                            .giving(ElementType.INT32))
                    .value("right-extremes-" + right.label(), types(type -> type != right), s -> s.node()
                            .feed(full(s.type(), true, 4, 37), full(right, true, 37, 5))
                            .giving(ElementType.INT32));
        }
        return all.shape(
                        "no-zero-points",
                        s -> s.node().feed(codes(s, 3, 5), codes(s, 5, 4)).giving(ElementType.INT32))
                .shape("left-zero-point", s -> s.node()
                        .feed(codes(s, 3, 5), codes(s, 5, 4))
                        .constant(zero(s.type()))
                        .giving(ElementType.INT32))
                .shape("right-zero-point", s -> s.node()
                        .feed(codes(s, 3, 5), codes(s, 5, 4))
                        .omit()
                        .constant(zero(s.type()))
                        .giving(ElementType.INT32))
                .shape("zero-points-by-row", s -> s.node()
                        .feed(codes(s, 3, 5), codes(s, 5, 4))
                        .constant(codes(s, 3))
                        .giving(ElementType.INT32))
                .shape("zero-points-by-column", s -> s.node()
                        .feed(codes(s, 3, 5), codes(s, 5, 4))
                        .constant(zero(s.type()))
                        .constant(codes(s, 4))
                        .giving(ElementType.INT32))
                .shape("zero-points-by-row-batch", s -> s.node()
                        .feed(codes(s, 2, 3, 5), codes(s, 2, 5, 4))
                        .constant(codes(s, 2, 3, 1))
                        .giving(ElementType.INT32))
                .shape("batch", s -> integers(s, codes(s, 2, 3, 5), codes(s, 2, 5, 4)))
                .shape("batch-broadcast", s -> integers(s, codes(s, 2, 1, 3, 5), codes(s, 3, 5, 2)))
                .shape("vector-left", s -> integers(s, codes(s, 5), codes(s, 5, 4)))
                .shape("vector-right", s -> integers(s, codes(s, 3, 5), codes(s, 5)))
                .shape("inner-0", s -> integers(s, codes(s, 3, 0), codes(s, 0, 4)))
                .shape("inner-1", s -> integers(s, codes(s, 3, 1), codes(s, 1, 4)))
                .shape("rows-0", s -> integers(s, codes(s, 0, 3), codes(s, 3, 4)))
                .shape("prime", s -> integers(s, codes(s, 13, 17), codes(s, 17, 19)))
                .shape("constant-right", s -> s.node()
                        .feed(codes(s, 3, 5))
                        .constant(codes(s, 5, 4))
                        .constant(zero(s.type()))
                        .constant(zero(s.type()))
                        .giving(ElementType.INT32))
                .shape("dynamic", s -> integers(s, codes(s, 3, 5), codes(s, 5, 4))
                        .dynamic())
                .shape("batch-square", s -> integers(s, codes(s, 3, 3), codes(s, 2, 1, 3, 3)))
                .reject(
                        "inner-sizes",
                        s -> integers(s, codes(s, 3, 4), codes(s, 4, 5)),
                        n -> n.replacing(1, Products.zeros(n, 3, 5)))
                .reject(
                        "inner-size-1",
                        s -> integers(s, codes(s, 3, 1), codes(s, 1, 5)),
                        n -> n.replacing(1, Products.zeros(n, 2, 5)))
                .reject(
                        "zero-point-type",
                        s -> integers(s, codes(s, 3, 4), codes(s, 4, 5)),
                        n -> n.replacing(2, Tensor.ofLongs(ElementType.INT8, Shape.SCALAR, 1)))
                .reject(
                        "type-int32",
                        s -> s.node().feed(codes(s, 2, 2), codes(s, 2, 2)).giving(ElementType.INT32),
                        n -> n.replacing(0, Tensor.ofLongs(ElementType.INT32, Shape.of(2, 2), 1, 2, 3, 4)));
    }

    private static OneNode integers(Setting s, Tensor a, Tensor b) {
        return s.node()
                .feed(a, b)
                .constant(zero(s.type()))
                .constant(zero(s.type()))
                .giving(ElementType.INT32);
    }

    private static Declaration convInteger() {
        Declaration all = convolutions(
                        Declaration.of("ConvInteger", s -> convolved(s, codes(s, 1, 3, 6, 7), codes(s, 4, 3, 3, 3))),
                        IntegerProducts::convolved)
                .value("deep", s -> convolved(s, codes(s, 1, 19, 8, 8), codes(s, 3, 19, 3, 3))
                        .with(pads()))
                .value(
                        "extremes",
                        s -> convolved(s, full(s.type(), true, 1, 9, 4, 4), full(s.type(), false, 3, 9, 3, 3)));
        for (ElementType right : BYTES) {
            all = all.value("weights-" + right.label(), types(type -> type != right), s -> s.node()
                    .feed(codes(s, 1, 3, 6, 7), codes(s, right, 4, 3, 3, 3))
                    .constant(zero(s.type()))
                    .constant(zero(right))
                    .giving(ElementType.INT32));
        }
        return all.shape("no-zero-points", s -> s.node()
                        .feed(codes(s, 1, 2, 5, 5), codes(s, 3, 2, 3, 3))
                        .with(pads())
                        .giving(ElementType.INT32))
                .shape("zero-points-by-channel", s -> s.node()
                        .feed(codes(s, 1, 2, 5, 5), codes(s, 3, 2, 3, 3))
                        .constant(zero(s.type()))
                        .constant(codes(s, 3))
                        .giving(ElementType.INT32))
                .reject(
                        "zero-point-rank",
                        s -> convolved(s, codes(s, 1, 2, 5, 5), codes(s, 3, 2, 3, 3)),
                        n -> n.replacing(2, Products.zeros(n, 2)));
    }

    private static OneNode convolved(Setting s, Tensor x, Tensor w) {
        return s.node()
                .feed(x, w)
                .constant(zero(s.type()))
                .constant(zero(s.type()))
                .giving(ElementType.INT32);
    }

    /** How a product is made of two tensors. */
    @FunctionalInterface
    private interface Pair {
        OneNode of(Setting setting, Tensor x, Tensor w);
    }

    private static Declaration convolutions(Declaration declaration, Pair pair) {
        return declaration
                .shape("spatial-1", s -> pair.of(s, codes(s, 2, 3, 9), codes(s, 4, 3, 3)))
                .shape("spatial-3", s -> pair.of(s, codes(s, 1, 2, 4, 3, 5), codes(s, 2, 2, 2, 2, 3)))
                .shape("strides", s -> pair.of(s, codes(s, 1, 2, 7, 8), codes(s, 3, 2, 3, 3))
                        .with(Attribute.ints("strides", 2, 3)))
                .shape("dilations", s -> pair.of(s, codes(s, 1, 2, 9, 9), codes(s, 3, 2, 3, 3))
                        .with(Attribute.ints("dilations", 2, 3)))
                .shape("pads", s -> pair.of(s, codes(s, 1, 2, 5, 5), codes(s, 3, 2, 3, 3))
                        .with(pads()))
                .shape("same-upper", s -> pair.of(s, codes(s, 1, 2, 7, 8), codes(s, 3, 2, 3, 2))
                        .with(Attribute.of("auto_pad", "SAME_UPPER"), Attribute.ints("strides", 2, 1)))
                .shape("same-lower", s -> pair.of(s, codes(s, 1, 2, 7, 8), codes(s, 3, 2, 3, 2))
                        .with(Attribute.of("auto_pad", "SAME_LOWER"), Attribute.ints("strides", 2, 1)))
                .shape("valid", s -> pair.of(s, codes(s, 1, 2, 5, 6), codes(s, 3, 2, 3, 3))
                        .with(Attribute.of("auto_pad", "VALID")))
                .shape("not-set", s -> pair.of(s, codes(s, 1, 2, 5, 6), codes(s, 3, 2, 3, 3))
                        .with(Attribute.of("auto_pad", "NOTSET")))
                .shape("kernel-shape", s -> pair.of(s, codes(s, 1, 2, 5, 6), codes(s, 3, 2, 3, 2))
                        .with(Attribute.ints("kernel_shape", 3, 2)))
                .shape("group-2", s -> pair.of(s, codes(s, 1, 4, 5, 5), codes(s, 6, 2, 3, 3))
                        .with(Attribute.of("group", 2L)))
                .shape("depthwise", s -> pair.of(s, codes(s, 1, 5, 6, 6), codes(s, 5, 1, 3, 3))
                        .with(Attribute.of("group", 5L)))
                .shape("kernel-1", s -> pair.of(s, codes(s, 2, 3, 4, 5), codes(s, 4, 3, 1, 1)))
                .shape("batch-0", s -> pair.of(s, codes(s, 0, 3, 4, 5), codes(s, 4, 3, 3, 3)))
                .shape("dynamic", s -> pair.of(s, codes(s, 1, 2, 5, 5), codes(s, 3, 2, 3, 3))
                        .dynamic())
                .reject(
                        "group",
                        s -> pair.of(s, codes(s, 1, 4, 5, 5), codes(s, 6, 2, 3, 3))
                                .with(Attribute.of("group", 2L)),
                        n -> n.with(Attribute.of("group", 1L)))
                .reject(
                        "kernel-shape",
                        s -> pair.of(s, codes(s, 1, 2, 5, 6), codes(s, 3, 2, 3, 2))
                                .with(Attribute.ints("kernel_shape", 3, 2)),
                        n -> n.with(Attribute.ints("kernel_shape", 2, 2)))
                .reject(
                        "pads-length",
                        s -> pair.of(s, codes(s, 1, 2, 5, 5), codes(s, 3, 2, 3, 3))
                                .with(pads()),
                        n -> n.with(Attribute.ints("pads", 1, 1, 1)));
    }

    private static Declaration matMul() {
        Declaration all = Declaration.of("QLinearMatMul", s -> power(s, codes(s, 5, 37), codes(s, 37, 7)))
                .families(Family.UNIFORM)
                .value(
                        "halves",
                        types(ElementType::isInteger),
                        s -> product(
                                s,
                                around(s.type(), s, 2, 7, 11),
                                s.type(),
                                1,
                                around(s.type(), s, 2, 11, 9),
                                s.type(),
                                1,
                                2,
                                s.type()))
                .value(
                        "scale-no-power",
                        s -> product(
                                s,
                                codes(s, 13, 37),
                                s.type(),
                                0.021,
                                codes(s, 37, 17),
                                s.type(),
                                0.037,
                                0.47,
                                s.type()))
                .value("saturated", s -> saturated(s, codes(s, 5, 37), codes(s, 37, 7), s.type()))
                .value(
                        "saturated-int8",
                        only(ElementType.UINT8),
                        s -> saturated(s, codes(s, 3, 5), codes(s, 5, 4), ElementType.INT8));
        for (ElementType other : NARROW) {
            all = all.value(
                            "right-" + other.label(),
                            pairs(other),
                            s -> product(
                                    s,
                                    codes(s, 5, 37),
                                    s.type(),
                                    0x1p-6,
                                    codes(s, other, 37, 7),
                                    other,
                                    0x1p-5,
                                    0x1p-2,
                                    s.type()))
                    .value(
                            "result-" + other.label(),
                            pairs(other),
                            s -> product(
                                    s,
                                    codes(s, 5, 37),
                                    s.type(),
                                    0x1p-6,
                                    codes(s, 37, 7),
                                    s.type(),
                                    0x1p-5,
                                    0x1p-2,
                                    other));
        }
        for (ElementType scale : List.of(ElementType.FLOAT16, ElementType.BFLOAT16)) {
            all = all.value(
                    "scale-" + scale.label(),
                    since(21),
                    s -> retyped(power(s, codes(s, 5, 37), codes(s, 37, 7)), scale));
        }
        return narrow(all)
                .shape("batch", s -> power(s, codes(s, 2, 3, 5), codes(s, 2, 5, 4)))
                .shape("batch-square", s -> power(s, codes(s, 3, 5, 5), codes(s, 5, 4)))
                // The shape of the result is that of the operands: none of them may be left in its place.
                .shape("square", s -> power(s, codes(s, 5, 5), codes(s, 5, 5)))
                .shape("rows-1", s -> power(s, codes(s, 1, 5), codes(s, 5, 4)))
                .shape("batch-broadcast", s -> power(s, codes(s, 2, 1, 3, 5), codes(s, 3, 5, 2)))
                .shape("inner-1", s -> power(s, codes(s, 3, 1), codes(s, 1, 4)))
                .shape("rows-0", s -> power(s, codes(s, 0, 3), codes(s, 3, 4)))
                .shape("prime", s -> power(s, codes(s, 13, 17), codes(s, 17, 19)))
                .shape("scales-by-column", s -> power(s, codes(s, 3, 5), codes(s, 5, 4))
                        .replacing(4, Tensor.ofFloats(Shape.of(4), 0.25f, 0.5f, 0.125f, 1))
                        .replacing(5, codes(s, 4)))
                .shape("scales-by-row", s -> power(s, codes(s, 3, 5), codes(s, 5, 4))
                        .replacing(1, Tensor.ofFloats(Shape.of(3), 0.25f, 0.5f, 0.125f))
                        .replacing(2, codes(s, 3)))
                .shape("all-fed", s -> power(s, codes(s, 3, 5), codes(s, 5, 4)).allFed())
                .shape("dynamic", s -> power(s, codes(s, 3, 5), codes(s, 5, 4)).dynamic())
                .reject(
                        "inner-sizes",
                        s -> power(s, codes(s, 3, 4), codes(s, 4, 5)),
                        n -> n.replacing(3, Products.zeros(n, 3, 5)))
                .reject(
                        "inner-size-1",
                        s -> power(s, codes(s, 3, 1), codes(s, 1, 5)),
                        n -> n.replacing(3, Products.zeros(n, 2, 5)))
                .reject(
                        "zero-point-type",
                        s -> power(s, codes(s, 3, 4), codes(s, 4, 5)),
                        n -> n.replacing(2, Tensor.ofLongs(ElementType.INT8, Shape.SCALAR, 1)))
                .reject("zero-point-missing", s -> power(s, codes(s, 3, 4), codes(s, 4, 5)), OneNode::shortened)
                .reject(
                        "zero-point-missing-one-element",
                        s -> power(s, codes(s, 1, 1), codes(s, 1, 1)),
                        OneNode::shortened)
                .reject(
                        "scale-length",
                        s -> power(s, codes(s, 3, 5), codes(s, 5, 4))
                                .replacing(1, Tensor.ofFloats(Shape.of(3), 0.25f, 0.5f, 0.125f))
                                .replacing(2, codes(s, 3)),
                        n -> n.replacing(1, Tensor.ofFloats(Shape.of(2), 0.25f, 0.5f)));
    }

    /** Special values of narrow floats, whose sums are those of float32. */
    private static Declaration narrow(Declaration declaration) {
        return declaration
                .special("nan", s -> power(s, withNan(s), codes(s, 5, 4)))
                .special(
                        "infinities",
                        types(type -> type == ElementType.FLOAT8E5M2),
                        s -> power(s, infinite(s), steps(s, 3, 2)))
                .special("subnormals", s -> {
                    double smallest = s.type().format().smallestSubnormal();
                    Tensor x = Tensor.ofReals(s.type(), Shape.of(2, 3), -0.0, smallest, -smallest, smallest, 0, 0);
                    return product(s, x, s.type(), 1 / smallest, steps(s, 3, 2), s.type(), 1, 1, s.type());
                })
                .special("largest", s -> {
                    double most = s.type().format().largestFinite();
                    double one = Math.scalb(1.0, -Math.getExponent(most));
                    Tensor x = Tensor.ofReals(s.type(), Shape.of(2, 3), most, 0, 0, most, -most, 0);
                    Tensor w = Tensor.ofReals(s.type(), Shape.of(3, 2), most, -most, 0, most, 1, 1);
                    return product(s, x, s.type(), one, w, s.type(), one, 1, s.type());
                });
    }

    /** NaN in each row but the first, every time in another column. */
    private static Tensor withNan(Setting s) {
        Tensor drawn = codes(s, 4, 5);
        Tensor.Builder tensor = new Tensor.Builder(s.type(), drawn.shape());
        for (int i = 0; i < drawn.size(); i++) {
            int row = i / 5;
            tensor.setReal(i, row > 0 && i % 5 == row ? Double.NaN : drawn.real(i));
        }
        return tensor.build();
    }

    /** Rows that sum up to +∞, to −∞, to NaN of ∞ − ∞ and, where the other operand is zero, of ∞ · 0. */
    private static Tensor infinite(Setting s) {
        double most = Double.POSITIVE_INFINITY;
        return Tensor.ofReals(s.type(), Shape.of(4, 3), 1, most, 2, 1, -most, 2, most, -most, 1, most, 1, 1);
    }

    /** Multiples of a half, the first of them zero. */
    private static Tensor steps(Setting s, int rows, int columns) {
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(rows, columns));
        for (int i = 0; i < rows * columns; i++) {
            tensor.setReal(i, i * 0.5);
        }
        return tensor.build();
    }

    private static BiPredicate<ElementType, Integer> pairs(ElementType other) {
        return (type, opset) -> type != other && type.isFloat() == other.isFloat();
    }

    private static OneNode power(Setting s, Tensor a, Tensor b) {
        return product(s, a, s.type(), 0x1p-6, b, s.type(), 0x1p-5, 0x1p-2, s.type());
    }

    private static OneNode saturated(Setting s, Tensor a, Tensor b, ElementType result) {
        return product(s, a, s.type(), 1, b, s.type(), 1, 0.5, result);
    }

    private static OneNode product(
            Setting s,
            Tensor a,
            ElementType left,
            double leftScale,
            Tensor b,
            ElementType right,
            double rightScale,
            double scale,
            ElementType result) {
        return s.node()
                .feed(a)
                .constant(Tensor.ofReals(ElementType.FLOAT32, Shape.SCALAR, leftScale))
                .constant(zero(left))
                .feed(b)
                .constant(Tensor.ofReals(ElementType.FLOAT32, Shape.SCALAR, rightScale))
                .constant(zero(right))
                .constant(Tensor.ofReals(ElementType.FLOAT32, Shape.SCALAR, scale))
                .constant(zero(result))
                .giving(result);
    }

    /** With its three scales in another type. */
    private static OneNode retyped(OneNode node, ElementType type) {
        OneNode other = node;
        for (int place : new int[] {1, 4, 6}) {
            Tensor scale = ((OneNode.Operand.Constant) node.operands().get(place)).tensor();
            other = other.replacing(place, Tensor.ofReals(type, Shape.SCALAR, scale.real(0)));
        }
        return other;
    }

    private static Declaration conv() {
        Pair pair = (s, x, w) -> power(s, x, w);
        Declaration all = convolutions(
                        Declaration.of("QLinearConv", s -> power(s, codes(s, 1, 3, 6, 7), codes(s, 4, 3, 3, 3))), pair)
                .value("deep", s -> power(s, codes(s, 1, 19, 8, 8), codes(s, 3, 19, 3, 3))
                        .with(pads()))
                .value("bias", s -> biased(s, power(s, codes(s, 1, 3, 6, 7), codes(s, 4, 3, 3, 3)), 4))
                .value(
                        "scale-no-power",
                        s -> product(
                                s,
                                codes(s, 1, 5, 9, 9),
                                s.type(),
                                0.021,
                                codes(s, 7, 5, 3, 3),
                                s.type(),
                                0.037,
                                0.47,
                                s.type()))
                .value("saturated", s -> saturated(s, codes(s, 1, 3, 6, 7), codes(s, 4, 3, 3, 3), s.type()))
                .value(
                        "saturated-int8",
                        only(ElementType.UINT8),
                        s -> saturated(s, codes(s, 1, 2, 4, 4), codes(s, 2, 2, 3, 3), ElementType.INT8));
        for (ElementType other : BYTES) {
            all = all.value(
                            "weights-" + other.label(),
                            types(type -> type != other),
                            s -> product(
                                    s,
                                    codes(s, 1, 3, 6, 7),
                                    s.type(),
                                    0x1p-6,
                                    codes(s, other, 4, 3, 3, 3),
                                    other,
                                    0x1p-5,
                                    0x1p-2,
                                    s.type()))
                    .value(
                            "result-" + other.label(),
                            types(type -> type != other),
                            s -> product(
                                    s,
                                    codes(s, 1, 3, 6, 7),
                                    s.type(),
                                    0x1p-6,
                                    codes(s, 4, 3, 3, 3),
                                    s.type(),
                                    0x1p-5,
                                    0x1p-2,
                                    other));
        }
        return all.shape("bias", s -> biased(s, power(s, codes(s, 1, 2, 5, 5), codes(s, 3, 2, 3, 3)), 3))
                .shape("scales-by-channel", s -> power(s, codes(s, 1, 2, 5, 5), codes(s, 3, 2, 3, 3))
                        .replacing(4, Tensor.ofFloats(Shape.of(3), 0.25f, 0.5f, 0.125f))
                        .replacing(5, Tensor.ofLongs(s.type(), Shape.of(3), same(zeroOf(s.type()), 3))))
                .shape(
                        "scales-by-channel-bias",
                        s -> biased(
                                s,
                                power(s, codes(s, 1, 2, 5, 5), codes(s, 3, 2, 3, 3))
                                        .replacing(4, Tensor.ofFloats(Shape.of(3), 0.25f, 0.5f, 0.125f))
                                        .replacing(5, Tensor.ofLongs(s.type(), Shape.of(3), same(zeroOf(s.type()), 3))),
                                3))
                .shape("zero-points-by-channel", s -> power(s, codes(s, 1, 2, 5, 5), codes(s, 3, 2, 3, 3))
                        .replacing(4, Tensor.ofFloats(Shape.of(3), 0.25f, 0.5f, 0.125f))
                        .replacing(5, codes(s, 3)))
                .shape("all-fed", s -> power(s, codes(s, 1, 2, 5, 5), codes(s, 3, 2, 3, 3))
                        .allFed())
                .reject(
                        "zero-point-type",
                        s -> power(s, codes(s, 1, 2, 5, 5), codes(s, 3, 2, 3, 3)),
                        n -> n.replacing(2, Tensor.ofLongs(ElementType.INT8, Shape.SCALAR, 1)))
                .reject(
                        "bias-type",
                        s -> biased(s, power(s, codes(s, 1, 2, 5, 5), codes(s, 3, 2, 3, 3)), 3),
                        n -> n.replacing(8, Tensor.ofFloats(Shape.of(3), 1, 2, 3)))
                .reject(
                        "bias-length",
                        s -> biased(s, power(s, codes(s, 1, 2, 5, 5), codes(s, 3, 2, 3, 3)), 3),
                        n -> n.replacing(8, Tensor.ofLongs(ElementType.INT32, Shape.of(2), 1, 2)));
    }

    private static OneNode biased(Setting s, OneNode node, int channels) {
        return node.constant(s.integers(ElementType.INT32, -9000, 9000, channels));
    }

    private static long[] same(long value, int count) {
        long[] values = new long[count];
        Arrays.fill(values, value);
        return values;
    }

    private static AttributeProto pads() {
        return Convolution.pads(1, 0, 2, 1);
    }

    private static long zeroOf(ElementType type) {
        return type.isSigned() ? -3 : 125;
    }

    private static Tensor zero(ElementType type) {
        return Quantisation.zero(type, type.isFloat() ? 0 : zeroOf(type));
    }

    private static Tensor codes(Setting s, int... dims) {
        return codes(s, s.type(), dims);
    }

    private static Tensor codes(Setting s, ElementType type, int... dims) {
        return type.isFloat() ? s.tensor(type, dims) : s.integers(type, type.minInteger(), type.maxInteger(), dims);
    }

    /** Codes so close to the zero point that sums are small. */
    private static Tensor around(ElementType type, Setting s, int distance, int... dims) {
        return s.integers(type, zeroOf(type) - distance, zeroOf(type) + distance, dims);
    }

    private static Tensor full(ElementType type, boolean most, int... dims) {
        return Tensor.ofLongs(
                type,
                Shape.of(dims),
                same(
                        most ? type.maxInteger() : type.minInteger(),
                        Shape.of(dims).size()));
    }
}
