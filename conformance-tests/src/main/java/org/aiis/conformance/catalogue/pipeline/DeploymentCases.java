package org.aiis.conformance.catalogue.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.reference.pipeline.deploy.DeployedModel;
import org.aiis.reference.pipeline.evaluate.ReferenceScores;
import org.aiis.reference.pipeline.train.DenseLayers;
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

/** One epoch of training, the export of what it left, and the exported model at work. */
final class DeploymentCases implements CaseSource {
    private static final Cases CASES = new Cases(DeploymentCases.class);
    private static final int OPSET = 17;
    private static final int LATER_OPSET = 21;
    private static final int[] BATCHES = {1, 31, 256};

    private final Fixture fixture;
    private final DenseLayers layers;

    DeploymentCases(Fixture fixture) {
        this.fixture = fixture;
        this.layers = fixture.layers();
    }

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(
                CASES.check("DEPL-EXPORT/fashion-mnist", () -> runs(OPSET, 64), (o, t) -> near(o, 64)),
                CASES.check("DEPL-RELOAD/new-session", this::reloaded, this::unchanged),
                CASES.check("DEPL-SAME-PREDICTIONS/held-out", this::evaluatedAndDeployed, (o, t) -> samePredictions(o)),
                CASES.check("DEPL-BATCH-SIZES/1-31-256", () -> runs(OPSET, BATCHES), (o, t) -> near(o, BATCHES)),
                CASES.check("DEPL-OPSET-DECLARED/opset17", () -> runs(OPSET, 16), (o, t) -> near(o, 16)),
                CASES.check("DEPL-OPSET-DECLARED/opset21", () -> runs(LATER_OPSET, 16), (o, t) -> near(o, 16)));
    }

    /** Trains, exports, and runs the first held-out images in one batch of each size. */
    private Stimulus runs(int opset, int... sizes) {
        TrainingScript script = exported(opset);
        Arrays.stream(sizes).forEach(size -> script.add(images(size)));
        return script.close("deployed").script();
    }

    private Stimulus reloaded() {
        return exported(OPSET)
                .add(images(64))
                .close("deployed")
                .add(export(OPSET))
                .add(images(64))
                .close("deployed")
                .script();
    }

    private Stimulus evaluatedAndDeployed() {
        TrainingScript script = EvaluationCases.evaluated(EvaluationCases.trained(fixture, 1), fixture);
        return script.unpack()
                .add(export(OPSET))
                .add(images(fixture.data().heldOut().size()))
                .close("deployed")
                .script();
    }

    private TrainingScript exported(int opset) {
        return EvaluationCases.trained(fixture, 1).unpack().add(export(opset));
    }

    private Step export(int opset) {
        SortedMap<String, String> initializers = new TreeMap<>();
        layers.names().forEach(name -> initializers.put(name, name));
        return new Step.LoadExported(
                "deployed", DeployedModel.template(fixture.network(), layers, opset), initializers);
    }

    private Step images(int count) {
        return Step.Run.of(
                "deployed",
                Map.of("images", fixture.data().heldOut().slice(0, count).images()));
    }

    /** The scores of each batch against the reference with the very weights that the backend trained. */
    private Finding near(Observation observation, int... sizes) {
        Played played = Played.of(observation);
        List<Tensor> scores = played.all("scores");
        Assertions.assertThat(scores).as("batches answered").hasSize(sizes.length);
        int most = Arrays.stream(sizes).max().orElse(0);
        double[] w = EvaluationCases.weights(played, fixture);
        List<ReferenceScores> reference = new ArrayList<>();
        for (int record = 0; record < most; record++) {
            Tensor images = fixture.data().heldOut().images();
            reference.add(ReferenceScores.of(fixture.network(), layers, w, images, record));
        }
        Within within = new Within();
        int classes = layers.classes();
        for (int batch = 0; batch < sizes.length; batch++) {
            Tensor got = scores.get(batch);
            Assertions.assertThat(got.shape()).isEqualTo(Shape.of(sizes[batch], classes));
            within.tensor(
                    "scores of a batch of " + sizes[batch],
                    got,
                    i -> reference.get(i / classes).score(i % classes),
                    i -> 6 * reference.get(i / classes).sigma(i % classes));
        }
        return within.finding();
    }

    private Finding unchanged(Observation observation, Terms terms) {
        Played played = Played.of(observation);
        List<Tensor> scores = played.all("scores", 2, ElementType.FLOAT32, Shape.of(64, layers.classes()));
        boolean equal = scores.get(0).equals(scores.get(1));
        if (terms.deterministic().contains("run-to-run")) {
            Assertions.assertThat(equal)
                    .as("scores of the reloaded model equal bit for bit, as determinism is claimed")
                    .isTrue();
        }
        return near(observation, 64, 64).withTallies(Map.of("equal-bit-for-bit", equal ? 1L : 0L));
    }

    private Finding samePredictions(Observation observation) {
        Played played = Played.of(observation);
        int records = fixture.data().heldOut().size();
        List<Tensor> predicted = played.all("predicted", 2, ElementType.INT64, Shape.of(records));
        double[] w = EvaluationCases.weights(played, fixture);
        List<ReferenceScores> reference = EvaluationCases.reference(fixture, w);
        for (int record = 0; record < records; record++) {
            if (reference.get(record).decided()) {
                Assertions.assertThat(predicted.get(1).integer(record))
                        .as("class of held-out image %d by the deployed model, against evaluation", record)
                        .isEqualTo(predicted.get(0).integer(record));
            }
        }
        return EvaluationCases.agreement(reference, predicted.get(1).integers());
    }
}
