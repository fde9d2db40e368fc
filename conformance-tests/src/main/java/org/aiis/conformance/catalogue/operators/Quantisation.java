package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.since;
import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.List;
import java.util.stream.DoubleStream;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Quantisation and dequantisation. Scales that are powers of two ask for exact results, ties included; others leave near ties open. */
final class Quantisation {
    private static final List<ElementType> SCALES =
            List.of(ElementType.FLOAT32, ElementType.FLOAT16, ElementType.BFLOAT16, ElementType.FLOAT8E8M0);

    private Quantisation() {}

    static List<Declaration> declarations() {
        return List.of(quantize(), dequantize(), dynamic());
    }

    private static Declaration quantize() {
        Declaration all = Declaration.of("QuantizeLinear", s -> toBytes(s, numbers(s, 5, 13)))
                .families(Family.UNIFORM, Family.TIES, Family.NEAR_ONE, Family.LARGE)
                .value("saturated", s -> toBytes(s, spread(s, 400, 7, 31)))
                .value("quarters", s -> toBytes(s, spread(s, 40, 7, 31)))
                .value("zero-point-left-out", s -> s.node()
                        .feed(spread(s, 400, 7, 13))
                        .constant(scale(s, 0.5))
                        .giving(ElementType.UINT8))
                .value("scale-no-power", types(ElementType::isFloat), s -> s.node()
                        .feed(s.between(-8, 8, 17, 61))
                        .constant(scale(s, 0.047))
                        .constant(zero(ElementType.UINT8, 131))
                        .giving(ElementType.UINT8));
        for (Narrow to : Narrow.values()) {
            all = all.value(
                    "to-" + to.type.label(),
                    since(to.quantisedSince),
                    s -> quantised(s, to, spread(s, to.spread, 7, 31)));
            all = all.value(
                    "to-" + to.type.label() + "-no-power",
                    (type, opset) -> type.isFloat() && opset >= to.quantisedSince,
                    s -> s.node()
                            .feed(s.between(-to.spread, to.spread, 7, 31))
                            .constant(scale(s, 0.85))
                            .constant(zero(to.type, to.zero))
                            .giving(to.type));
            if (to.type.isFloat()) {
                all = all.special(
                        "specials-to-" + to.type.label(),
                        (type, opset) -> type.isFloat()
                                && opset >= to.quantisedSince
                                && to.type.format().hasNaN(),
                        s -> quantised(
                                s,
                                to,
                                Specials.inEveryPosition(
                                        s.type(), Specials.all(s.type().format()))));
                all = all.value(
                        "no-saturation-to-" + to.type.label(),
                        (type, opset) -> type.isFloat()
                                && opset >= to.quantisedSince
                                && to.type.format().hasNaN(),
                        s -> quantised(s, to, spread(s, 4 * to.spread, 7, 31)).with(Attribute.of("saturate", 0L)));
            } else {
                all = all.value("output-dtype-" + to.type.label(), since(Math.max(21, to.quantisedSince)), s -> s.node()
                        .feed(spread(s, to.spread, 5, 9))
                        .constant(scale(s, 0.5))
                        .with(Attribute.of("output_dtype", (long) to.type.onnx()))
                        .giving(to.type));
            }
        }
        for (ElementType scale : SCALES) {
            all = all.value(
                    "scale-" + scale.label(),
                    (type, opset) ->
                            opset >= (scale == ElementType.FLOAT8E8M0 ? 24 : 23) && type != scale && type.isFloat(),
                    s -> s.node()
                            .feed(spread(s, 100, 5, 13))
                            .constant(Tensor.ofReals(scale, Shape.SCALAR, 0.5))
                            .constant(zero(ElementType.INT8, -3))
                            .giving(ElementType.INT8));
        }
        return all.value("scale-int32", (type, opset) -> opset >= 23 && type.isFloat(), s -> s.node()
                        .feed(s.integersOfType(-60, 60, 5, 13))
                        .constant(Tensor.ofLongs(ElementType.INT32, Shape.SCALAR, 1))
                        .constant(zero(ElementType.INT8, -3))
                        .giving(ElementType.INT8))
                .value("precision-float32", (type, opset) -> opset >= 23 && type.isFloat(), s -> toBytes(
                                s, s.between(-60, 60, 5, 13))
                        .with(Attribute.of("precision", (long) ElementType.FLOAT32.onnx())))
                .shape("axis-left-out", s -> byAxis(s, 3, 2, 3, 4))
                .shape("axis-first", s -> byAxis(s, 2, 2, 3, 4).with(axis(0)))
                .shape("axis-last", s -> byAxis(s, 4, 2, 3, 4).with(axis(2)))
                .shape("axis-negative", s -> byAxis(s, 3, 2, 3, 4).with(axis(-2)))
                .shape("axis-no-zero-point", s -> s.node()
                        .feed(numbers(s, 2, 3, 4))
                        .constant(scales(s, 3))
                        .giving(ElementType.UINT8))
                .shape("axis-ignored", s -> toBytes(s, numbers(s, 2, 3)).with(axis(0)))
                .shape("blocks", since(21), s -> s.node()
                        .feed(numbers(s, 3, 6))
                        .constant(scales(s, 3, 2))
                        .constant(zeros(ElementType.INT8, 3, 2))
                        .with(axis(1), Attribute.of("block_size", 3L))
                        .giving(ElementType.INT8))
                .shape("blocks-uneven", since(21), s -> s.node()
                        .feed(numbers(s, 2, 5, 3))
                        .constant(scales(s, 2, 3, 3))
                        .constant(zeros(ElementType.UINT8, 2, 3, 3))
                        .with(axis(1), Attribute.of("block_size", 2L))
                        .giving(ElementType.UINT8))
                .shape("blocks-first-axis", since(21), s -> s.node()
                        .feed(numbers(s, 4, 3))
                        .constant(scales(s, 2, 3))
                        .with(axis(0), Attribute.of("block_size", 2L))
                        .giving(ElementType.UINT8))
                .shape("rank-0", s -> toBytes(s, numbers(s)))
                .shape("rank-1", s -> toBytes(s, numbers(s, 37)))
                .shape("rank-6", s -> toBytes(s, numbers(s, 2, 1, 3, 1, 2, 2)))
                .shape("zero-size", s -> toBytes(s, numbers(s, 0, 3)))
                .shape("scale-fed", s -> toBytes(s, numbers(s, 3, 5)).allFed())
                .shape("dynamic", s -> toBytes(s, numbers(s, 3, 5)).dynamic())
                .special(
                        "infinities",
                        s -> toBytes(
                                s,
                                Specials.inEveryPosition(
                                        s.type(), Specials.numbers(s.type().format()))))
                .special("integer-extremes", (type, opset) -> type.isInteger() && opset < 19, s -> s.node()
                        .feed(Specials.of(s.type()))
                        .constant(scale(s, 0x1p24))
                        .constant(zero(ElementType.INT8, 0))
                        .giving(ElementType.INT8))
                .reject("zero-point-type", s -> toBytes(s, numbers(s, 3, 5)), n -> n.replacing(
                                2, Tensor.ofLongs(ElementType.BOOL, Shape.SCALAR, 1))
                        .giving(ElementType.BOOL))
                .reject(
                        "zero-points-for-one-scale",
                        s -> toBytes(s, numbers(s, 2, 3)),
                        n -> n.replacing(2, zeros(ElementType.UINT8, 3)))
                .reject(
                        "scalar-zero-point-for-scales",
                        s -> byAxis(s, 3, 2, 3, 4),
                        n -> n.replacing(2, zero(ElementType.UINT8, 131)))
                .reject("scale-length", s -> byAxis(s, 3, 2, 3, 4), n -> n.replacing(1, longer(n, 4))
                        .replacing(2, zeros(ElementType.UINT8, 4)))
                .reject("axis-out-of-range", s -> byAxis(s, 4, 2, 3, 4).with(axis(2)), n -> n.with(axis(3)))
                .reject(
                        "output-dtype-unequal",
                        since(21),
                        s -> toBytes(s, numbers(s, 3, 5))
                                .with(Attribute.of("output_dtype", (long) ElementType.UINT8.onnx())),
                        n -> n.with(Attribute.of("output_dtype", (long) ElementType.INT8.onnx())))
                .reject(
                        "block-size-negative",
                        since(21),
                        s -> s.node()
                                .feed(numbers(s, 3, 6))
                                .constant(scales(s, 3, 2))
                                .with(axis(1), Attribute.of("block_size", 3L))
                                .giving(ElementType.UINT8),
                        n -> n.with(Attribute.of("block_size", -3L)));
    }

    private static OneNode toBytes(Setting s, Tensor x) {
        return s.node()
                .feed(x)
                .constant(scale(s, 0.5))
                .constant(zero(ElementType.UINT8, 131))
                .giving(ElementType.UINT8);
    }

    private static OneNode quantised(Setting s, Narrow to, Tensor x) {
        return s.node()
                .feed(x)
                .constant(scale(s, 0.5))
                .constant(zero(to.type, to.zero))
                .giving(to.type);
    }

    private static OneNode byAxis(Setting s, int channels, int... dims) {
        return s.node()
                .feed(numbers(s, dims))
                .constant(scales(s, channels))
                .constant(zeros(ElementType.UINT8, channels))
                .giving(ElementType.UINT8);
    }

    /** The type of the scale that goes with x: float32 at first, then that of x, for int32 float32 again when it may be. */
    private static ElementType scaleType(Setting s) {
        return s.opset() < 19 || s.opset() >= 23 && !s.type().isFloat() ? ElementType.FLOAT32 : s.type();
    }

    /** Integer scales are 1: how a division of integers rounds is open. */
    private static Tensor scale(Setting s, double scale) {
        return scaleType(s).isFloat()
                ? Tensor.ofReals(scaleType(s), Shape.SCALAR, scale)
                : Tensor.ofLongs(scaleType(s), Shape.SCALAR, 1);
    }

    private static Tensor scales(Setting s, int... dims) {
        Tensor.Builder scales = new Tensor.Builder(scaleType(s), Shape.of(dims));
        int size = Shape.of(dims).size();
        for (int i = 0; i < size; i++) {
            if (scaleType(s).isFloat()) {
                scales.setReal(i, Math.scalb(1.0, i % 5 - 3));
            } else {
                scales.setBits(i, 1);
            }
        }
        return scales.build();
    }

    private static Tensor longer(OneNode node, int length) {
        ElementType type =
                ((OneNode.Operand.Constant) node.operands().get(1)).tensor().type();
        Tensor.Builder scales = new Tensor.Builder(type, Shape.of(length));
        for (int i = 0; i < length; i++) {
            if (type.isFloat()) {
                scales.setReal(i, 1);
            } else {
                scales.setBits(i, 1);
            }
        }
        return scales.build();
    }

    static Tensor zero(ElementType type, long value) {
        return type.isFloat() ? Tensor.ofReals(type, Shape.SCALAR, 0) : Tensor.ofLongs(type, Shape.SCALAR, value);
    }

    /** Zero points that differ, odd and even. */
    private static Tensor zeros(ElementType type, int... dims) {
        Tensor.Builder zeros = new Tensor.Builder(type, Shape.of(dims));
        int size = Shape.of(dims).size();
        for (int i = 0; i < size; i++) {
            if (!type.isFloat()) {
                zeros.setBits(i, type.maxInteger() / 3 + i % (1 + type.maxInteger() / 3));
            }
        }
        return zeros.build();
    }

    private static Tensor numbers(Setting s, int... dims) {
        return s.type().isFloat() ? s.tensor(dims) : s.integers(s.type(), -90, 90, dims);
    }

    /** Multiples of a quarter up to a bound: half of them ties for a scale of 0.5. */
    private static Tensor spread(Setting s, int bound, int... dims) {
        return s.type().isFloat()
                ? Tensor.ofReals(
                        s.type(),
                        Shape.of(dims),
                        DoubleStream.generate(() -> s.seeded().integer(-4L * bound, 4L * bound) * 0.25)
                                .limit(Shape.of(dims).size())
                                .toArray())
                : s.integers(s.type(), -bound, bound, dims);
    }

    private static AttributeProto axis(long axis) {
        return Attribute.of("axis", axis);
    }

    private static Declaration dequantize() {
        Declaration all = Declaration.of("DequantizeLinear", s -> floats(s, codes(s, 5, 13)))
                .families(Family.UNIFORM, Family.TIES)
                .value("zero-point-left-out", s -> s.node()
                        .feed(codes(s, 7, 13))
                        .constant(Tensor.ofFloats(Shape.SCALAR, 0.047f))
                        .giving(ElementType.FLOAT32))
                .value("every-code", types(type -> type.bits() <= 8), s -> floats(s, everyCode(s)))
                .value("zero-point-lowest", types(type -> type.isInteger() && type.bits() < 32), s -> s.node()
                        .feed(Specials.of(s.type()))
                        .constant(Tensor.ofFloats(Shape.SCALAR, 0.047f))
                        .constant(
                                Tensor.ofLongs(s.type(), Shape.SCALAR, s.type().minInteger()))
                        .giving(ElementType.FLOAT32))
                .value("zero-point-highest", types(type -> type.isInteger() && type.bits() < 32), s -> s.node()
                        .feed(Specials.of(s.type()))
                        .constant(Tensor.ofFloats(Shape.SCALAR, 0.047f))
                        .constant(
                                Tensor.ofLongs(s.type(), Shape.SCALAR, s.type().maxInteger()))
                        .giving(ElementType.FLOAT32));
        for (ElementType scale : SCALES) {
            all = all.value("scale-" + scale.label(), since(scale == ElementType.FLOAT8E8M0 ? 24 : 19), s -> s.node()
                    .feed(small(s, 5, 13))
                    .constant(Tensor.ofReals(scale, Shape.SCALAR, scale == ElementType.FLOAT8E8M0 ? 0.25 : 0.046875))
                    .with(
                            scale == ElementType.FLOAT8E8M0
                                    ? new AttributeProto[] {
                                        Attribute.of("output_dtype", (long) ElementType.FLOAT32.onnx())
                                    }
                                    : new AttributeProto[0])
                    .giving(scale == ElementType.FLOAT8E8M0 ? ElementType.FLOAT32 : scale));
            if (scale != ElementType.FLOAT8E8M0) {
                all = all.value("output-dtype-" + scale.label(), since(23), s -> s.node()
                        .feed(small(s, 5, 13))
                        .constant(Tensor.ofFloats(Shape.SCALAR, 0.046875f))
                        .with(Attribute.of("output_dtype", (long) scale.onnx()))
                        .giving(scale));
            }
        }
        return all.shape("axis-left-out", s -> floatsByAxis(s, 3, 2, 3, 4))
                .shape("axis-first", s -> floatsByAxis(s, 2, 2, 3, 4).with(axis(0)))
                .shape("axis-last", s -> floatsByAxis(s, 4, 2, 3, 4).with(axis(2)))
                .shape("axis-negative", s -> floatsByAxis(s, 3, 2, 3, 4).with(axis(-2)))
                .shape("axis-no-zero-point", s -> s.node()
                        .feed(codes(s, 2, 3, 4))
                        .constant(floatScales(3))
                        .giving(ElementType.FLOAT32))
                .shape("blocks", since(21), s -> s.node()
                        .feed(codes(s, 3, 6))
                        .constant(floatScales(3, 2))
                        .constant(zeroPoints(s, 3, 2))
                        .with(axis(1), Attribute.of("block_size", 3L))
                        .giving(ElementType.FLOAT32))
                .shape("blocks-uneven", since(21), s -> s.node()
                        .feed(codes(s, 2, 5, 3))
                        .constant(floatScales(2, 3, 3))
                        .constant(zeroPoints(s, 2, 3, 3))
                        .with(axis(1), Attribute.of("block_size", 2L))
                        .giving(ElementType.FLOAT32))
                .shape("blocks-first-axis", since(21), s -> s.node()
                        .feed(codes(s, 4, 3))
                        .constant(floatScales(2, 3))
                        .with(axis(0), Attribute.of("block_size", 2L))
                        .giving(ElementType.FLOAT32))
                .shape("rank-0", s -> floats(s, codes(s)))
                .shape("rank-1", s -> floats(s, codes(s, 37)))
                .shape("rank-6", s -> floats(s, codes(s, 2, 1, 3, 1, 2, 2)))
                .shape("zero-size", s -> floats(s, codes(s, 0, 3)))
                .shape("scale-fed", s -> floats(s, codes(s, 3, 5)).allFed())
                .shape("dynamic", s -> floats(s, codes(s, 3, 5)).dynamic())
                .special(
                        "every-special",
                        s -> floats(
                                s,
                                Specials.inEveryPosition(
                                        s.type(), Specials.all(s.type().format()))))
                .special("integer-extremes", types(ElementType::isInteger), s -> floats(s, Specials.of(s.type())))
                .reject(
                        "zero-point-type",
                        s -> floats(s, codes(s, 3, 5)),
                        n -> n.replacing(2, Tensor.ofLongs(ElementType.INT32, Shape.SCALAR, 0)))
                .reject(
                        "zero-points-for-one-scale",
                        s -> floats(s, codes(s, 2, 3)),
                        n -> n.replacing(2, Products.zeros(n, 3)))
                .reject("scale-length", s -> floatsByAxis(s, 3, 2, 3, 4), n -> n.replacing(1, floatScales(4))
                        .replacing(2, zeros(ElementType.UINT8, 4)))
                .reject("axis-out-of-range", s -> floatsByAxis(s, 4, 2, 3, 4).with(axis(2)), n -> n.with(axis(3)));
    }

    private static OneNode floats(Setting s, Tensor x) {
        return s.node()
                .feed(x)
                .constant(Tensor.ofFloats(Shape.SCALAR, 0.047f))
                .constant(zeroPoints(s))
                .giving(ElementType.FLOAT32);
    }

    private static OneNode floatsByAxis(Setting s, int channels, int... dims) {
        return s.node()
                .feed(codes(s, dims))
                .constant(floatScales(channels))
                .constant(zeroPoints(s, channels))
                .giving(ElementType.FLOAT32);
    }

    /** int32 has zero points of 0, and narrow floats none that do anything. */
    private static Tensor zeroPoints(Setting s, int... dims) {
        return s.type() == ElementType.INT32
                ? new Tensor.Builder(s.type(), Shape.of(dims)).build()
                : zeros(s.type(), dims);
    }

    private static Tensor floatScales(int... dims) {
        Tensor.Builder scales = new Tensor.Builder(ElementType.FLOAT32, Shape.of(dims));
        int size = Shape.of(dims).size();
        for (int i = 0; i < size; i++) {
            scales.setReal(i, 0.047 * (i + 1));
        }
        return scales.build();
    }

    /** Any codes of a type, of int32 those that float32 holds. */
    private static Tensor codes(Setting s, int... dims) {
        return s.type().isFloat()
                ? s.tensor(dims)
                : s.type() == ElementType.INT32
                        ? s.integers(s.type(), -1000, 1000, dims)
                        : s.integers(s.type(), s.type().minInteger(), s.type().maxInteger(), dims);
    }

    /** Codes that the narrowest type of a scale holds. */
    private static Tensor small(Setting s, int... dims) {
        return s.type().isFloat()
                ? s.tensor(dims)
                : s.integers(
                        s.type(),
                        Math.max(-100, s.type().minInteger()),
                        Math.min(100, s.type().maxInteger()),
                        dims);
    }

    private static Tensor everyCode(Setting s) {
        int count = 1 << s.type().bits();
        Tensor.Builder codes = new Tensor.Builder(s.type(), Shape.of(count));
        for (int i = 0; i < count; i++) {
            codes.setBits(i, i);
        }
        return codes.build();
    }

    private static Declaration dynamic() {
        return Declaration.of("DynamicQuantizeLinear", s -> whole(s, ranged(s, -3, 5, 5, 13)))
                .families(Family.UNIFORM)
                .value("positive", s -> whole(s, ranged(s, 1, 5, 7, 31)))
                .value("negative", s -> whole(s, ranged(s, -5, -1, 7, 31)))
                .value("wide", s -> whole(s, ranged(s, -1000, 77, 7, 31)))
                .value("long", s -> whole(s, ranged(s, -1, 2, 1003)))
                .shape("rank-0", s -> whole(s, ranged(s, 2, 5)))
                .shape("rank-1", s -> whole(s, ranged(s, -3, 5, 37)))
                .shape("rank-5", s -> whole(s, ranged(s, -3, 5, 2, 1, 3, 2, 3)))
                .shape("dynamic", s -> whole(s, ranged(s, -3, 5, 3, 5)).dynamic())
                .special(
                        "range-power",
                        s -> whole(
                                s,
                                Tensor.ofReals(
                                        s.type(),
                                        Shape.of(6),
                                        -127,
                                        128,
                                        0,
                                        -0.0,
                                        3,
                                        s.type().format().smallestSubnormal())))
                .reject(
                        "two-inputs",
                        s -> whole(s, ranged(s, -3, 5, 3, 5)),
                        n -> n.plus(n.operands().get(0)))
                .reject(
                        "type-integer",
                        s -> whole(s, ranged(s, -3, 5, 2)),
                        n -> n.replacing(0, Tensor.ofLongs(ElementType.INT32, Shape.of(2), 1, 2)));
    }

    private static OneNode whole(Setting s, Tensor x) {
        return s.node().feed(x).giving(ElementType.UINT8, ElementType.FLOAT32, ElementType.UINT8);
    }

    /** Numbers from low to high, both among them, so that the zero point is known to lie away from a tie. */
    private static Tensor ranged(Setting s, double low, double high, int... dims) {
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(dims));
        int size = Shape.of(dims).size();
        for (int i = 0; i < size; i++) {
            tensor.setReal(i, i == 0 ? high : i == 1 ? low : s.seeded().between(low, high));
        }
        return tensor.build();
    }

    /** Types to quantise to, with a bound of the input that leaves their range, and a zero point. */
    private enum Narrow {
        UINT8(ElementType.UINT8, 13, 200, 131),
        INT8(ElementType.INT8, 13, 100, 7),
        FLOAT8E4M3FN(ElementType.FLOAT8E4M3FN, 19, 300, 0),
        FLOAT8E4M3FNUZ(ElementType.FLOAT8E4M3FNUZ, 19, 300, 0),
        FLOAT8E5M2(ElementType.FLOAT8E5M2, 19, 300, 0),
        FLOAT8E5M2FNUZ(ElementType.FLOAT8E5M2FNUZ, 19, 300, 0),
        UINT16(ElementType.UINT16, 21, 200, 32771),
        INT16(ElementType.INT16, 21, 200, -7),
        UINT4(ElementType.UINT4, 21, 12, 7),
        INT4(ElementType.INT4, 21, 12, 1),
        FLOAT4E2M1(ElementType.FLOAT4E2M1, 23, 5, 0),
        UINT2(ElementType.UINT2, 25, 3, 1),
        INT2(ElementType.INT2, 25, 3, -1);

        private final ElementType type;
        private final int quantisedSince;
        private final int spread;
        private final long zero;

        Narrow(ElementType type, int quantisedSince, int spread, long zero) {
            this.type = type;
            this.quantisedSince = quantisedSince;
            this.spread = spread;
            this.zero = zero;
        }
    }
}
