package org.aiis.conformance.catalogue.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.pipeline.network.ImageNetwork;
import org.aiis.reference.pipeline.network.IncidentNetwork;
import org.aiis.reference.pipeline.network.IncidentPreparation;
import org.aiis.reference.pipeline.network.Network;
import org.aiis.reference.pipeline.network.RecurrentNetwork;
import org.aiis.reference.pipeline.train.NetworkStep;
import org.aiis.reference.pipeline.train.Optimizer;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Step.Feed;

/**
 * A network whose single steps are judged: its records, first weights, and one batch. The reference is the same graph in float64, computed
 * in binary64; its gradients are held to central differences by the suite's own tests.
 *
 * @param batch places of the records of the step
 */
record NetworkSubject(String name, Network network, Supplier<Map<String, Tensor>> data, long weights, Tensor batch) {
    static final String STEP = "step";

    /** Case A's network on images of the fixture, whose black background is full of equal elements under a maximum. */
    static NetworkSubject images(Fixture fixture) {
        return new NetworkSubject(
                "image-network",
                new ImageNetwork(),
                () -> Map.of(
                        "x", Numbers.pixels(fixture.few().slice(0, 8)),
                        "y", fixture.few().slice(0, 8).labels()),
                21,
                Numbers.places(5, 0, 3, 6));
    }

    /** A recurrent network on numbers from a seed. */
    static NetworkSubject sequences() {
        return new NetworkSubject(
                "recurrent-network",
                new RecurrentNetwork(3, 16, 2, 6),
                () -> Map.of(
                        "x", Numbers.uniform(22, Shape.of(40, 6, 3), -1, 1),
                        "y", Numbers.uniform(23, Shape.of(40, 6, 2), 0, 1)),
                24,
                Numbers.places(31, 7, 0, 19, 4, 4, 12, 38));
    }

    /** Case B's detector of incidents on numbers from a seed, about half of whose records are events. */
    static NetworkSubject incidents() {
        return new NetworkSubject(
                "incident-network",
                new IncidentNetwork(16),
                () -> {
                    Tensor x = Numbers.uniform(25, Shape.of(40, IncidentPreparation.INPUTS), -2, 2);
                    Tensor.Builder y = new Tensor.Builder(ElementType.FLOAT32, Shape.of(40, 1));
                    for (int i = 0; i < 40; i++) {
                        y.setReal(i, x.real(i * IncidentPreparation.INPUTS) < 0 ? 1 : 0);
                    }
                    return Map.of("x", x, "y", y.build());
                },
                26,
                Numbers.places(3, 30, 11, 11, 0, 39, 24, 8));
    }

    NetworkStep step(Optimizer optimizer, ElementType type) {
        return new NetworkStep(network, optimizer, type);
    }

    /** First weights, biases moved away from 0 so that each shows. */
    Tensor start() {
        Tensor first = network.initialWeights(ElementType.FLOAT32, weights);
        Tensor moves = Numbers.uniform(weights + 1, first.shape(), -0.05, 0.05);
        Tensor.Builder w = new Tensor.Builder(ElementType.FLOAT32, first.shape());
        for (int i = 0; i < first.size(); i++) {
            w.setReal(i, first.real(i) + moves.real(i));
        }
        return w.build();
    }

    /** Data, weights, empty slots, the batch and a rate: all inputs of one step. */
    SortedMap<String, Tensor> inputs(Optimizer optimizer, double rate) {
        SortedMap<String, Tensor> inputs = new TreeMap<>(data.get());
        Tensor w = start();
        for (String slot : optimizer.slots()) {
            inputs.put(slot, Numbers.zeros(w.shape()));
        }
        inputs.put("w", w);
        inputs.put("t", Numbers.scalar(0));
        inputs.put("rate", Numbers.scalar(rate));
        inputs.put("batch", batch);
        return inputs;
    }

    /** The reference of a float32 step, or of any graph in float64: its outputs on the same numbers. */
    static SortedMap<String, Tensor> reference(Program wide, Map<String, Tensor> inputs) {
        Map<String, Tensor> same = new TreeMap<>();
        inputs.forEach((name, tensor) -> same.put(name, Numbers.wide(tensor)));
        return wide.values(same);
    }

    /** A script of one step that sends back some outputs. */
    List<Step> one(Optimizer optimizer, double rate, String... fetched) {
        SortedMap<String, Feed> feeds = new TreeMap<>();
        inputs(optimizer, rate).forEach((name, tensor) -> feeds.put(name, new Feed.Inline(tensor)));
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Load(STEP, step(optimizer, ElementType.FLOAT32).build(), true));
        steps.add(new Step.Run(STEP, feeds, new TreeMap<>(), List.of(fetched)));
        steps.add(new Step.Close(STEP));
        return steps;
    }

    /** Compares the gradient piece by piece, each within a share of its own norm. */
    Within gradient(Within within, Tensor got, Tensor reference, double share) {
        double[] expected = reference.reals();
        int from = 0;
        for (Network.Piece piece : network.pieces()) {
            int to = from + piece.shape().size();
            within.norm("the gradient of " + piece.name(), got, expected, from, to, share);
            from = to;
        }
        return within;
    }
}
