package org.aiis.conformance.catalogue.operators;

import java.util.Arrays;
import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Losses of classification. x: [samples, classes, …], targets: [samples, …], weights: [classes]. */
final class Losses {
    private Losses() {}

    static List<Declaration> declarations() {
        return List.of(
                loss("NegativeLogLikelihoodLoss"),
                loss("SoftmaxCrossEntropyLoss")
                        .value("large-logits", s -> both(s, s.between(90, 100, 7, 5), targets(s, 5, 7)))
                        .value("log-prob", s -> both(s, s.tensor(7, 5), targets(s, 5, 7)))
                        .shape("log-prob-none", s -> both(s, s.tensor(3, 5, 2), targets(s, 5, 3, 2))
                                .with(reduction("none")))
                        .special(
                                "large-logits-apart",
                                (type, opset) -> type == ElementType.FLOAT32 || type == ElementType.FLOAT64,
                                s -> s.node().feed(Normalisation.apart(s), targets(ElementType.INT64, 1)))
                        .special(
                                "minus-infinity",
                                s -> both(
                                        s,
                                        Tensor.ofReals(
                                                s.type(), Shape.of(2, 3), 1, Double.NEGATIVE_INFINITY, 2, 3, 0.5, 1),
                                        targets(ElementType.INT64, 0, 2))));
    }

    private static Declaration loss(String operator) {
        return Declaration.of(operator, s -> s.node().feed(s.tensor(31, 5), targets(s, 5, 31)))
                .families(Family.UNIFORM, Family.NEAR_ONE, Family.TIES)
                .value(
                        "none",
                        s -> s.node().feed(s.tensor(97, 5), targets(s, 5, 97)).with(reduction("none")))
                .value(
                        "sum",
                        s -> s.node().feed(s.tensor(97, 5), targets(s, 5, 97)).with(reduction("sum")))
                .value("weighted-none", s -> weighted(s, 5, 31).with(reduction("none")))
                .value("weighted-mean", s -> weighted(s, 5, 31))
                .value("targets-int32", s -> s.node()
                        .feed(s.tensor(7, 5), s.integers(ElementType.INT32, 0, 4, 7))
                        .with(reduction("none")))
                .value("ignored", s -> s.node()
                        .feed(s.tensor(7, 5), targets(ElementType.INT64, 0, -1, 4, 2, -1, 3, 1))
                        .with(ignoring(-1)))
                .shape("reduction-left-out", s -> s.node().feed(s.tensor(3, 5), targets(s, 5, 3)))
                .shape(
                        "reduction-mean",
                        s -> s.node().feed(s.tensor(3, 5), targets(s, 5, 3)).with(reduction("mean")))
                .shape(
                        "reduction-sum",
                        s -> s.node().feed(s.tensor(3, 5), targets(s, 5, 3)).with(reduction("sum")))
                .shape(
                        "reduction-none",
                        s -> s.node().feed(s.tensor(3, 5), targets(s, 5, 3)).with(reduction("none")))
                .shape("rank-3", s -> s.node()
                        .feed(s.tensor(3, 5, 4), targets(s, 5, 3, 4))
                        .with(reduction("none")))
                .shape("rank-4", s -> s.node()
                        .feed(s.tensor(2, 3, 4, 5), targets(s, 3, 2, 4, 5))
                        .with(reduction("none")))
                .shape("rank-5", s -> s.node()
                        .feed(s.tensor(2, 3, 2, 2, 3), targets(s, 3, 2, 2, 2, 3))
                        .with(reduction("none")))
                .shape("rank-4-mean", s -> s.node().feed(s.tensor(2, 3, 4, 5), targets(s, 3, 2, 4, 5)))
                .shape("weighted-sum", s -> weighted(s, 3, 2, 4).with(reduction("sum")))
                .shape("weighted-none", s -> weighted(s, 3, 2, 4).with(reduction("none")))
                .shape("weighted-mean", s -> weighted(s, 3, 2, 4).with(reduction("mean")))
                .shape("ignored-none", s -> s.node()
                        .feed(s.tensor(4, 3), targets(ElementType.INT64, 2, 1, 0, 1))
                        .with(reduction("none"), ignoring(1)))
                .shape("ignored-sum", s -> s.node()
                        .feed(s.tensor(4, 3), targets(ElementType.INT64, 2, 1, 0, 1))
                        .with(reduction("sum"), ignoring(1)))
                .shape("ignored-mean", s -> s.node()
                        .feed(s.tensor(4, 3), targets(ElementType.INT64, 2, 1, 0, 1))
                        .with(reduction("mean"), ignoring(1)))
                .shape("ignored-weighted-mean", s -> s.node()
                        .feed(s.tensor(4, 3), targets(ElementType.INT64, 2, -5, 0, 1), s.between(0.5, 2, 3))
                        .with(reduction("mean"), ignoring(-5)))
                .shape("ignored-weighted-none", s -> s.node()
                        .feed(s.tensor(4, 3), targets(ElementType.INT64, 2, 1, 0, 1), s.between(0.5, 2, 3))
                        .with(reduction("none"), ignoring(1)))
                .shape("one-class", s -> s.node().feed(s.tensor(4, 1), targets(ElementType.INT64, 0, 0, 0, 0)))
                .shape(
                        "batch-0",
                        s -> s.node().feed(s.tensor(0, 3), targets(s, 3, 0)).with(reduction("none")))
                .shape(
                        "dynamic",
                        s -> s.node().feed(s.tensor(3, 5), targets(s, 5, 3)).dynamic())
                .special("nan", s -> s.node()
                        .feed(Products.holding(s, Double.NaN, 3, 5), targets(ElementType.INT64, 0, 2, 4))
                        .with(reduction("none")))
                // Without a sum, which overflows in some orders and types where the mean does not.
                .special("operand-largest", s -> s.node()
                        .feed(
                                Products.holding(s, s.type().format().largestFinite(), 3, 5),
                                targets(ElementType.INT64, 0, operator.startsWith("Softmax") ? 0 : 2, 4))
                        .with(reduction("none")))
                .reject(
                        "targets-shape",
                        s -> s.node().feed(s.tensor(3, 5), targets(ElementType.INT64, 0, 4, 2)),
                        n -> n.replacing(1, targets(ElementType.INT64, 0, 4)))
                .reject(
                        "targets-rank",
                        s -> s.node().feed(s.tensor(3, 5), targets(ElementType.INT64, 0, 4, 2)),
                        n -> n.replacing(1, targets(ElementType.INT64, 0, 4, 2).reshaped(Shape.of(3, 1))))
                .reject(
                        "target-out-of-range",
                        s -> s.node().feed(s.tensor(3, 5), targets(ElementType.INT64, 0, 4, 2)),
                        n -> n.replacing(1, targets(ElementType.INT64, 0, 5, 2)))
                .reject("weights-length", s -> weighted(s, 5, 3), n -> n.replacing(2, Products.zeros(n, 4)))
                .reject(
                        "reduction-unknown",
                        s -> s.node().feed(s.tensor(3, 5), targets(s, 5, 3)).with(reduction("sum")),
                        n -> n.with(reduction("max")));
    }

    private static OneNode both(Setting s, Tensor scores, Tensor targets) {
        return s.node().feed(scores, targets).giving(s.type(), s.type());
    }

    private static OneNode weighted(Setting s, int classes, int... samples) {
        int[] dims = new int[samples.length + 1];
        Arrays.setAll(dims, i -> i == 1 ? classes : samples[i == 0 ? 0 : i - 1]);
        return s.node().feed(s.tensor(dims), targets(s, classes, samples), s.between(0.5, 2, classes));
    }

    private static Tensor targets(Setting s, int classes, int... samples) {
        return s.integers(ElementType.INT64, 0, classes - 1, samples);
    }

    private static Tensor targets(ElementType type, long... classes) {
        return Tensor.ofLongs(type, Shape.of(classes.length), classes);
    }

    private static AttributeProto reduction(String word) {
        return Attribute.of("reduction", word);
    }

    private static AttributeProto ignoring(long index) {
        return Attribute.of("ignore_index", index);
    }
}
