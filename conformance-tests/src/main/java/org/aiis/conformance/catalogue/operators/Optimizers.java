package org.aiis.conformance.catalogue.operators;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Steps of optimizers. */
final class Optimizers {
    private Optimizers() {}

    static List<Declaration> declarations() {
        return List.of(adagrad(), adam(), momentum());
    }

    private static Declaration adagrad() {
        return step("Adagrad", 3)
                .shape("decay", s -> step(s, 3, 5, 1, 3, 4).with(Attribute.of("decay_factor", 0.25f)))
                .shape("epsilon", s -> step(s, 3, 5, 1, 3, 4).with(Attribute.of("epsilon", 0.125f)))
                .special("negative-squares", s -> step(s, 3, 5, 1, 3, 4).replacing(4, squares(s, -9)))
                .shape("penalty", s -> step(s, 3, 5, 1, 3, 4).with(Attribute.of("norm_coefficient", 0.5f)));
    }

    private static Declaration adam() {
        return step("Adam", 4)
                .shape("coefficients", s -> step(s, 4, 5, 1, 3, 4)
                        .with(Attribute.of("alpha", 0.75f), Attribute.of("beta", 0.625f)))
                .shape("epsilon", s -> step(s, 4, 5, 1, 3, 4).with(Attribute.of("epsilon", 0.125f)))
                .special("negative-squares", s -> step(s, 4, 5, 1, 3, 4).replacing(5, squares(s, -9)))
                .special("small-momentum", s -> smallMomentum(s, 4))
                .shape("penalty", s -> step(s, 4, 5, 1, 3, 4).with(Attribute.of("norm_coefficient", 0.5f)))
                .shape("penalty-after", s -> step(s, 4, 5, 1, 3, 4).with(Attribute.of("norm_coefficient_post", 0.5f)));
    }

    private static Declaration momentum() {
        Declaration declaration = step("Momentum", 3)
                .special("small-momentum", s -> smallMomentum(s, 3).with(Attribute.of("norm_coefficient", 0f)))
                .shape("nesterov", s -> step(s, 3, 5, 1, 3, 4).with(Attribute.of("mode", "nesterov")))
                .shape("nesterov-first", s -> step(s, 3, 0, 1, 3, 4).with(Attribute.of("mode", "nesterov")))
                .reject("mode-unknown", n -> n.with(Attribute.of("mode", "heavy")))
                .reject("alpha-missing", n -> n.without("alpha"));
        return declaration.shape("no-penalty", s -> step(s, 3, 5, 1, 3, 4).with(Attribute.of("norm_coefficient", 0f)));
    }

    private static Declaration step(String operator, int kinds) {
        return Declaration.of(operator, s -> step(s, kinds, 5, 1, 3, 4))
                .families(Family.UNIFORM)
                .shape("first", s -> step(s, kinds, 0, 1, 3, 4))
                .shape("two-tensors", s -> step(s, kinds, 2, 2, 3, 4))
                .shape("rank-0", s -> step(s, kinds, 5, 1))
                .shape("rows-1", s -> step(s, kinds, 5, 1, 1, 5))
                .shape("zero-size", s -> step(s, kinds, 5, 1, 0, 3))
                .shape("dynamic", s -> step(s, kinds, 5, 1, 3, 4).dynamic())
                .special("nan", s -> step(s, kinds, 5, 1, 3, 4).replacing(3, Products.holding(s, Double.NaN, 3, 4)))
                // In the gradient: a penalty of 0 times an infinite weight is left out by some, and NaN by the formula.
                .special("small-gradient", s -> step(s, kinds, 5, 1, 3, 4)
                        .replacing(3, first(s, 0, -0.0, s.type().format().smallestSubnormal())))
                .special("largest", s -> step(s, kinds, 5, 1, 3, 4)
                        .replacing(2, first(s, s.type().format().largestFinite())))
                .special("infinities", s -> step(s, kinds, 5, 1, 3, 4).replacing(3, infinities(s)))
                .reject("tensor-missing", OneNode::shortened)
                .reject("tensor-too-many", n -> n.plus(n.operands().get(2)))
                .reject(
                        "output-too-many",
                        n -> n.giving(Stream.concat(
                                        n.outputs().stream(),
                                        n.outputs().stream().limit(1))
                                .toArray(ElementType[]::new)));
    }

    /** A tensor of twelve elements that begins with these. */
    private static Tensor first(Setting s, double... values) {
        return beginning(s.between(-2, 2, 3, 4), values);
    }

    /** The same, positive behind them. */
    private static Tensor squares(Setting s, double... values) {
        return beginning(s.between(0.5, 2, 3, 4), values);
    }

    private static Tensor beginning(Tensor drawn, double... values) {
        Tensor.Builder tensor = new Tensor.Builder(drawn.type(), drawn.shape());
        for (int i = 0; i < drawn.size(); i++) {
            tensor.setReal(i, i < values.length ? values[i] : drawn.real(i));
        }
        return tensor.build();
    }

    /** Subnormal momentum that no gradient hides. */
    private static OneNode smallMomentum(Setting s, int kinds) {
        double largest = s.type().format().smallestNormal() - s.type().format().smallestSubnormal();
        return step(s, kinds, 5, 1, 3, 4)
                .replacing(3, new Tensor.Builder(s.type(), Shape.of(3, 4)).build())
                .replacing(4, first(s, largest, -largest));
    }

    private static Tensor infinities(Setting s) {
        Tensor drawn = s.between(-2, 2, 3, 4);
        Tensor.Builder tensor = new Tensor.Builder(s.type(), drawn.shape());
        for (int i = 0; i < drawn.size(); i++) {
            tensor.setReal(i, i == 1 ? Double.POSITIVE_INFINITY : i == 6 ? Double.NEGATIVE_INFINITY : drawn.real(i));
        }
        return tensor.build();
    }

    /** The last kind of input is the square of something in Adam and Adagrad, so that it is positive. */
    private static OneNode step(Setting s, int kinds, long count, int tensors, int... dims) {
        OneNode node = s.node()
                .feed(
                        Tensor.ofReals(s.type(), Shape.SCALAR, 0.1),
                        Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, count));
        for (int kind = 0; kind < kinds; kind++) {
            for (int i = 0; i < tensors; i++) {
                boolean squares = kind == kinds - 1 && !s.operator().equals("Momentum");
                node = node.feed(squares ? s.between(0.5, 2, dims) : s.between(-2, 2, dims));
            }
        }
        ElementType[] outputs = new ElementType[(kinds - 1) * tensors];
        Arrays.fill(outputs, s.type());
        return s.operator().equals("Momentum")
                ? node.giving(outputs)
                        .with(
                                Attribute.of("alpha", 0.875f),
                                Attribute.of("beta", 0.25f),
                                Attribute.of("mode", "standard"),
                                Attribute.of("norm_coefficient", 0.5f))
                : node.giving(outputs);
    }
}
