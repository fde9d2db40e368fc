package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.only;
import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.ArrayList;
import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Operators that make a tensor from little: constants, ranges, matrices with a pattern, windows. */
final class Generators {
    private static final List<ElementType> NUMBERS = List.of(
            ElementType.FLOAT32,
            ElementType.FLOAT64,
            ElementType.FLOAT16,
            ElementType.INT8,
            ElementType.UINT8,
            ElementType.INT16,
            ElementType.UINT16,
            ElementType.INT32,
            ElementType.UINT32,
            ElementType.INT64,
            ElementType.UINT64);

    private Generators() {}

    static List<Declaration> declarations() {
        return List.of(
                constant(),
                constantOfShape(),
                oneHot(),
                range(),
                eyeLike(),
                trilu(),
                window("HannWindow"),
                window("HammingWindow"),
                window("BlackmanWindow"));
    }

    private static Declaration constant() {
        return Declaration.of("Constant", s -> value(s, s.tensor(3, 5)))
                .families(Family.UNIFORM, Family.WIDE)
                .value("value-float", only(ElementType.FLOAT32), s -> s.node().with(Attribute.of("value_float", -1.3f)))
                .value("value-floats", only(ElementType.FLOAT32), s -> s.node()
                        .with(Attribute.floats("value_floats", 1.5f, -0.1f, 3e38f)))
                .value("value-int", only(ElementType.INT64), s -> s.node().with(Attribute.of("value_int", 1L << 40)))
                .value("value-ints", only(ElementType.INT64), s -> s.node()
                        .with(Attribute.ints("value_ints", 3, -1, Long.MIN_VALUE)))
                .value("value-string", only(ElementType.STRING), s -> s.node()
                        .with(Attribute.of("value_string", "ä b")))
                .value("value-strings", only(ElementType.STRING), s -> s.node()
                        .with(Attribute.strings("value_strings", List.of("", "x", "ä\n"))))
                .shape("rank-0", s -> value(s, s.tensor()))
                .shape("rank-1", s -> value(s, s.tensor(17)))
                .shape("rank-6", s -> value(s, s.tensor(1, 2, 1, 3, 1, 2)))
                .shape("zero-size", s -> value(s, s.tensor(3, 0, 2)))
                .special("every-special", types(t -> true), s -> value(s, Specials.of(s.type())))
                .reject("two-values", n -> n.with(Attribute.of("value_int", 1L)))
                .reject("no-value", n -> n.without("value"));
    }

    private static OneNode value(Setting s, Tensor value) {
        return s.node().with(Attribute.of("value", value));
    }

    private static Declaration constantOfShape() {
        return Declaration.of("ConstantOfShape", s -> filled(s, s.tensor(1), 5, 13))
                .families(Family.UNIFORM, Family.WIDE)
                .value("default", only(ElementType.FLOAT32), s -> s.node().feed(Setting.longs(7, 9)))
                .shape("rank-0", s -> filled(s, s.tensor(1)))
                .shape("rank-1", s -> filled(s, s.tensor(1), 17))
                .shape("rank-6", s -> filled(s, s.tensor(1), 2, 1, 3, 1, 2, 2))
                .shape("zero-size", s -> filled(s, s.tensor(1), 3, 0, 2))
                .special("nan", s -> filled(s, Tensor.ofReals(s.type(), Shape.of(1), Double.NaN), 3))
                .special("minus-zero", s -> filled(s, Tensor.ofReals(s.type(), Shape.of(1), -0.0), 3))
                .special("infinity", s -> filled(s, Tensor.ofReals(s.type(), Shape.of(1), Double.POSITIVE_INFINITY), 3))
                .special(
                        "largest",
                        types(ElementType::isInteger),
                        s -> filled(
                                s,
                                Tensor.ofLongs(s.type(), Shape.of(1), s.type().maxInteger()),
                                3))
                .reject("negative-extent", n -> n.replacing(0, Setting.longs(5, -1)))
                .reject("value-string", n -> n.with(Attribute.of("value", Tensor.ofStrings(Shape.of(1), List.of("a"))))
                        .giving(ElementType.STRING))
                .reject("shape-type", n -> n.replacing(0, Tensor.ofLongs(ElementType.INT32, Shape.of(2), 5, 13)))
                .reject(
                        "two-elements",
                        n -> n.with(Attribute.of(
                                "value", new Tensor.Builder(n.outputs().get(0), Shape.of(2)).build())));
    }

    /** The shape is fed: from a constant one the whole node would be folded, and nothing left to run. */
    private static OneNode filled(Setting s, Tensor value, long... dims) {
        return s.node().feed(Setting.longs(dims)).with(Attribute.of("value", value));
    }

    private static Declaration oneHot() {
        Declaration oneHot = Declaration.of("OneHot", s -> hot(s, 5, 13))
                .families(Family.UNIFORM)
                .value("int64-depth-and-values", s -> s.node()
                        .feed(indices(s, 0, 6, 31))
                        .feed(Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, 7))
                        .feed(Tensor.ofLongs(ElementType.INT64, Shape.of(2), -4, 9))
                        .giving(ElementType.INT64));
        List<ElementType> values = new ArrayList<>(NUMBERS);
        values.add(ElementType.BOOL);
        values.add(ElementType.STRING);
        for (ElementType type : NUMBERS) {
            oneHot = oneHot.second("depth-" + type.label(), type, only(ElementType.INT64), s -> s.node()
                    .feed(indices(s, -7, 6, 31), Setting.scalar(type, 7), onOff(ElementType.FLOAT32))
                    .giving(ElementType.FLOAT32));
        }
        for (ElementType type : values) {
            oneHot = oneHot.second("values-" + type.label(), type, only(ElementType.INT64), s -> s.node()
                    .feed(indices(s, -7, 6, 31), Setting.scalar(ElementType.INT64, 7), onOff(type))
                    .giving(type));
        }
        oneHot = oneHot.second("values-float64-digits", ElementType.FLOAT64, only(ElementType.INT64), s -> s.node()
                .feed(indices(s, 0, 2, 5), Setting.longs(3))
                .feed(Tensor.ofReals(ElementType.FLOAT64, Shape.of(2), 0, 0.1))
                .giving(ElementType.FLOAT64));
        return oneHot.shape("rank-0", s -> hot(s))
                .shape("rank-1", s -> hot(s, 4))
                .shape("rank-5", s -> hot(s, 1, 2, 3, 1, 2))
                .shape("axis-0", s -> hot(s, 3, 4).with(Layout.axis(0)))
                .shape("axis-1", s -> hot(s, 3, 4).with(Layout.axis(1)))
                .shape("axis-last", s -> hot(s, 3, 4).with(Layout.axis(2)))
                .shape("axis-negative", s -> hot(s, 3, 4).with(Layout.axis(-2)))
                .shape("axis-lowest", s -> hot(s, 3, 4).with(Layout.axis(-3)))
                .shape("depth-rank-1", s -> s.node()
                        .feed(indices(s, 0, 6, 5), Setting.longs(7), onOff(ElementType.FLOAT32))
                        .giving(ElementType.FLOAT32))
                .shape("depth-1", s -> s.node()
                        .feed(indices(s, 0, 1, 5), Setting.longs(1), onOff(ElementType.FLOAT32))
                        .giving(ElementType.FLOAT32))
                .shape("zero-size", s -> hot(s, 3, 0))
                .shape("constant-depth", s -> s.node()
                        .feed(indices(s, 0, 6, 5))
                        .constant(Setting.longs(7))
                        .constant(onOff(ElementType.FLOAT32))
                        .giving(ElementType.FLOAT32))
                .shape("dynamic", s -> hot(s, 3, 4).dynamic())
                .special("negative-indices", types(ElementType::isSigned), s -> s.node()
                        .feed(indices(s, -7, -1, 31), Setting.longs(7), onOff(ElementType.FLOAT32))
                        .giving(ElementType.FLOAT32))
                .special("out-of-range", types(t -> true), s -> s.node()
                        .feed(
                                indices(s, s.type().isSigned() ? -20 : 0, 20, 61),
                                Setting.longs(7),
                                onOff(ElementType.FLOAT32))
                        .giving(ElementType.FLOAT32))
                .special("bits-of-values", types(t -> true), s -> s.node()
                        .feed(indices(s, 0, 2, 5), Setting.longs(3))
                        .feed(Tensor.ofFloats(Shape.of(2), -0f, Float.NaN))
                        .giving(ElementType.FLOAT32))
                // The smallest number, and the one after the smallest normal one.
                .special("small-values", types(t -> true), s -> s.node()
                        .feed(indices(s, 0, 2, 5), Setting.longs(3))
                        .feed(Tensor.ofFloats(Shape.of(2), -Float.MIN_VALUE, Math.nextUp(Float.MIN_NORMAL)))
                        .giving(ElementType.FLOAT32))
                // Out of range, but not by their lower 32 bits or as signed numbers.
                .special("far-indices", types(ElementType::isInteger), s -> s.node()
                        .feed(far(s), Setting.longs(7), onOff(ElementType.FLOAT32))
                        .giving(ElementType.FLOAT32))
                .special("extremes-of-values", only(ElementType.INT64), s -> s.node()
                        .feed(indices(s, 0, 2, 5), Setting.longs(3))
                        .feed(Tensor.ofFloats(Shape.of(2), Float.NEGATIVE_INFINITY, Float.MAX_VALUE))
                        .giving(ElementType.FLOAT32))
                .reject("axis-out-of-range", s -> hot(s, 3, 4).with(Layout.axis(2)), n -> n.with(Layout.axis(3)))
                .reject("three-values", n -> n.replacing(2, Tensor.ofFloats(Shape.of(3), 0, 1, 2)))
                .reject(
                        "values-missing",
                        s -> s.node()
                                .feed(
                                        indices(s, 0, 6, 2),
                                        Setting.scalar(ElementType.INT64, 7),
                                        onOff(ElementType.FLOAT32))
                                .giving(ElementType.FLOAT32),
                        OneNode::shortened)
                .reject("two-depths", n -> n.replacing(1, Setting.longs(7, 7)))
                .reject(
                        "indices-bool",
                        n -> n.replacing(0, new Tensor.Builder(ElementType.BOOL, Shape.of(5, 13)).build()));
    }

    private static OneNode hot(Setting s, int... dims) {
        return s.node()
                .feed(indices(s, 0, 6, dims), Setting.scalar(ElementType.INT64, 7), onOff(ElementType.FLOAT32))
                .giving(ElementType.FLOAT32);
    }

    private static Tensor indices(Setting s, long low, long high, int... dims) {
        return s.integersOfType(s.type().isSigned() ? low : Math.max(low, 0), high, dims);
    }

    private static Tensor far(Setting s) {
        long max = s.type().maxInteger();
        return s.type().bytes() == 8
                ? Tensor.ofLongs(s.type(), Shape.of(5), max, s.type().minInteger(), 3, (1L << 32) + 4, max - 1)
                : Tensor.ofLongs(s.type(), Shape.of(4), max, s.type().minInteger(), 3, max - 1);
    }

    private static Tensor onOff(ElementType type) {
        return type == ElementType.STRING
                ? Tensor.ofStrings(Shape.of(2), List.of("off", "on"))
                : type.isFloat()
                        ? Tensor.ofReals(type, Shape.of(2), 0.25, 3)
                        : Tensor.ofLongs(type, Shape.of(2), 0, type == ElementType.BOOL ? 1 : 3);
    }

    /** So few fractions that an implementation may accumulate them, as the function body of ONNX does (OP-Range-D1). */
    private static Declaration range() {
        return Declaration.of("Range", s -> range(s, 1, 10, 2))
                .families(Family.UNIFORM)
                .value("long", s -> range(s, -20, 1003, 1))
                .value("down", s -> range(s, 10, -31, -3))
                .value("fractions", types(ElementType::isFloat), s -> range(s, -0.5, 8.2, 0.3))
                .shape("limit-exact", s -> range(s, 0, 12, 3))
                .shape("limit-between", s -> range(s, 0, 13, 3))
                .shape("one-element", s -> range(s, 5, 6, 7))
                .shape("empty", s -> range(s, 5, 5, 1))
                .shape("empty-other-way", s -> range(s, 5, 9, -1))
                .special("negative-zero", types(ElementType::isFloat), s -> range(s, 0, 3, 0.75))
                .special("extremes", types(ElementType::isInteger), s -> s.node()
                        .feed(
                                Tensor.ofLongs(s.type(), Shape.SCALAR, s.type().maxInteger() - 5),
                                Tensor.ofLongs(s.type(), Shape.SCALAR, s.type().maxInteger()),
                                Tensor.ofLongs(s.type(), Shape.SCALAR, 2)))
                .reject("unequal-types", n -> n.replacing(1, Tensor.ofReals(ElementType.FLOAT64, Shape.SCALAR, 10)))
                .reject("delta-rank-1", n -> n.replacing(2, Tensor.ofFloats(Shape.of(2), 2, 2)))
                .reject("two-inputs", OneNode::shortened);
    }

    private static OneNode range(Setting s, double start, double limit, double delta) {
        return s.node()
                .feed(
                        Setting.scalar(s.type(), start),
                        Setting.scalar(s.type(), limit),
                        Setting.scalar(s.type(), delta));
    }

    private static Declaration eyeLike() {
        Declaration eye =
                Declaration.of("EyeLike", s -> s.node().feed(s.tensor(5, 7))).families(Family.UNIFORM);
        List<ElementType> types = new ArrayList<>(NUMBERS);
        types.add(ElementType.BOOL);
        for (ElementType type : types) {
            eye = eye.second("to-" + type.label(), type, only(ElementType.FLOAT32), s -> eye(s, type));
        }
        return eye.second(
                        "to-bfloat16",
                        ElementType.BFLOAT16,
                        (t, opset) -> t == ElementType.FLOAT32 && opset >= 22,
                        s -> eye(s, ElementType.BFLOAT16))
                .shape("square", s -> s.node().feed(s.tensor(4, 4)))
                .shape("tall", s -> s.node().feed(s.tensor(7, 3)))
                .shape("k-above", s -> s.node().feed(s.tensor(4, 6)).with(k(2)))
                .shape("k-below", s -> s.node().feed(s.tensor(6, 4)).with(k(-3)))
                .shape("k-last", s -> s.node().feed(s.tensor(4, 6)).with(k(5)))
                .shape("k-outside", s -> s.node().feed(s.tensor(4, 6)).with(k(6)))
                .shape("k-outside-below", s -> s.node().feed(s.tensor(4, 6)).with(k(-4)))
                .shape("k-0", s -> s.node().feed(s.tensor(4, 6)).with(k(0)))
                .shape("size-1", s -> s.node().feed(s.tensor(1, 1)))
                .shape("zero-size", s -> s.node().feed(s.tensor(0, 3)))
                .shape("dynamic", s -> s.node().feed(s.tensor(3, 5)).dynamic())
                .special("values-leave-no-trace", s -> s.node().feed(Products.full(s, Double.NaN, 3, 4)))
                .reject(
                        "rank-1",
                        s -> s.node().feed(s.tensor(3, 3)),
                        n -> n.replacing(0, new Tensor.Builder(n.outputs().get(0), Shape.of(9)).build()))
                .reject(
                        "rank-3",
                        s -> s.node().feed(s.tensor(3, 3)),
                        n -> n.replacing(0, new Tensor.Builder(n.outputs().get(0), Shape.of(1, 3, 3)).build()))
                .reject("dtype-string", s -> eye(s, ElementType.FLOAT32), n -> n.with(
                                Attribute.of("dtype", (long) ElementType.STRING.onnx()))
                        .giving(ElementType.STRING));
    }

    private static OneNode eye(Setting s, ElementType type) {
        return s.node()
                .feed(s.tensor(4, 6))
                .with(Attribute.of("dtype", (long) type.onnx()), k(1))
                .giving(type);
    }

    private static org.aiis.onnx.AttributeProto k(long k) {
        return Attribute.of("k", k);
    }

    private static Declaration trilu() {
        return Declaration.of("Trilu", Generators::plainTrilu)
                .families(Family.UNIFORM)
                .value("lower", s -> lower(s.node().feed(ones(s, 7, 5))))
                .value("upper-k", s -> s.node().feed(ones(s, 7, 9)).constant(diagonal(2)))
                .value("lower-k", s -> lower(s.node().feed(ones(s, 9, 7)).constant(diagonal(-2))))
                .shape("upper-k-negative", s -> s.node().feed(ones(s, 4, 5)).constant(diagonal(-2)))
                .shape(
                        "lower-k-positive",
                        s -> lower(s.node().feed(ones(s, 4, 5)).constant(diagonal(2))))
                .shape("upper-1", s -> s.node().feed(ones(s, 4, 5)).with(Attribute.of("upper", 1L)))
                .shape("k-0", s -> s.node().feed(ones(s, 4, 5)).constant(diagonal(0)))
                .shape("k-beyond", s -> s.node().feed(ones(s, 4, 5)).constant(diagonal(9)))
                .shape("k-far-below", s -> s.node().feed(ones(s, 4, 5)).constant(diagonal(-9)))
                .shape("lower-k-beyond", s -> lower(s.node().feed(ones(s, 4, 5)).constant(diagonal(9))))
                .shape(
                        "lower-k-far-below",
                        s -> lower(s.node().feed(ones(s, 4, 5)).constant(diagonal(-9))))
                .shape("batch", s -> s.node().feed(ones(s, 3, 4, 5)).constant(diagonal(1)))
                .shape(
                        "rank-5",
                        s -> lower(s.node().feed(ones(s, 2, 1, 3, 3, 4)).constant(diagonal(-1))))
                .shape("one-row", s -> s.node().feed(ones(s, 1, 7)).constant(diagonal(3)))
                .shape("one-column", s -> lower(s.node().feed(ones(s, 7, 1)).constant(diagonal(-3))))
                .shape("zero-size", s -> s.node().feed(ones(s, 3, 0)))
                .shape("zero-batch", s -> s.node().feed(ones(s, 0, 3, 3)))
                .shape("k-fed", s -> s.node().feed(ones(s, 4, 5), diagonal(1)))
                .shape("dynamic", s -> s.node().feed(ones(s, 4, 5)).dynamic())
                .special("bits-kept", types(t -> t != ElementType.BOOL && t != ElementType.STRING), s -> s.node()
                        .feed(Specials.of(s.type())
                                .reshaped(Shape.of(1, Specials.of(s.type()).size()))))
                .special("cut-off-leaves-no-trace", s -> s.node().feed(Products.full(s, Double.NaN, 3, 4)))
                .reject(
                        "rank-1",
                        s -> s.node().feed(ones(s, 1, 4)),
                        n -> n.replacing(0, new Tensor.Builder(n.outputs().get(0), Shape.of(4)).build()))
                .reject(
                        "k-float",
                        s -> s.node().feed(ones(s, 3, 4)).constant(diagonal(1)),
                        n -> n.replacing(1, Tensor.ofReals(ElementType.FLOAT32, Shape.SCALAR, 1)));
    }

    /** Of strings everything is kept: what stands in the place of a zero is open (OP-Trilu-D1). */
    private static OneNode plainTrilu(Setting s) {
        OneNode node = s.node().feed(ones(s, 5, 7));
        return s.type() == ElementType.STRING ? node.constant(diagonal(-5)) : node;
    }

    private static OneNode lower(OneNode node) {
        return node.with(Attribute.of("upper", 0L));
    }

    private static Tensor diagonal(long k) {
        return Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, k);
    }

    /** No zero, so that each place shows whether it was kept. */
    private static Tensor ones(Setting s, int... dims) {
        return switch (s.type()) {
            case STRING -> s.tensor(dims);
            case BOOL -> s.integers(s.type(), 1, 1, dims);
            default -> s.integersOfType(1, 5, dims);
        };
    }

    private static Declaration window(String operator) {
        Declaration window = Declaration.of(operator, s -> window(s, 10, ElementType.FLOAT32))
                .families(Family.UNIFORM);
        for (ElementType type :
                List.of(ElementType.FLOAT64, ElementType.FLOAT16, ElementType.BFLOAT16, ElementType.FLOAT32)) {
            window = window.second("periodic-" + type.label(), type, only(ElementType.INT64), s -> window(s, 97, type))
                    .second("symmetric-" + type.label(), type, only(ElementType.INT64), s -> symmetric(s, 97, type));
        }
        for (ElementType type : NUMBERS) {
            if (type.isInteger()) {
                // Of an even size, so that no element comes close to 1, where truncation would hang on the last bit.
                window = window.second(
                        "symmetric-" + type.label(), type, only(ElementType.INT64), s -> symmetric(s, 10, type));
            }
        }
        return window.value("long", s -> window(s, 1003, ElementType.FLOAT32))
                .value("symmetric", s -> symmetric(s, 31, ElementType.FLOAT32))
                .shape("periodic-1", s -> window(s, 17, ElementType.FLOAT32).with(Attribute.of("periodic", 1L)))
                .shape("size-2", s -> window(s, 2, ElementType.FLOAT32))
                .shape("size-1", s -> window(s, 1, ElementType.FLOAT32))
                .shape("symmetric-2", s -> symmetric(s, 2, ElementType.FLOAT32))
                .shape("symmetric-even", s -> symmetric(s, 8, ElementType.FLOAT32))
                .reject("size-float", n -> n.replacing(0, Tensor.ofReals(ElementType.FLOAT32, Shape.SCALAR, 10)))
                .reject("size-negative", n -> n.replacing(0, Tensor.ofLongs(ElementType.INT32, Shape.SCALAR, -3)))
                .reject("datatype-string", n -> n.with(
                                Attribute.of("output_datatype", (long) ElementType.STRING.onnx()))
                        .giving(ElementType.STRING));
    }

    private static OneNode window(Setting s, long size, ElementType type) {
        OneNode node = s.node().feed(Setting.scalar(s.type(), (double) size)).giving(type);
        return type == ElementType.FLOAT32 ? node : node.with(Attribute.of("output_datatype", (long) type.onnx()));
    }

    private static OneNode symmetric(Setting s, long size, ElementType type) {
        return window(s, size, type).with(Attribute.of("periodic", 0L));
    }
}
