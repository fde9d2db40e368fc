package org.aiis.conformance.catalogue.operators;

import java.util.Collections;
import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** RNN, GRU and LSTM. Inputs stay where no gate saturates, so that every fault reaches the output. */
final class Recurrent {
    /** Sizes of a layer. */
    private record Sizes(int directions, int steps, int batch, int input, int hidden) {}

    private static final Sizes USUAL = new Sizes(1, 4, 3, 5, 7);
    private static final Sizes BOTH = new Sizes(2, 4, 3, 5, 7);

    private final String operator;
    private final int gates;
    private final List<String> functions;

    private Recurrent(String operator, int gates, String... functions) {
        this.operator = operator;
        this.gates = gates;
        this.functions = List.of(functions);
    }

    static List<Declaration> declarations() {
        Recurrent lstm = new Recurrent("LSTM", 4, "Sigmoid", "Tanh", "Tanh");
        Recurrent gru = new Recurrent("GRU", 3, "Sigmoid", "Tanh");
        return List.of(
                new Recurrent("RNN", 1, "Tanh").common(),
                gru.common()
                        .shape("linear-before-reset", s -> gru.biased(s, USUAL)
                                .with(Attribute.of("linear_before_reset", 1L)))
                        .shape("linear-before-reset-0", s -> gru.biased(s, USUAL)
                                .with(Attribute.of("linear_before_reset", 0L))),
                lstm.common()
                        .shape("peepholes", s -> lstm.peeped(s, USUAL))
                        .shape("peepholes-bidirectional", s -> lstm.peeped(s, BOTH)
                                .with(Attribute.of("direction", "bidirectional")))
                        .reject(
                                "peepholes-shape",
                                s -> lstm.peeped(s, USUAL),
                                n -> n.replacing(7, Products.zeros(n, 1, 20)))
                        .shape("input-forget-0", s -> lstm.peeped(s, USUAL).with(Attribute.of("input_forget", 0L)))
                        .shape("input-forget", lstm::coupled)
                        .shape("peepholes-batch", s -> lstm.peeped(s, new Sizes(1, 2, 5, 3, 4))));
    }

    /** One step from a state of zero, which no forget gate changes: how the gates are coupled is open (OP-LSTM-D1). */
    private OneNode coupled(Setting s) {
        return biased(s, new Sizes(1, 1, 3, 5, 7)).with(Attribute.of("input_forget", 1L));
    }

    private Declaration common() {
        Declaration declaration = Declaration.of(operator, s -> layer(s, USUAL, s.between(-1, 1, 4, 3, 5)))
                .families(Family.UNIFORM)
                .value("saturated", s -> layer(s, USUAL, s.tensor(4, 3, 5)))
                .value("long", s -> biased(s, new Sizes(1, 31, 2, 3, 5)))
                .value("wide", s -> biased(s, new Sizes(1, 3, 2, 67, 33)))
                .shape("bias", s -> biased(s, USUAL))
                .shape("reverse", s -> biased(s, USUAL).with(Attribute.of("direction", "reverse")))
                .shape("forward", s -> biased(s, USUAL).with(Attribute.of("direction", "forward")))
                .shape("bidirectional", s -> biased(s, BOTH).with(Attribute.of("direction", "bidirectional")))
                .shape("initial", s -> initial(s, USUAL))
                .shape("initial-bidirectional", s -> initial(s, BOTH).with(Attribute.of("direction", "bidirectional")))
                .shape("lengths", s -> lengths(s, USUAL))
                .shape("lengths-reverse", s -> lengths(s, USUAL).with(Attribute.of("direction", "reverse")))
                .shape("lengths-bidirectional", s -> lengths(s, BOTH).with(Attribute.of("direction", "bidirectional")))
                .shape("lengths-equal", s -> equalLengths(s, USUAL))
                .shape("lengths-equal-reverse", s -> equalLengths(s, USUAL).with(Attribute.of("direction", "reverse")))
                .shape("layout-0", Declaration.since(14), s -> biased(s, USUAL).with(Attribute.of("layout", 0L)))
                .shape("layout", Declaration.since(14), s -> batchFirst(s, USUAL))
                .shape("layout-bidirectional", Declaration.since(14), s -> batchFirst(s, BOTH)
                        .with(Attribute.of("direction", "bidirectional")))
                .shape("clip", s -> biased(s, USUAL).with(Attribute.of("clip", 0.25f)))
                .shape("one-step", s -> biased(s, new Sizes(1, 1, 3, 5, 7)))
                .shape("size-1", s -> biased(s, new Sizes(1, 3, 1, 1, 1)))
                .shape("only-y", s -> biased(s, USUAL).giving(s.type()))
                .shape("hidden-size-left-out", s -> biased(s, USUAL).without("hidden_size"))
                .shape("fed", s -> biased(s, USUAL).allFed())
                .shape("dynamic", s -> biased(s, USUAL).dynamic())
                .special("nan", s -> layer(s, USUAL, Products.holding(s, Double.NaN, 4, 3, 5)))
                .special(
                        "infinite",
                        s -> layer(
                                s,
                                USUAL,
                                holding(
                                        s,
                                        List.of(
                                                Double.POSITIVE_INFINITY,
                                                Double.NEGATIVE_INFINITY,
                                                s.type().format().largestFinite()))))
                .special(
                        "small",
                        s -> layer(
                                s,
                                USUAL,
                                holding(s, List.of(0.0, -0.0, s.type().format().smallestSubnormal()))))
                .reject(
                        "bias-shape",
                        s -> biased(s, USUAL),
                        n -> n.replacing(3, Products.zeros(n, 1, 2 * gates * 7 + 1)))
                .reject("initial-shape", s -> initial(s, USUAL), n -> n.replacing(5, Products.zeros(n, 1, 3, 6)))
                .reject(
                        "lengths-too-few",
                        s -> lengths(s, USUAL),
                        n -> n.replacing(4, Tensor.ofLongs(ElementType.INT32, Shape.of(2), 4, 1)))
                .reject("hidden-size", n -> n.with(Attribute.of("hidden_size", 6L)))
                .reject("weights-shape", n -> n.replacing(1, Products.zeros(n, 1, gates * 7, 6)))
                .reject("recurrence-shape", n -> n.replacing(2, Products.zeros(n, 1, gates * 7, 6)))
                .reject("direction-unknown", n -> n.with(Attribute.of("direction", "sideways")))
                .reject("input-rank", n -> n.replacing(0, Products.zeros(n, 12, 5)))
                .reject("weights-missing", n -> n.shortened().shortened())
                .reject(
                        "function-unknown",
                        s -> functions(s, functions),
                        n -> n.with(Attribute.strings("activations", Collections.nCopies(functions.size(), "Sine"))));
        for (String function : List.of("Relu", "Tanh", "Sigmoid", "Softsign", "Softplus")) {
            declaration = declaration.shape("function-" + function, s -> all(s, function));
        }
        for (String function : List.of("LeakyRelu", "ThresholdedRelu", "Elu")) {
            declaration = declaration
                    .shape("function-" + function, s -> all(s, function).with(alphas()))
                    .shape("function-" + function + "-default", s -> all(s, function));
        }
        for (String function : List.of("Affine", "ScaledTanh", "HardSigmoid")) {
            declaration = declaration.shape(
                    "function-" + function, s -> all(s, function).with(alphas(), betas()));
        }
        return declaration.shape("function-HardSigmoid-default", s -> all(s, "HardSigmoid"));
    }

    /** Inputs whose samples of the batch begin with one of these numbers each. */
    private static Tensor holding(Setting s, List<Double> firsts) {
        Tensor drawn = s.between(-1, 1, 4, 3, 5);
        Tensor.Builder tensor = new Tensor.Builder(s.type(), drawn.shape());
        for (int i = 0; i < drawn.size(); i++) {
            tensor.setReal(i, i < 15 && i % 5 == 0 ? firsts.get(i / 5) : drawn.real(i));
        }
        return tensor.build();
    }

    private OneNode all(Setting s, String function) {
        return functions(s, Collections.nCopies(functions.size(), function));
    }

    private OneNode functions(Setting s, List<String> names) {
        return biased(s, USUAL).with(Attribute.strings("activations", names));
    }

    private org.aiis.onnx.AttributeProto alphas() {
        return Attribute.floats("activation_alpha", head(0.75f, 0.5f, 0.25f));
    }

    private org.aiis.onnx.AttributeProto betas() {
        return Attribute.floats("activation_beta", head(0.625f, 0.375f, 0.125f));
    }

    private float[] head(float... numbers) {
        return java.util.Arrays.copyOf(numbers, functions.size());
    }

    private OneNode layer(Setting s, Sizes z, Tensor x) {
        ElementType[] outputs =
                Collections.nCopies(gates == 4 ? 3 : 2, s.type()).toArray(ElementType[]::new);
        return s.node()
                .feed(x)
                .constant(s.between(-0.6, 0.6, z.directions, gates * z.hidden, z.input))
                .constant(s.between(-0.6, 0.6, z.directions, gates * z.hidden, z.hidden))
                .with(Attribute.of("hidden_size", (long) z.hidden))
                .giving(outputs);
    }

    private OneNode biased(Setting s, Sizes z) {
        return layer(s, z, s.between(-1, 1, z.steps, z.batch, z.input))
                .constant(s.between(-0.5, 0.5, z.directions, 2 * gates * z.hidden));
    }

    private OneNode initial(Setting s, Sizes z) {
        return states(s, biased(s, z).omit(), z.directions, z.batch, z.hidden);
    }

    private OneNode states(Setting s, OneNode node, int... dims) {
        OneNode states = node.feed(s.between(-1, 1, dims));
        return gates == 4 ? states.feed(s.between(-1, 1, dims)) : states;
    }

    /** The last states alone: what Y holds behind the end of a sequence is open (OP-RNN-D1). */
    private OneNode lengths(Setting s, Sizes z) {
        OneNode node = biased(s, z).feed(Tensor.ofLongs(ElementType.INT32, Shape.of(z.batch), 4, 1, 3));
        return gates == 4
                ? node.giving(s.type(), s.type()).behind(List.of("t", "y0", "y1"))
                : node.giving(s.type()).behind(List.of("t", "y"));
    }

    /** Y up to the end, which is the same for each sequence. */
    private OneNode equalLengths(Setting s, Sizes z) {
        return biased(s, z)
                .feed(Tensor.ofLongs(ElementType.INT32, Shape.of(z.batch), 3, 3, 3))
                .besideConstant(Setting.longs(0))
                .besideConstant(Setting.longs(3))
                .giving(s.type())
                .behind(List.of("t"), Sequences.node("Slice", "t x5 x6", "y"));
    }

    private OneNode batchFirst(Setting s, Sizes z) {
        OneNode node = layer(s, z, s.between(-1, 1, z.batch, z.steps, z.input))
                .constant(s.between(-0.5, 0.5, z.directions, 2 * gates * z.hidden))
                .omit();
        return states(s, node, z.batch, z.directions, z.hidden).with(Attribute.of("layout", 1L));
    }

    private OneNode peeped(Setting s, Sizes z) {
        return initial(s, z).constant(s.between(-0.5, 0.5, z.directions, 3 * z.hidden));
    }
}
