package org.aiis.conformance.catalogue.pipeline;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.reference.pipeline.train.Classifier;
import org.aiis.reference.pipeline.train.DenseLayers;
import org.aiis.reference.pipeline.train.StepGraph;
import org.aiis.reference.pipeline.train.TrainingScript;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.assertj.core.api.Assertions;

/** Several steps: ten against plain binary64, forty against themselves, five epochs for the loss. */
final class TrainingCases implements CaseSource {
    private static final Cases CASES = new Cases(TrainingCases.class);
    private static final ElementType TYPE = ElementType.FLOAT32;
    private static final Shape ONE = Shape.of(1);
    private static final double FEW_STEPS_SHARE = 1e-4;
    private static final int TEN = 10;

    private final Fixture fixture;
    private final DenseLayers layers;

    TrainingCases(Fixture fixture) {
        this.fixture = fixture;
        this.layers = fixture.layers();
    }

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(
                CASES.check("TRAIN-TEN-STEPS/batch-32", this::tenSteps, (o, terms) -> tenSteps(o)),
                CASES.check("TRAIN-REPEATABLE/40-steps", this::twice, this::repeatable),
                CASES.check("TRAIN-RESUME/5-and-5-steps", this::interrupted, this::resumed),
                CASES.check("TRAIN-LOSS-FALLS/5-epochs", this::epochs, (o, terms) -> falls(o)));
    }

    private Stimulus tenSteps() {
        return script().start(fixture.weights())
                .train(fixture.fewBatches(1))
                .close(TrainingScript.STEP)
                .script();
    }

    private Finding tenSteps(Observation observation) {
        List<Tensor> losses = Played.of(observation).all("loss", TEN, TYPE, ONE);
        Classifier classifier = new Classifier(layers, fixture.weights().reals());
        Within within = new Within();
        for (int i = 0; i < TEN; i++) {
            double reference = classifier.step(
                    fixture.fewFeatures(),
                    fixture.few().labels(),
                    fixture.fewBatches(1).get(i));
            within.number("loss of step " + (i + 1), losses.get(i).real(0), reference, FEW_STEPS_SHARE * reference);
        }
        return within.finding();
    }

    private Stimulus twice() {
        TrainingScript script = script();
        for (int run = 0; run < 2; run++) {
            script.start(fixture.weights()).train(fixture.fewBatches(4)).fetchWeights();
        }
        return script.close(TrainingScript.STEP).script();
    }

    private Finding repeatable(Observation observation, Terms terms) {
        Played played = Played.of(observation);
        List<Tensor> losses = played.all("loss", 8 * TEN, TYPE, ONE);
        List<Tensor> weights = played.all("w.0", 2, TYPE, Shape.of(layers.parameters()));
        return same(losses, 4 * TEN, weights.subList(0, 1), weights.subList(1, 2), terms);
    }

    /** Ten steps at one go; then five, the session closed, the kept state given to a new session, and five more. */
    private Stimulus interrupted() {
        List<Tensor> batches = fixture.fewBatches(1);
        return script().start(fixture.weights())
                .train(batches)
                .fetchState()
                .start(fixture.weights())
                .train(batches.subList(0, TEN / 2))
                .close(TrainingScript.STEP)
                .loadProfiled(TrainingScript.STEP, StepGraph.build(layers, TYPE))
                .train(batches.subList(TEN / 2, TEN))
                .fetchState()
                .close(TrainingScript.STEP)
                .script();
    }

    private Finding resumed(Observation observation, Terms terms) {
        Played played = Played.of(observation);
        List<Tensor> losses = played.all("loss", 2 * TEN, TYPE, ONE);
        List<List<Tensor>> states = Stream.of(0, 1)
                .map(run -> Stream.of("w.0", "m.0", "v.0", "t.0")
                        .map(name -> played.all(name).get(run))
                        .toList())
                .toList();
        Assertions.assertThat(states.get(1).get(3).real(0))
                .as("number of steps")
                .isEqualTo(TEN);
        return same(losses, TEN, states.get(0), states.get(1), terms);
    }

    /** Two trainings, one after the other in {@code losses}: equal bits where claimed, near losses of ten steps else. */
    private static Finding same(List<Tensor> losses, int second, List<Tensor> first, List<Tensor> again, Terms terms) {
        Within within = new Within();
        for (int i = 0; i < TEN; i++) {
            double reference = losses.get(i).real(0);
            double got = losses.get(second + i).real(0);
            within.number("loss of step " + (i + 1), got, reference, FEW_STEPS_SHARE * Math.abs(reference));
        }
        boolean equal = first.equals(again) && losses.subList(0, second).equals(losses.subList(second, 2 * second));
        if (terms.deterministic().contains("run-to-run")) {
            Assertions.assertThat(equal)
                    .as("losses and state equal bit for bit, as determinism from run to run is claimed")
                    .isTrue();
        }
        return within.finding().withTallies(Map.of("equal-bit-for-bit", equal ? 1L : 0L));
    }

    private Stimulus epochs() {
        return new TrainingScript(layers)
                .extract(fixture.network(), fixture.data().training(), "x")
                .add(new Step.Put("y", fixture.data().training().labels()))
                .load(TrainingScript.STEP, StepGraph.build(layers, TYPE))
                .start(fixture.weights())
                .train(fixture.batches(Fixture.EPOCHS))
                .close(TrainingScript.STEP)
                .script();
    }

    private Finding falls(Observation observation) {
        int steps = fixture.batches(Fixture.EPOCHS).size();
        List<Tensor> losses = Played.of(observation).all("loss", steps, TYPE, ONE);
        int tenth = steps / 10;
        double first = mean(losses.subList(0, tenth));
        double last = mean(losses.subList(steps - tenth, steps));
        String message = "mean loss of the first " + tenth + " steps " + first + ", of the last " + last;
        Finding finding = last < first ? Finding.pass().saying(message) : Finding.fail("behaviour", message);
        return finding.withTallies(Map.of(
                "first-loss-per-10000", Math.round(1e4 * first),
                "last-loss-per-10000", Math.round(1e4 * last),
                "steps", (long) steps));
    }

    private static double mean(List<Tensor> losses) {
        return losses.stream().mapToDouble(l -> l.real(0)).average().orElseThrow();
    }

    private TrainingScript script() {
        return new TrainingScript(layers)
                .loadProfiled(TrainingScript.STEP, StepGraph.build(layers, TYPE))
                .records(fixture.fewFeatures(), fixture.few().labels());
    }
}
