package org.aiis.conformance.catalogue.operators;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Features rescaled and encoded for a model, of the domain ai.onnx.ml. */
final class Preparing {
    private static final BiPredicate<ElementType, Integer> STRINGS =
            Declaration.types(type -> type == ElementType.STRING);
    private static final BiPredicate<ElementType, Integer> INT64 = Declaration.types(type -> type == ElementType.INT64);

    private Preparing() {}

    static Declaration normalizer() {
        return Declaration.of("Normalizer", s -> normalized(s, "L2", 5, 7))
                .families(Family.UNIFORM)
                // The largest is not the first, by less than bfloat16 shows.
                .value("close-to-largest", Declaration.only(ElementType.FLOAT32), s -> s.node()
                        .feed(Tensor.ofReals(s.type(), Shape.of(2, 3), 1, 0x1.004p0, 0.5, 1.5, 2, 0x1.004p1))
                        .with(Attribute.of("norm", "MAX"))
                        .giving(ElementType.FLOAT32))
                .shape("max", s -> normalized(s, "MAX", 5, 7))
                .shape("l1", s -> normalized(s, "L1", 5, 7))
                .shape("l2", s -> normalized(s, "L2", 5, 67))
                .shape("left-out", s -> normalized(s, "MAX", 5, 7).without("norm"))
                .shape("rank-1", s -> normalized(s, "L1", 7))
                .shape("size-1", s -> normalized(s, "L2", 3, 1))
                .shape("zeros", s -> s.node()
                        .feed(new Tensor.Builder(s.type(), Shape.of(2, 3)).build())
                        .with(Attribute.of("norm", "L1"))
                        .giving(ElementType.FLOAT32))
                .shape("dynamic", s -> normalized(s, "L2", 5, 7).dynamic())
                .special("nan", s -> s.node()
                        .feed(Tensor.ofReals(s.type(), Shape.of(2, 3), 1, Double.NaN, 2, 3, 1, 0))
                        .with(Attribute.of("norm", "L1"))
                        .giving(ElementType.FLOAT32))
                .special("infinity", s -> s.node()
                        .feed(Tensor.ofReals(s.type(), Shape.of(2, 3), 1, Double.POSITIVE_INFINITY, 2, 3, 1, 0))
                        .with(Attribute.of("norm", "L2"))
                        .giving(ElementType.FLOAT32))
                .special("small", s -> s.node()
                        .feed(Tensor.ofReals(
                                s.type(),
                                Shape.of(2, 3),
                                1,
                                0,
                                -0.0,
                                3,
                                s.type().format().smallestSubnormal(),
                                1))
                        .with(Attribute.of("norm", "L1"))
                        .giving(ElementType.FLOAT32))
                .special("largest", Declaration.only(ElementType.FLOAT32), s -> s.node()
                        .feed(Tensor.ofReals(
                                s.type(), Shape.of(1, 3), 1, s.type().format().largestFinite(), 2))
                        .with(Attribute.of("norm", "L1"))
                        .giving(ElementType.FLOAT32))
                .reject("norm-unknown", n -> n.with(Attribute.of("norm", "L3")))
                .reject("type", n -> n.replacing(0, Learning.half()));
    }

    /** Without negative numbers, for which ONNX's formulas and the names of the norms differ. */
    private static OneNode normalized(Setting s, String norm, int... dims) {
        return s.node()
                .feed(s.type().isFloat() ? s.between(0, 4, dims) : s.integersOfType(0, 9, dims))
                .with(Attribute.of("norm", norm))
                .giving(ElementType.FLOAT32);
    }

    static Declaration oneHot() {
        return Declaration.of("OneHotEncoder", s -> hot(s, items(s, -1, 5, 7)))
                .families(Family.UNIFORM)
                .value("strings", STRINGS, s -> hot(s, Tensor.ofStrings(Shape.of(4), List.of("s7", "b", "S7", ""))))
                .value("large", Declaration.types(type -> type != ElementType.STRING), Preparing::large)
                .value("unknown", INT64, s -> hot(s, Tensor.ofLongs(s.type(), Shape.of(4), 77, 4, -3, 1)))
                .shape("zeros", s -> hot(s, items(s, 0, 4, 5)).with(Attribute.of("zeros", 1L)))
                .shape("zeros-0", s -> hot(s, known(s)).with(Attribute.of("zeros", 0L)))
                .shape("rank-2", s -> hot(s, items(s, 0, 4, 3, 5)))
                .shape("dynamic", s -> hot(s, known(s)).dynamic())
                .reject(
                        "unknown",
                        s -> hot(s, known(s)).with(Attribute.of("zeros", 0L)),
                        n -> n.replacing(0, unknown(n)))
                .reject("type", n -> n.replacing(0, Learning.half()));
    }

    /** Categories that types of less precision take for others, as rows of one item each. */
    private static OneNode large(Setting s) {
        boolean wide = s.type() != ElementType.FLOAT32;
        long[] items = {2049, -4097, 16777218, 2050, wide ? 16777217 : -2049};
        Tensor x = s.type().isFloat()
                ? Tensor.ofReals(
                        s.type(),
                        Shape.of(5, 1),
                        Arrays.stream(items).asDoubleStream().toArray())
                : Tensor.ofLongs(s.type(), Shape.of(5, 1), items);
        return hot(s, x).with(Attribute.ints("cats_int64s", 2049, 2048, 16777218, 2050, 16777217));
    }

    private static Tensor items(Setting s, long low, long high, int... dims) {
        return s.type() == ElementType.STRING ? s.tensor(dims) : s.integersOfType(low, high, dims);
    }

    private static Tensor known(Setting s) {
        return s.type() == ElementType.STRING
                ? Tensor.ofStrings(Shape.of(3), List.of("", "s7", "b"))
                : s.type().isFloat()
                        ? Tensor.ofReals(s.type(), Shape.of(3), 4, 1, -3)
                        : Tensor.ofLongs(s.type(), Shape.of(3), 4, 1, -3);
    }

    private static Tensor unknown(OneNode node) {
        ElementType type =
                ((OneNode.Operand.Fed) node.operands().get(0)).tensor().type();
        return type == ElementType.STRING
                ? Tensor.ofStrings(Shape.of(3), List.of("", "s77", "b"))
                : type.isFloat()
                        ? Tensor.ofReals(type, Shape.of(3), 4, 77, -3)
                        : Tensor.ofLongs(type, Shape.of(3), 4, 77, -3);
    }

    private static OneNode hot(Setting s, Tensor x) {
        return s.node()
                .feed(x)
                .with(
                        s.type() == ElementType.STRING
                                ? Attribute.strings("cats_strings", List.of("b", "s7", "", "s3"))
                                : Attribute.ints("cats_int64s", 1, 4, 2, -3))
                .giving(ElementType.FLOAT32);
    }

    static Declaration scaler() {
        return Declaration.of("Scaler", s -> scaled(s, s.tensor(5, 4), 4))
                .families(Family.UNIFORM, Family.SMALL, Family.TIES)
                .value(
                        "extremes",
                        Declaration.types(ElementType::isInteger),
                        s -> scaled(s, Learning.extremes(s, 3, 4), 4))
                .shape("one-for-all", s -> scaled(s, s.tensor(5, 4), 1))
                .shape("rank-1", s -> scaled(s, s.tensor(4), 4))
                .shape("samples-1", s -> scaled(s, s.tensor(1, 5), 5))
                .shape("zero-size", s -> scaled(s, s.tensor(0, 4), 4))
                .shape("dynamic", s -> scaled(s, s.tensor(5, 4), 4).dynamic())
                .special("nan", s -> scaled(s, Products.holding(s, Double.NaN, 3, 4), 4))
                .special("infinities", s -> scaled(s, Learning.infinities(s, 3, 4), 4))
                .reject("lengths", n -> n.with(Attribute.floats("offset", 1, 2, 3)))
                .reject("type", n -> n.replacing(0, Learning.half()));
    }

    private static OneNode scaled(Setting s, Tensor x, int count) {
        return s.node()
                .feed(x)
                .with(
                        Attribute.floats("offset", Learning.floats(s, count)),
                        Attribute.floats("scale", Learning.floats(s, count)))
                .giving(ElementType.FLOAT32);
    }
}
