package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.since;

import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Softmax and normalisations. */
final class Normalisation {
    /** Version of BatchNormalization that has the attribute training_mode. */
    private static final int TRAINING = 14;

    private Normalisation() {}

    static List<Declaration> declarations() {
        return List.of(softmax("Softmax"), softmax("LogSoftmax"), layer(), batch());
    }

    private static Declaration softmax(String operator) {
        return Declaration.of(operator, s -> s.node().feed(s.tensor(5, 13)))
                .families(Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES)
                .value("long", s -> s.node().feed(s.tensor(3, 1003)))
                .value("spread", s -> s.node().feed(s.between(-30, 30, 7, 31)))
                .value("distant-logits", s -> s.node().feed(s.between(-3000, 3000, 7, 31)))
                .value("large-logits", s -> s.node().feed(s.between(900, 1000, 7, 31)))
                .shape("axis-first", s -> s.node().feed(s.tensor(3, 4, 5)).with(Attribute.of("axis", 0L)))
                .shape("axis-middle", s -> s.node().feed(s.tensor(3, 4, 5)).with(Attribute.of("axis", 1L)))
                .shape("axis-last", s -> s.node().feed(s.tensor(3, 4, 5)).with(Attribute.of("axis", 2L)))
                .shape("axis-negative", s -> s.node().feed(s.tensor(3, 4, 5)).with(Attribute.of("axis", -2L)))
                .shape("axis-left-out", s -> s.node().feed(s.tensor(2, 3, 4)))
                .shape("size-1", s -> s.node().feed(s.tensor(3, 1)))
                .shape("zero-size-axis", s -> s.node().feed(s.tensor(3, 0)))
                .shape("zero-size-other", s -> s.node().feed(s.tensor(0, 3)))
                .shape("rank-1", s -> s.node().feed(s.tensor(17)))
                .shape("rank-5", s -> s.node().feed(s.tensor(1, 2, 3, 2, 3)).with(Attribute.of("axis", 2L)))
                .shape("dynamic", s -> s.node().feed(s.tensor(3, 5)).dynamic())
                .special("large-equal", s -> s.node()
                        .feed(Products.full(s, s.type().format().largestFinite() / 2, 3, 5)))
                .special("minus-infinity", s -> s.node().feed(Products.holding(s, Double.NEGATIVE_INFINITY, 3, 5)))
                .special("all-minus-infinity", s -> s.node().feed(Products.full(s, Double.NEGATIVE_INFINITY, 2, 3)))
                .special("nan", s -> s.node().feed(Products.holding(s, Double.NaN, 3, 5)))
                // Half a thousandth apart, which is nothing in a narrow type, and far beyond what exp holds.
                .special(
                        "large-logits-apart", Normalisation::wide, s -> s.node().feed(apart(s)))
                .reject(
                        "axis-out-of-range",
                        s -> s.node().feed(s.tensor(2, 3)).with(Attribute.of("axis", 1L)),
                        n -> n.with(Attribute.of("axis", 2L)))
                .reject("type-integer", s -> s.node().feed(s.tensor(2, 3)), n -> n.replacing(
                                0, Tensor.ofLongs(ElementType.INT32, Shape.of(2, 3), 1, 2, 3, 4, 5, 6))
                        .giving(ElementType.INT32));
    }

    private static boolean wide(ElementType type, int opset) {
        return type == ElementType.FLOAT32 || type == ElementType.FLOAT64;
    }

    /** Scores of three classes, the largest one in the middle. */
    static Tensor apart(Setting s) {
        return Tensor.ofReals(s.type(), Shape.of(1, 3), 1_000_000, 1_000_800, 1_000_600);
    }

    private static Declaration layer() {
        return Declaration.of("LayerNormalization", s -> normalised(s, s.tensor(5, 13), 13))
                .families(Family.UNIFORM, Family.TIES)
                .value("long", s -> normalised(s, s.tensor(3, 257), 257))
                .second("stash-bfloat16", ElementType.BFLOAT16, Declaration.only(ElementType.FLOAT32), s -> normalised(
                                s, s.tensor(3, 7), 7)
                        .with(Attribute.of("stash_type", (long) ElementType.BFLOAT16.onnx()))
                        .giving(s.type(), ElementType.BFLOAT16, ElementType.BFLOAT16))
                .value("offset", s -> normalised(s, s.between(20, 21, 5, 64), 64))
                .value("scaled", s -> normalised(s, s.between(-100, 100, 5, 64), 64))
                .shape("axis-left-out", s -> normalised(s, s.tensor(2, 3, 4), 4))
                .shape("axis-negative", s -> normalised(s, s.tensor(2, 3, 4), 3, 4)
                        .with(Attribute.of("axis", -2L)))
                .shape("axis-first", s -> normalised(s, s.tensor(3, 4), 3, 4).with(Attribute.of("axis", 0L)))
                .shape("axis-middle", s -> normalised(s, s.tensor(2, 3, 4), 3, 4)
                        .with(Attribute.of("axis", 1L)))
                .shape("no-bias", s -> s.node().feed(s.tensor(3, 7), s.tensor(7)))
                .shape("outputs", s -> normalised(s, s.tensor(3, 7), 7)
                        .giving(s.type(), ElementType.FLOAT32, ElementType.FLOAT32))
                .shape("stash-type", s -> normalised(s, s.tensor(3, 7), 7).with(Attribute.of("stash_type", 1L)))
                .shape("square", s -> normalised(s, s.tensor(3, 5, 5), 5).with(Attribute.of("axis", 1L)))
                .shape("scale-broadcast", s -> s.node()
                        .feed(s.tensor(3, 4, 5), s.tensor(5), s.tensor(5))
                        .with(Attribute.of("axis", 1L)))
                .shape("epsilon", s -> normalised(s, s.tensor(3, 7), 7).with(Attribute.of("epsilon", 0.125f)))
                .shape(
                        "constant-scale",
                        s -> s.node().feed(s.tensor(3, 7)).constant(s.tensor(7)).constant(s.tensor(7)))
                .shape("batch-0", s -> normalised(s, s.tensor(0, 7), 7))
                .shape("dynamic", s -> normalised(s, s.tensor(3, 7), 7).dynamic())
                .special("constant-slice", s -> s.node().feed(Products.full(s, 3, 2, 8), s.tensor(8), s.tensor(8)))
                .special("infinity", s -> normalised(s, Products.holding(s, Double.POSITIVE_INFINITY, 3, 7), 7))
                .special("minus-infinity", s -> normalised(s, Products.holding(s, Double.NEGATIVE_INFINITY, 3, 7), 7))
                .special("infinite-bias", s -> s.node()
                        .feed(s.tensor(3, 7), s.tensor(7), Products.full(s, Double.POSITIVE_INFINITY, 7)))
                .special("nan", s -> normalised(s, Products.holding(s, Double.NaN, 3, 7), 7))
                .special("bias-alone", s -> s.node()
                        .feed(s.tensor(3, 3), Products.full(s, 0, 3), Standardisation.special(s.type(), 3)))
                .reject(
                        "stash-type",
                        s -> normalised(s, s.tensor(3, 7), 7)
                                .with(Attribute.of("stash_type", 1L))
                                .giving(s.type(), ElementType.FLOAT32, ElementType.FLOAT32),
                        n -> n.with(Attribute.of("stash_type", (long) ElementType.INT64.onnx()))
                                .giving(n.outputs().get(0), ElementType.INT64, ElementType.INT64))
                .reject(
                        "axis-out-of-range",
                        s -> normalised(s, s.tensor(3, 7), 7).with(Attribute.of("axis", 1L)),
                        n -> n.with(Attribute.of("axis", 2L)))
                .reject(
                        "scale-shape",
                        s -> s.node().feed(s.tensor(3, 7), s.tensor(7)),
                        n -> n.replacing(1, Products.zeros(n, 5)))
                .reject("scale-missing", s -> s.node().feed(s.tensor(3, 7), s.tensor(7)), OneNode::shortened);
    }

    private static OneNode normalised(Setting s, Tensor x, int... scale) {
        return s.node().feed(x, s.tensor(scale), s.tensor(scale));
    }

    private static Declaration batch() {
        Declaration all = Declaration.of("BatchNormalization", s -> statistics(s, s.tensor(2, 5, 3, 4), 5))
                .families(Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES)
                .value("offset", s -> statistics(s, s.between(100, 110, 2, 5, 3, 4), 5));
        // What the type variables of their own are there for: narrow numbers, wide statistics.
        all = all.value("statistics-float32", (type, opset) -> narrow(type) && opset >= TRAINING, s -> s.node()
                .feed(s.tensor(2, 3, 4), s.between(-2, 2, 3), s.between(-2, 2, 3))
                .feed(wide(s.between(-2, 2, 3)), wide(s.between(0.5, 2, 3))));
        all = all.value("scale-float32", (type, opset) -> narrow(type) && opset >= 15, s -> s.node()
                .feed(s.tensor(2, 3, 4), wide(s.between(-2, 2, 3)), wide(s.between(-2, 2, 3)))
                .feed(wide(s.between(-2, 2, 3)), wide(s.between(0.5, 2, 3))));
        return all.value("training", since(TRAINING), s -> training(s, s.tensor(3, 5, 3, 4), 5))
                .value("training-offset", since(TRAINING), s -> training(s, s.between(20, 21, 3, 5, 4, 4), 5))
                .shape("training-momentum", since(TRAINING), s -> training(s, s.tensor(3, 2, 5), 2)
                        .with(Attribute.of("momentum", 0.25f)))
                .shape("training-epsilon", since(TRAINING), s -> training(s, s.tensor(3, 2, 5), 2)
                        .with(Attribute.of("epsilon", 0.125f)))
                .shape("training-rank-2", since(TRAINING), s -> training(s, s.tensor(7, 5), 5))
                .shape("training-one-channel", since(TRAINING), s -> training(s, s.tensor(3, 1, 4), 1))
                .special("training-constant", since(TRAINING), s -> training(s, Products.full(s, 3, 2, 2, 4), 2))
                .special(
                        "training-nan",
                        (type, opset) -> type.isFloat() && opset >= TRAINING,
                        s -> training(s, Products.holding(s, Double.NaN, 2, 3, 4), 3))
                .shape("rank-1", s -> statistics(s, s.tensor(7), 1))
                .shape("rank-2", s -> statistics(s, s.tensor(7, 5), 5))
                .shape("rank-3", s -> statistics(s, s.tensor(2, 3, 5), 3))
                .shape("rank-5", s -> statistics(s, s.tensor(1, 3, 2, 2, 3), 3))
                .shape("one-channel", s -> statistics(s, s.tensor(2, 1, 3, 3), 1))
                .shape("epsilon", s -> statistics(s, s.tensor(2, 3, 4), 3).with(Attribute.of("epsilon", 0.125f)))
                .shape("momentum", s -> statistics(s, s.tensor(2, 3, 4), 3).with(Attribute.of("momentum", 0.5f)))
                .shape("training-mode-0", since(TRAINING), s -> statistics(s, s.tensor(2, 3, 4), 3)
                        .with(Attribute.of("training_mode", 0L)))
                .shape("constant-statistics", s -> s.node()
                        .feed(s.tensor(2, 3, 4))
                        .constant(s.between(-1, 1, 3))
                        .constant(s.between(-1, 1, 3))
                        .constant(s.between(-1, 1, 3))
                        .constant(s.between(0.5, 2, 3)))
                .shape("batch-0", s -> statistics(s, s.tensor(0, 3, 4), 3))
                .shape("dynamic", s -> statistics(s, s.tensor(2, 3, 4), 3).dynamic())
                .special("infinity", s -> statistics(s, Products.holding(s, Double.POSITIVE_INFINITY, 2, 3, 4), 3))
                .special(
                        "minus-infinity", s -> statistics(s, Products.holding(s, Double.NEGATIVE_INFINITY, 2, 3, 4), 3))
                .special("negative-variance", s -> s.node()
                        .feed(s.tensor(2, 3, 4), s.tensor(3), s.tensor(3), s.tensor(3), Products.full(s, -2, 3)))
                .special("nan", s -> statistics(s, Products.holding(s, Double.NaN, 2, 3, 4), 3))
                // A variance of 1 and more, so that no step of the formula overflows where the result does not.
                .special("operand-largest", s -> s.node()
                        .feed(Products.holding(s, s.type().format().largestFinite(), 2, 5, 3, 4))
                        .feed(s.between(-2, 2, 5), s.between(-2, 2, 5))
                        .feed(s.between(-2, 2, 5), s.between(1, 2, 5)))
                .special("zero-variance", s -> s.node()
                        .feed(s.tensor(2, 3, 4), s.tensor(3), s.tensor(3), s.tensor(3), Products.full(s, 0, 3)))
                .special("negative-zero-scale", s -> s.node()
                        .feed(s.tensor(2, 3, 4), Products.full(s, -0.0, 3), s.tensor(3), s.tensor(3))
                        .feed(s.between(0.5, 2, 3)))
                .reject(
                        "scale-length",
                        s -> statistics(s, s.tensor(2, 3, 4), 3),
                        n -> n.replacing(1, Products.zeros(n, 4)))
                .reject("variance-missing", s -> statistics(s, s.tensor(2, 3, 4), 3), OneNode::shortened)
                .reject(
                        "extra-outputs",
                        s -> statistics(s, s.tensor(2, 3, 4), 3),
                        n -> n.giving(ElementType.FLOAT32, ElementType.FLOAT32, ElementType.FLOAT32));
    }

    private static OneNode training(Setting s, Tensor x, int channels) {
        return statistics(s, x, channels)
                .with(Attribute.of("training_mode", 1L))
                .giving(s.type(), s.type(), s.type());
    }

    private static boolean narrow(ElementType type) {
        return type == ElementType.FLOAT16 || type == ElementType.BFLOAT16;
    }

    private static Tensor wide(Tensor numbers) {
        return Tensor.ofReals(ElementType.FLOAT32, numbers.shape(), numbers.reals());
    }

    private static OneNode statistics(Setting s, Tensor x, int channels) {
        return s.node()
                .feed(x, s.between(-2, 2, channels), s.between(-2, 2, channels))
                .feed(s.between(-2, 2, channels), s.between(0.5, 2, channels));
    }
}
