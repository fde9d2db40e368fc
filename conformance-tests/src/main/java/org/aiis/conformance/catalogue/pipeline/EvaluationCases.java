package org.aiis.conformance.catalogue.pipeline;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.conformance.performance.statistics.NonInferiority;
import org.aiis.reference.pipeline.data.FashionMnist;
import org.aiis.reference.pipeline.data.Fingerprint;
import org.aiis.reference.pipeline.data.LabelledImages;
import org.aiis.reference.pipeline.evaluate.ConfusionMatrix;
import org.aiis.reference.pipeline.evaluate.EvaluationGraph;
import org.aiis.reference.pipeline.evaluate.ReferenceScores;
import org.aiis.reference.pipeline.train.DenseLayers;
import org.aiis.reference.pipeline.train.StepGraph;
import org.aiis.reference.pipeline.train.TrainingScript;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Step.Feed;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.assertj.core.api.Assertions;

/** Five epochs on the training images, then an evaluation on the held-out ones: one stimulus, judged five ways. */
final class EvaluationCases implements CaseSource {
    private static final Cases CASES = new Cases(EvaluationCases.class);
    private static final String NAME = "/fashion-mnist";
    private static final int CLASSES = FashionMnist.CLASSES;

    private final Fixture fixture;
    private final DenseLayers layers;

    EvaluationCases(Fixture fixture) {
        this.fixture = fixture;
        this.layers = fixture.layers();
    }

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(
                CASES.check("EVAL-ACCURACY" + NAME, this::script, (o, terms) -> accuracy(o)),
                CASES.check("EVAL-CONFUSION" + NAME, this::script, (o, terms) -> confusion(o)),
                CASES.check("EVAL-PREDICTIONS" + NAME, this::script, (o, terms) -> predictions(o)),
                CASES.check("EVAL-NON-INFERIOR" + NAME, this::script, (o, terms) -> nonInferior(o)),
                CASES.check("EVAL-HELD-OUT" + NAME, this::script, (o, terms) -> heldOut(o)));
    }

    private Stimulus script() {
        return evaluated(trained(fixture, Fixture.EPOCHS), fixture).script();
    }

    /** A training over all training images; the weights stay in the worker and are sent back too. */
    static TrainingScript trained(Fixture fixture, int epochs) {
        LabelledImages training = fixture.data().training();
        return new TrainingScript(fixture.layers())
                .extract(fixture.network(), training, "x")
                .add(new Step.Put("y", training.labels()))
                .load(TrainingScript.STEP, StepGraph.build(fixture.layers(), ElementType.FLOAT32))
                .start(fixture.weights())
                .train(fixture.batches(epochs))
                .close(TrainingScript.STEP)
                .add(new Step.Drop("x"))
                .fetchWeights();
    }

    /** An evaluation of the weights on the held-out images. */
    static TrainingScript evaluated(TrainingScript script, Fixture fixture) {
        LabelledImages heldOut = fixture.data().heldOut();
        Map<String, Feed> inputs = Map.of(
                "x", new Feed.Kept("held-out"),
                "y", new Feed.Inline(heldOut.labels()),
                "w", new Feed.Kept(script.handle("w")));
        return script.extract(fixture.network(), heldOut, "held-out")
                .loadProfiled("evaluation", EvaluationGraph.build(fixture.layers()))
                .run("evaluation", inputs, Map.of(), List.of("predicted", "correct", "accuracy", "confusion"))
                .close("evaluation");
    }

    private Finding accuracy(Observation observation) {
        Played played = Played.of(observation);
        long[] predicted = predicted(played);
        long correct = matrix(predicted).correct();
        Assertions.assertThat(
                        played.one("correct", ElementType.INT64, Shape.of(1)).integer(0))
                .as("correct predictions, counted on the graph")
                .isEqualTo(correct);
        double share = (double) correct / predicted.length;
        double got = played.one("accuracy", ElementType.FLOAT32, Shape.of(1)).real(0);
        // One division of whole numbers: 2.5 ulp, as the operator table says for Div.
        Finding finding = new Within()
                .number(
                        "accuracy",
                        got,
                        share,
                        2.5 * ElementType.FLOAT32.format().ulp(share))
                .finding();
        String message =
                String.format(Locale.ROOT, "accuracy %.4f: %d of %d held-out images", share, correct, predicted.length);
        return (finding.verdict() == Verdict.PASS ? finding.saying(message) : finding)
                .withTallies(Map.of("accuracy-per-10000", Math.round(1e4 * share), "correct", correct, "records", (long)
                        predicted.length));
    }

    private Finding confusion(Observation observation) {
        Played played = Played.of(observation);
        ConfusionMatrix expected = matrix(predicted(played));
        Tensor got = played.one("confusion", ElementType.INT64, Shape.of(CLASSES, CLASSES));
        Assertions.assertThat(got.integers())
                .as("confusion matrix, rows the true class")
                .isEqualTo(expected.counts().integers());
        SortedMap<String, Long> tallies = new TreeMap<>();
        for (int i = 0; i < CLASSES * CLASSES; i++) {
            tallies.put("confusion-" + i / CLASSES + "-" + i % CLASSES, got.integer(i));
        }
        StringBuilder message = new StringBuilder("recall by class:");
        IntStream.range(0, CLASSES)
                .forEach(c -> message.append(
                        String.format(Locale.ROOT, " %.3f", expected.recall(c).orElseThrow())));
        expected.macroF1().ifPresent(f1 -> {
            tallies.put("macro-f1-per-10000", Math.round(1e4 * f1));
            message.append(String.format(Locale.ROOT, "; macro F1 %.4f", f1));
        });
        expected.baseline().ifPresent(b -> tallies.put("baseline-per-10000", Math.round(1e4 * b)));
        return Finding.pass().saying(message.toString()).withTallies(tallies);
    }

    private Finding predictions(Observation observation) {
        Played played = Played.of(observation);
        long[] predicted = predicted(played);
        List<ReferenceScores> reference = reference(fixture, weights(played, fixture));
        return agreement(reference, predicted);
    }

    /** Predictions against the reference's, on the records whose margin decides. */
    static Finding agreement(List<ReferenceScores> reference, long[] predicted) {
        long decided = 0;
        long differing = 0;
        for (int i = 0; i < predicted.length; i++) {
            boolean same = predicted[i] == reference.get(i).predicted();
            if (reference.get(i).decided()) {
                decided++;
                Assertions.assertThat(predicted[i])
                        .as("class of held-out image %d, whose margin is beyond twice the tolerance", i)
                        .isEqualTo(reference.get(i).predicted());
            } else {
                differing += same ? 0 : 1;
            }
        }
        return Finding.pass()
                .saying(decided + " of " + predicted.length + " records have a margin that decides; all agree")
                .withTallies(Map.of(
                        "decided", decided,
                        "undecided", predicted.length - decided,
                        "undecided-differing", differing));
    }

    private Finding nonInferior(Observation observation) {
        Played played = Played.of(observation);
        long[] predicted = predicted(played);
        long[] labels = fixture.data().heldOut().labels().integers();
        List<ReferenceScores> reference = reference(fixture, weights(played, fixture));
        boolean[] right = new boolean[labels.length];
        boolean[] system = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            right[i] = reference.get(i).predicted() == labels[i];
            system[i] = predicted[i] == labels[i];
        }
        NonInferiority test = NonInferiority.of(right, system);
        String message = String.format(
                Locale.ROOT,
                "D %.5f, SE %.5f, margin %.5f on %d records",
                test.difference(),
                test.error(),
                test.margin(),
                labels.length);
        return Finding.of(test.verdict(), message)
                .withTallies(Map.of(
                        "reference-accuracy-per-10000", Math.round(1e6 * test.margin()),
                        "difference-per-million", Math.round(1e6 * test.difference())));
    }

    private Finding heldOut(Observation observation) {
        List<Tensor> fingerprints = Played.of(observation).all("fingerprint");
        List<List<Long>> seen =
                fingerprints.stream().flatMap(t -> Fingerprint.rows(t).stream()).toList();
        List<List<Long>> fixed = Stream.of(
                        fixture.data().training(), fixture.data().heldOut())
                .flatMap(part -> Fingerprint.of(part.images()).stream())
                .toList();
        Assertions.assertThat(seen.equals(fixed))
                .as("fingerprints of the images used, in order, equal those of the fixture")
                .isTrue();
        int training = fixture.data().training().size();
        Set<List<Long>> common = new HashSet<>(seen.subList(0, training));
        common.retainAll(new HashSet<>(seen.subList(training, seen.size())));
        Assertions.assertThat(common).as("records in both parts").isEmpty();
        return Finding.pass()
                .withTallies(
                        Map.of("training-records", (long) training, "held-out-records", (long) seen.size() - training));
    }

    /** Scores of the reference for each held-out image, with the weights that the backend trained. */
    static List<ReferenceScores> reference(Fixture fixture, double[] w) {
        Tensor images = fixture.data().heldOut().images();
        return IntStream.range(0, fixture.data().heldOut().size())
                .mapToObj(i -> ReferenceScores.of(fixture.network(), fixture.layers(), w, images, i))
                .toList();
    }

    /** The trained weights: sent back once, under the handle that the last step left them in. */
    static double[] weights(Played played, Fixture fixture) {
        Shape shape = Shape.of(fixture.layers().parameters());
        List<Tensor> found =
                Stream.of("w.0", "w.1").flatMap(h -> played.all(h).stream()).toList();
        Assertions.assertThat(found).as("weights sent back").hasSize(1);
        Assertions.assertThat(found.get(0).shape()).isEqualTo(shape);
        return found.get(0).reals();
    }

    private long[] predicted(Played played) {
        int records = fixture.data().heldOut().size();
        long[] predicted =
                played.one("predicted", ElementType.INT64, Shape.of(records)).integers();
        Assertions.assertThat(Arrays.stream(predicted).allMatch(c -> c >= 0 && c < layers.classes()))
                .as("each predicted class is one of the classes")
                .isTrue();
        return predicted;
    }

    private ConfusionMatrix matrix(long[] predicted) {
        return ConfusionMatrix.of(fixture.data().heldOut().labels().integers(), predicted, CLASSES);
    }
}
