package org.aiis.conformance.catalogue.operators;

import java.util.List;
import java.util.stream.IntStream;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Features picked, joined and mended, and linear models of the domain ai.onnx.ml. */
final class Learning {
    private Learning() {}

    static List<Declaration> declarations() {
        return List.of(
                extractor(),
                binarizer(),
                Labelling.mapper(),
                vectorizer(),
                imputer(),
                Labelling.encoder(),
                classifier(),
                regressor(),
                Preparing.normalizer(),
                Preparing.oneHot(),
                Preparing.scaler());
    }

    static Tensor half() {
        return Tensor.ofReals(ElementType.FLOAT16, Shape.of(2), 1, 2);
    }

    private static Declaration extractor() {
        return Declaration.of(
                        "ArrayFeatureExtractor",
                        s -> s.node().feed(s.tensor(3, 7)).constant(Setting.longs(5, 0, 5)))
                .shape("rank-3", s -> s.node().feed(s.tensor(2, 3, 5)).constant(Setting.longs(4, 1)))
                .shape("one-place", s -> s.node().feed(s.tensor(4, 3)).constant(Setting.longs(2)))
                .shape("fed", s -> s.node().feed(s.tensor(3, 5), Setting.longs(1, 3)))
                .shape(
                        "dynamic",
                        s -> s.node().feed(s.tensor(3, 5), Setting.longs(1, 3)).dynamic())
                .special("nan", s -> s.node()
                        .feed(Products.holding(s, Double.NaN, 3, 1))
                        .constant(Setting.longs(0)))
                .reject("place-out-of-range", n -> n.replacing(1, Setting.longs(5, 0, 7)))
                .reject("places-missing", OneNode::shortened)
                .reject(
                        "type",
                        n -> n.replacing(0, Tensor.ofReals(ElementType.FLOAT16, Shape.of(1, 7), 1, 2, 3, 4, 5, 6, 7)));
    }

    private static Declaration binarizer() {
        return Declaration.of("Binarizer", s -> s.node().feed(s.tensor(5, 7)).with(Attribute.of("threshold", 1f)))
                .value("extremes", Declaration.types(ElementType::isInteger), s -> s.node()
                        .feed(extremes(s, 5)))
                .shape("threshold-left-out", s -> s.node().feed(s.tensor(3, 7)))
                .shape("threshold-negative", s -> s.node().feed(s.tensor(3, 7)).with(Attribute.of("threshold", -2.5f)))
                .shape("rank-1", s -> s.node().feed(s.tensor(7)))
                .shape("rank-4", s -> s.node().feed(s.tensor(2, 1, 3, 2)))
                .shape("zero-size", s -> s.node().feed(s.tensor(0, 7)))
                .shape("dynamic", s -> s.node().feed(s.tensor(3, 7)).dynamic())
                .special("nan", s -> s.node().feed(Products.holding(s, Double.NaN, 3, 5)))
                .special("equal", s -> s.node()
                        .feed(Tensor.ofReals(s.type(), Shape.of(4), 0.5, 0.25, 0.75, -0.5))
                        .with(Attribute.of("threshold", 0.5f)))
                .special("zeros-infinities", s -> s.node()
                        .feed(Tensor.ofReals(
                                s.type(), Shape.of(4), 0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)))
                .special("subnormal", s -> s.node()
                        .feed(Tensor.ofReals(
                                s.type(),
                                Shape.of(3),
                                s.type().format().smallestSubnormal(),
                                -s.type().format().smallestSubnormal(),
                                s.type().format().largestFinite())))
                .reject("type", n -> n.replacing(0, half()))
                .reject("two-inputs", n -> n.feed(half()));
    }

    private static Declaration vectorizer() {
        return Declaration.of("FeatureVectorizer", s -> s.node()
                        .feed(s.tensor(3, 2), s.tensor(3, 5))
                        .with(Attribute.ints("inputdimensions", 2, 5))
                        .giving(ElementType.FLOAT32))
                .families(Family.UNIFORM, Family.TIES, Family.NEAR_ONE)
                .value("extremes", Declaration.types(ElementType::isInteger), s -> s.node()
                        .feed(extremes(s, 1, 2), extremes(s, 1, 3))
                        .with(Attribute.ints("inputdimensions", 2, 3))
                        .giving(ElementType.FLOAT32))
                .shape("one-input", s -> s.node()
                        .feed(s.tensor(3, 2))
                        .with(Attribute.ints("inputdimensions", 2))
                        .giving(ElementType.FLOAT32))
                .shape("four-inputs", s -> s.node()
                        .feed(s.tensor(2, 1), s.tensor(2, 3), s.tensor(2, 2), s.tensor(2, 7))
                        .with(Attribute.ints("inputdimensions", 1, 3, 2, 7))
                        .giving(ElementType.FLOAT32))
                .shape("equal-widths", s -> s.node()
                        .feed(s.tensor(3, 4), s.tensor(3, 4))
                        .with(Attribute.ints("inputdimensions", 4, 4))
                        .giving(ElementType.FLOAT32))
                .shape("rank-1", s -> s.node()
                        .feed(s.tensor(3), s.tensor(4))
                        .with(Attribute.ints("inputdimensions", 3, 4))
                        .giving(ElementType.FLOAT32))
                .shape("dynamic", s -> s.node()
                        .feed(s.tensor(3, 2), s.tensor(3, 5))
                        .with(Attribute.ints("inputdimensions", 2, 5))
                        .giving(ElementType.FLOAT32)
                        .dynamic())
                .special("nan", s -> s.node()
                        .feed(Products.holding(s, Double.NaN, 3, 2))
                        .with(Attribute.ints("inputdimensions", 2))
                        .giving(ElementType.FLOAT32))
                .special("infinities", s -> s.node()
                        .feed(infinities(s, 1, 2), infinities(s, 1, 2))
                        .with(Attribute.ints("inputdimensions", 2, 2))
                        .giving(ElementType.FLOAT32))
                .reject("rows-unequal", n -> n.replacing(1, Products.zeros(n, 2, 5)))
                .reject("dimensions-too-few", n -> n.with(Attribute.ints("inputdimensions", 2)))
                .reject("type", n -> n.replacing(1, half()));
    }

    /** +∞ and −∞, and ordinary numbers after them. */
    static Tensor infinities(Setting s, int... dims) {
        Tensor drawn = s.tensor(dims);
        Tensor.Builder tensor = new Tensor.Builder(s.type(), drawn.shape());
        for (int i = 0; i < drawn.size(); i++) {
            tensor.setReal(i, i == 0 ? Double.POSITIVE_INFINITY : i == 1 ? Double.NEGATIVE_INFINITY : drawn.real(i));
        }
        return tensor.build();
    }

    /** The largest and the smallest integer of the type, and ordinary numbers after them. */
    static Tensor extremes(Setting s, int... dims) {
        Tensor drawn = s.tensor(dims);
        Tensor.Builder tensor = new Tensor.Builder(s.type(), drawn.shape());
        for (int i = 0; i < drawn.size(); i++) {
            tensor.setBits(i, i == 0 ? s.type().maxInteger() : i == 1 ? s.type().minInteger() : drawn.integer(i));
        }
        return tensor.build();
    }

    private static Declaration imputer() {
        return Declaration.of("Imputer", s -> imputed(s, s.integersOfType(0, 3, 5, 4), 2, 17))
                .families(Family.UNIFORM)
                .value("extremes", Declaration.types(ElementType::isInteger), s -> s.node()
                        .feed(s.integersOfType(0, 3, 5, 2))
                        .with(
                                Attribute.of("replaced_value_int64", 2L),
                                Attribute.ints(
                                        "imputed_value_int64s",
                                        s.type().minInteger(),
                                        s.type().maxInteger())))
                // Of the shape that features-5 has, and with another element at the end.
                .value("odd-size", s -> imputed(s, s.integersOfType(7, 9, 3, 5), 2, 17))
                .shape("each-feature", s -> imputed(s, s.integersOfType(0, 3, 5, 4), 2, 17, 18, 19, 20))
                .shape("replaced-left-out", s -> imputed(s, s.integersOfType(0, 2, 5, 4), 0, 17)
                        .without("replaced_value_float")
                        .without("replaced_value_int64"))
                .shape("rank-3", s -> imputed(s, s.integersOfType(0, 3, 2, 3, 4), 2, 17, 18, 19, 20))
                .shape("features-5", s -> imputed(s, s.integersOfType(0, 3, 3, 5), 2, 17))
                .special("kept", Declaration.types(t -> true), s -> imputed(s, bits(s), 2, 17))
                .shape("dynamic", s -> imputed(s, s.integersOfType(0, 3, 5, 4), 2, 17)
                        .dynamic())
                .special("nan", s -> imputed(s, Products.holding(s, Double.NaN, 3, 4), Float.NaN, 17))
                .special(
                        "zeros",
                        s -> imputed(
                                s,
                                Tensor.ofReals(s.type(), Shape.of(1, 4), 0, -0.0, 1, Double.POSITIVE_INFINITY),
                                0,
                                17))
                .reject("length", s -> imputed(s, s.integersOfType(0, 3, 5, 4), 2, 17, 18, 19, 20), n -> n.without(
                                "imputed_value_floats")
                        .with(Attribute.floats("imputed_value_floats", 17, 18, 19)))
                .reject("type", n -> n.replacing(0, half()));
    }

    /** Every special value of the type, none of which is what is replaced, so that each has to come back as it is. */
    private static Tensor bits(Setting s) {
        Tensor all = Specials.of(s.type());
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(1, all.size()));
        for (int i = 0; i < all.size(); i++) {
            boolean replaced = s.type().isFloat() ? all.real(i) == 2 : all.bits(i) == 2;
            tensor.setBits(i, replaced ? all.bits(0) : all.bits(i));
        }
        return tensor.build();
    }

    private static OneNode imputed(Setting s, Tensor x, float replaced, float... values) {
        if (s.type().isFloat()) {
            return s.node()
                    .feed(x)
                    .with(
                            Attribute.of("replaced_value_float", replaced),
                            Attribute.floats("imputed_value_floats", values));
        }
        long[] integers = IntStream.range(0, values.length)
                .mapToLong(i -> (long) values[i])
                .toArray();
        return s.node()
                .feed(x)
                .with(
                        Attribute.of("replaced_value_int64", (long) replaced),
                        Attribute.ints("imputed_value_int64s", integers));
    }

    static float[] floats(Setting s, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) s.seeded().between(-1, 1);
        }
        return values;
    }

    private static Declaration classifier() {
        Form strings = s -> classes(s, 5)
                .without("classlabels_ints")
                .with(Attribute.strings("classlabels_strings", List.of("a", "b", "c")))
                .giving(ElementType.STRING, ElementType.FLOAT32);
        return Declaration.of("LinearClassifier", s -> classes(s, 5))
                .families(Family.UNIFORM, Family.TIES)
                .value("long", s -> classes(s, 257))
                // Powers of e that no type holds: only their ratios are asked for.
                .value("softmax-large", s -> s.node()
                        .feed(s.integersOfType(1, 4, 7, 1))
                        .with(
                                Attribute.floats("coefficients", -500, 500, 499.5f),
                                Attribute.ints("classlabels_ints", 4, -2, 9),
                                Attribute.of("post_transform", "SOFTMAX"))
                        .giving(ElementType.INT64, ElementType.FLOAT32))
                .shape("strings", strings)
                .shape("intercepts", s -> classes(s, 5).with(Attribute.floats("intercepts", 0.5f, -1, 0.25f)))
                .shape("multi-class", s -> classes(s, 5).with(Attribute.of("multi_class", 1L)))
                .shape("none", s -> classes(s, 5).with(Attribute.of("post_transform", "NONE")))
                .shape("softmax", s -> classes(s, 5).with(Attribute.of("post_transform", "SOFTMAX")))
                .shape("logistic", s -> classes(s, 5).with(Attribute.of("post_transform", "LOGISTIC")))
                .shape("dynamic", s -> classes(s, 5).dynamic())
                // One score of a sample is +∞ and the others are −∞, so that no tie decides on the label.
                .special("infinities", s -> s.node()
                        .feed(Tensor.ofReals(
                                s.type(), Shape.of(2, 2), Double.POSITIVE_INFINITY, 2, 3, Double.NEGATIVE_INFINITY))
                        .with(
                                Attribute.floats("coefficients", 1, 0.5f, -0.5f, -2, -1, 0.25f),
                                Attribute.ints("classlabels_ints", 4, -2, 9))
                        .giving(ElementType.INT64, ElementType.FLOAT32))
                // Which label a NaN gives is open, so that only the scores are looked at.
                .special("nan", s -> classes(s, 5)
                        .replacing(0, Products.holding(s, Double.NaN, 3, 5))
                        .giving(ElementType.FLOAT32)
                        .behind(List.of("t", "y")))
                .special("largest", Declaration.only(ElementType.FLOAT32), s -> classes(s, 5)
                        .replacing(
                                0,
                                Tensor.ofReals(
                                        s.type(),
                                        Shape.of(1, 5),
                                        1,
                                        0.5,
                                        s.type().format().largestFinite(),
                                        1,
                                        2)))
                .special("large", s -> classes(s, 5)
                        .replacing(0, Tensor.ofReals(s.type(), Shape.of(1, 5), 0, -0.0, 1e30, 1, 2)))
                .reject("coefficients-missing", n -> n.without("coefficients"))
                .reject("type", n -> n.replacing(0, half()));
    }

    private static OneNode classes(Setting s, int features) {
        return s.node()
                .feed(s.tensor(7, features))
                .with(
                        Attribute.floats("coefficients", floats(s, 3 * features)),
                        Attribute.ints("classlabels_ints", 4, -2, 9))
                .giving(ElementType.INT64, ElementType.FLOAT32);
    }

    private static Declaration regressor() {
        return Declaration.of("LinearRegressor", s -> linear(s, 1, 5))
                .families(Family.UNIFORM, Family.TIES)
                .value("long", s -> linear(s, 1, 257))
                .value("extremes", Declaration.types(ElementType::isInteger), s -> linear(s, 1, 1)
                        .replacing(0, extremes(s, 3, 1)))
                // Powers of e that no type holds: only their ratios are asked for, and the smaller ones are 0.
                .value("softmax-large", Declaration.only(ElementType.FLOAT32), s -> s.node()
                        .feed(s.integersOfType(1, 4, 7, 1))
                        .with(
                                Attribute.floats("coefficients", -500, 500, 300),
                                Attribute.of("targets", 3L),
                                Attribute.of("post_transform", "SOFTMAX"))
                        .giving(ElementType.FLOAT32))
                .shape("targets", s -> linear(s, 3, 5).with(Attribute.of("targets", 3L)))
                .shape("targets-1", s -> linear(s, 1, 5).with(Attribute.of("targets", 1L)))
                .shape("intercepts", s -> linear(s, 1, 5).with(Attribute.floats("intercepts", 0.75f)))
                .shape("targets-intercepts", s -> linear(s, 3, 5)
                        .with(Attribute.of("targets", 3L), Attribute.floats("intercepts", 0.75f, 5, -3)))
                .shape("none", s -> linear(s, 1, 5).with(Attribute.of("post_transform", "NONE")))
                .shape("softmax", s -> linear(s, 3, 5)
                        .with(Attribute.of("targets", 3L), Attribute.of("post_transform", "SOFTMAX")))
                .shape("logistic", s -> linear(s, 3, 5)
                        .with(Attribute.of("targets", 3L), Attribute.of("post_transform", "LOGISTIC")))
                .shape("one-sample", s -> linear(s, 1, 5).replacing(0, s.tensor(1, 5)))
                .shape("dynamic", s -> linear(s, 1, 5).dynamic())
                .special("nan", s -> linear(s, 1, 5).replacing(0, Products.holding(s, Double.NaN, 3, 5)))
                .special("infinities", s -> linear(s, 1, 1).replacing(0, infinities(s, 5, 1)))
                .reject("type", n -> n.replacing(0, half()))
                .reject("two-inputs", n -> n.feed(half()));
    }

    private static OneNode linear(Setting s, int targets, int features) {
        return s.node()
                .feed(s.tensor(7, features))
                .with(Attribute.floats("coefficients", floats(s, targets * features)))
                .giving(ElementType.FLOAT32);
    }
}
