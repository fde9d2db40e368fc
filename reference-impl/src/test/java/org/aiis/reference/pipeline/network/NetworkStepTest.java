package org.aiis.reference.pipeline.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.reference.pipeline.train.Adam;
import org.aiis.reference.pipeline.train.Momentum;
import org.aiis.reference.pipeline.train.NetworkStep;
import org.aiis.reference.pipeline.train.Optimizer;
import org.aiis.reference.pipeline.train.Sgd;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class NetworkStepTest {
    private static final ElementType TYPE = ElementType.FLOAT64;

    @Test
    void theGradientOfTheImageNetworkIsThatOfCentralDifferences() {
        ImageNetwork network = new ImageNetwork();
        Tensor x = noise(5, Shape.of(3, 28, 28, 1));
        Tensor y = Tensor.ofLongs(ElementType.INT64, Shape.of(3), 7, 0, 9);
        compare(network, Map.of("x", x, "y", y), Tensor.ofLongs(ElementType.INT64, Shape.of(2), 2, 0), 3);
    }

    @Test
    void theGradientOfTheRecurrentNetworkIsThatOfCentralDifferences() {
        RecurrentNetwork network = new RecurrentNetwork(3, 5, 2, 4);
        Tensor x = noise(6, Shape.of(4, 4, 3));
        Tensor y = noise(7, Shape.of(4, 4, 2));
        compare(network, Map.of("x", x, "y", y), Tensor.ofLongs(ElementType.INT64, Shape.of(3), 3, 1, 0), 8);
    }

    @Test
    void theGradientOfTheFlowNetworksIsThatOfCentralDifferences() {
        Tensor x = noise(9, Shape.of(3, FlowPreparation.STEPS, FlowPreparation.INPUTS));
        Tensor p = noise(10, Shape.of(3, FlowPreparation.OUTPUTS));
        Tensor y = noise(11, Shape.of(3, FlowPreparation.OUTPUTS));
        Tensor batch = Tensor.ofLongs(ElementType.INT64, Shape.of(2), 2, 0);
        for (FlowNetwork.Kind kind : FlowNetwork.Kind.values()) {
            compare(new FlowNetwork(kind, 4), Map.of("x", x, "p", p, "y", y), batch, 4);
        }
    }

    /** Some weights of each piece. So small a step crosses no kink of these; the difference is then off by some 1e-9. */
    private static void compare(Network network, Map<String, Tensor> data, Tensor batch, int each) {
        NetworkStep step = new NetworkStep(network, new Sgd(0.1), TYPE);
        Program program = Program.load(step.build());
        Tensor start = network.initialWeights(TYPE, 3);
        SortedMap<String, Tensor> outputs = program.values(inputs(step, data, batch, start));
        SplitMix random = new SplitMix(8);
        int from = 0;
        for (Network.Piece piece : network.pieces()) {
            for (int i = 0; i < each; i++) {
                int at = from + random.below(piece.shape().size());
                double h = 1e-7;
                double up = program.values(inputs(step, data, batch, moved(start, at, h)))
                        .get("loss")
                        .real(0);
                double down = program.values(inputs(step, data, batch, moved(start, at, -h)))
                        .get("loss")
                        .real(0);
                assertThat(outputs.get("g").real(at))
                        .as("%s, weight %d", piece.name(), at - from)
                        .isCloseTo((up - down) / (2 * h), org.assertj.core.data.Offset.offset(1e-7));
            }
            from += piece.shape().size();
        }
        assertThat(java.util.Arrays.stream(outputs.get("g").reals())
                        .filter(g -> g != 0)
                        .count())
                .isGreaterThan(network.parameters() / 4);
    }

    /** The formulas by hand on numbers that are exact in binary64. */
    @Test
    void theOptimizersMoveTheWeightsAsTheirFormulasSay() {
        SortedMap<String, Tensor> sgd = update(new Sgd(0.5), Map.of());
        double g = sgd.get("g").real(0);
        double w = sgd.get("w").real(0);
        assertThat(sgd.get("w_o").real(0)).isEqualTo(w - 0.5 * g);
        assertThat(sgd.get("t_o").real(0)).isEqualTo(1);

        SortedMap<String, Tensor> momentum = update(new Momentum(0.5, 0.25), Map.of("v", 4.0));
        assertThat(momentum.get("v_o").real(0)).isEqualTo(0.25 * 4 - 0.5 * g);
        assertThat(momentum.get("w_o").real(0)).isEqualTo(w + (0.25 * 4 - 0.5 * g));

        SortedMap<String, Tensor> adam = update(Adam.USUAL, Map.of());
        double m = 0.1 * g;
        double v = 0.001 * g * g;
        double a = 0.5 * Math.sqrt(1 - 0.999) / (1 - 0.9);
        assertThat(adam.get("w_o").real(0))
                .isCloseTo(w - a * m / (Math.sqrt(v) + 1e-7), org.assertj.core.data.Offset.offset(1e-13));
    }

    private static SortedMap<String, Tensor> update(Optimizer optimizer, Map<String, Double> slots) {
        RecurrentNetwork network = new RecurrentNetwork(1, 1, 1, 1);
        NetworkStep step = new NetworkStep(network, optimizer, TYPE);
        Map<String, Tensor> data = Map.of("x", noise(1, Shape.of(1, 1, 1)), "y", noise(2, Shape.of(1, 1, 1)));
        Tensor start = network.initialWeights(TYPE, 4);
        Map<String, Tensor> inputs = inputs(step, data, Tensor.ofLongs(ElementType.INT64, Shape.of(1), 0), start);
        inputs.put("rate", Tensor.ofReals(TYPE, Shape.of(1), 0.5));
        slots.forEach((name, value) -> {
            double[] all = new double[start.size()];
            java.util.Arrays.fill(all, value);
            inputs.put(name, Tensor.ofReals(TYPE, start.shape(), all));
        });
        SortedMap<String, Tensor> outputs = Program.load(step.build()).values(inputs);
        outputs.put("w", start);
        return outputs;
    }

    private static Map<String, Tensor> inputs(NetworkStep step, Map<String, Tensor> data, Tensor batch, Tensor w) {
        Map<String, Tensor> inputs = new TreeMap<>(data);
        inputs.put("batch", batch);
        inputs.put("rate", Tensor.ofReals(TYPE, Shape.of(1), 0.1));
        for (String name : step.state()) {
            inputs.put(name, new Tensor.Builder(TYPE, name.equals("t") ? Shape.of(1) : w.shape()).build());
        }
        inputs.put("w", w);
        return inputs;
    }

    private static Tensor moved(Tensor w, int at, double by) {
        double[] moved = w.reals();
        moved[at] += by;
        return Tensor.ofReals(TYPE, w.shape(), moved);
    }

    private static Tensor noise(long seed, Shape shape) {
        SplitMix random = new SplitMix(seed);
        return Tensor.ofReals(
                TYPE,
                shape,
                java.util.stream.IntStream.range(0, shape.size())
                        .mapToDouble(i -> random.uniform())
                        .toArray());
    }
}
