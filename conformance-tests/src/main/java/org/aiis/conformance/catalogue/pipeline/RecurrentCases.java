package org.aiis.conformance.catalogue.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.pipeline.network.RecurrentNetwork;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Step.Feed;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** Hidden states of a recurrent network: at once, step by step with the state carried by the caller, and padded. */
final class RecurrentCases implements CaseSource {
    private static final Cases CASES = new Cases(RecurrentCases.class);
    private static final ElementType TYPE = ElementType.FLOAT32;
    private static final int OPSET = 17;
    private static final int INPUTS = 5;
    private static final int HIDDEN = 24;
    private static final int OUTPUTS = 2;
    private static final int STEPS = 12;
    private static final int RECORDS = 3;
    private static final int SHORT = 7;

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(
                CASES.of(
                        "FEAT-RNN-VALUES/sequences",
                        RecurrentCases::atOnce,
                        new Expectation.ByOracle(new Tolerance.Sensitivity())),
                CASES.check("FEAT-RNN-STEPWISE/12-steps", this::stepwise, (o, terms) -> stepped(o)),
                CASES.check("FEAT-RNN-LENGTH/7-of-12", this::padded, (o, terms) -> cut(o)));
    }

    private static RecurrentNetwork network(int steps) {
        return new RecurrentNetwork(INPUTS, HIDDEN, OUTPUTS, steps);
    }

    private static Tensor weights() {
        return network(STEPS).initialWeights(TYPE, 31);
    }

    private static Tensor x() {
        return Numbers.uniform(32, Shape.of(RECORDS, STEPS, INPUTS), -1, 1);
    }

    private static Tensor h0() {
        return Numbers.uniform(33, Shape.of(RECORDS, HIDDEN), 0, 1);
    }

    private static Stimulus atOnce() {
        return new Stimulus.ModelRun(network(STEPS).features(OPSET, weights()), Map.of("x", x(), "h0", h0()));
    }

    /** The first step of a sequence and those after it are of one session; the state goes back in under a handle. */
    private Stimulus stepwise() {
        List<Step> steps = new java.util.ArrayList<>();
        steps.add(new Step.Load("one", network(1).features(OPSET, weights()), true));
        steps.add(new Step.Put("h.0", h0()));
        for (int t = 0; t < STEPS; t++) {
            SortedMap<String, Feed> feeds = new TreeMap<>();
            feeds.put("x", new Feed.Inline(steps(x(), t, t + 1)));
            feeds.put("h0", new Feed.Kept("h." + t % 2));
            SortedMap<String, String> keep = new TreeMap<>(Map.of("last", "h." + (t + 1) % 2));
            steps.add(new Step.Run("one", feeds, keep, List.of("states")));
        }
        steps.add(new Step.Close("one"));
        return new Stimulus.Script(steps);
    }

    private static Finding stepped(Observation observation) {
        List<Tensor> got = Played.of(observation).all("states", STEPS, TYPE, Shape.of(RECORDS, 1, HIDDEN));
        double[] reference = reference(STEPS, x());
        Within within = new Within();
        for (int t = 0; t < STEPS; t++) {
            for (int r = 0; r < RECORDS; r++) {
                for (int i = 0; i < HIDDEN; i++) {
                    double expected = reference[(r * STEPS + t) * HIDDEN + i];
                    near(within, t, r, i, got.get(t).real(r * HIDDEN + i), expected);
                }
            }
        }
        return within.finding();
    }

    /** Sequences of seven steps, padded with large numbers to twelve, and the same alone. */
    private Stimulus padded() {
        Tensor all = x();
        Tensor.Builder padded = new Tensor.Builder(TYPE, all.shape());
        for (int i = 0; i < all.size(); i++) {
            padded.setReal(i, i / INPUTS % STEPS < SHORT ? all.real(i) : 1e6);
        }
        SortedMap<String, Feed> together = feeds(padded.build());
        SortedMap<String, Feed> alone = feeds(steps(all, 0, SHORT));
        return Stimulus.Script.of(
                new Step.Load("padded", network(STEPS).features(OPSET, weights()), true),
                new Step.Run("padded", together, new TreeMap<>(), List.of("states")),
                new Step.Close("padded"),
                new Step.Load("alone", network(SHORT).features(OPSET, weights()), true),
                new Step.Run("alone", alone, new TreeMap<>(), List.of("states")),
                new Step.Close("alone"));
    }

    private static SortedMap<String, Feed> feeds(Tensor x) {
        return new TreeMap<>(Map.of("x", new Feed.Inline(x), "h0", new Feed.Inline(h0())));
    }

    private static Finding cut(Observation observation) {
        List<Tensor> got = Played.of(observation).all("states");
        org.assertj.core.api.Assertions.assertThat(got.stream().map(Tensor::shape))
                .containsExactly(Shape.of(RECORDS, STEPS, HIDDEN), Shape.of(RECORDS, SHORT, HIDDEN));
        double[] reference = reference(SHORT, steps(x(), 0, SHORT));
        Within within = new Within();
        for (int r = 0; r < RECORDS; r++) {
            for (int t = 0; t < SHORT; t++) {
                for (int i = 0; i < HIDDEN; i++) {
                    double expected = reference[(r * SHORT + t) * HIDDEN + i];
                    near(within, t, r, i, got.get(0).real((r * STEPS + t) * HIDDEN + i), expected);
                    near(within, t, r, i, got.get(1).real((r * SHORT + t) * HIDDEN + i), expected);
                }
            }
        }
        return within.finding();
    }

    /** The bound of clause 2.3: each step adds no more to what it inherits than it makes anew. */
    private static void near(Within within, int t, int record, int i, double got, double expected) {
        double limit = 12 * TYPE.format().unitRoundoff() * StrictMath.sqrt((HIDDEN + INPUTS + 1) / 3.0);
        within.number("state " + i + " of step " + (t + 1) + " of sequence " + record, got, expected, limit);
    }

    private static double[] reference(int steps, Tensor x) {
        Program wide = Program.load(network(steps).features(OPSET, Numbers.wide(weights())));
        return Objects.requireNonNull(NetworkSubject.reference(wide, Map.of("x", x, "h0", h0()))
                        .get("states"))
                .reals();
    }

    /** Some steps of all sequences. */
    private static Tensor steps(Tensor x, int from, int to) {
        Tensor.Builder part = new Tensor.Builder(TYPE, Shape.of(RECORDS, to - from, INPUTS));
        for (int r = 0; r < RECORDS; r++) {
            for (int i = 0; i < (to - from) * INPUTS; i++) {
                part.setReal(r * (to - from) * INPUTS + i, x.real((r * STEPS + from) * INPUTS + i));
            }
        }
        return part.build();
    }
}
