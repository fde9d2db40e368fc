package org.aiis.conformance.catalogue.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.reference.pipeline.features.ConvolutionalFeatures;
import org.aiis.reference.pipeline.features.ReferenceFeatures;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.assertj.core.api.Assertions;

/** Feature extraction: the convolutional network on images and on extreme ones, alone and in a batch. */
final class FeatureCases implements CaseSource {
    private static final Cases CASES = new Cases(FeatureCases.class);
    private static final int ROWS = 13;

    private final Fixture fixture;

    FeatureCases(Fixture fixture) {
        this.fixture = fixture;
    }

    @Override
    public Stream<TestCase> cases() {
        Expectation byOracle = new Expectation.ByOracle(new Tolerance.RunningError());
        return Stream.of(
                CASES.of("FEAT-CNN-VALUES/images", () -> run(images(4)), byOracle),
                CASES.of("FEAT-CNN-VALUES/extreme-images", () -> run(extremes()), byOracle),
                CASES.check("FEAT-CNN-SHAPE/images", () -> run(images(ROWS)), (o, terms) -> rows(o)),
                CASES.check("FEAT-BATCH-INVARIANT/images", this::aloneAndTogether, this::invariant),
                CASES.check("FEAT-NONNEGATIVE/images", () -> run(images(ROWS)), (o, t) -> nonNegative(o)),
                CASES.check("FEAT-NONNEGATIVE/extreme-images", () -> run(extremes()), (o, t) -> nonNegative(o)));
    }

    private Finding rows(Observation observation) {
        Tensor features = Played.of(observation)
                .one("features", ElementType.FLOAT32, Shape.of(ROWS, ConvolutionalFeatures.LENGTH));
        return near(new Within(), features, 0).finding();
    }

    /** Takes rows of features that belong to images from {@code first} on. */
    private Within near(Within within, Tensor features, int first) {
        int length = ConvolutionalFeatures.LENGTH;
        for (int row = 0; row < features.shape().dim(0); row++) {
            ReferenceFeatures reference = ReferenceFeatures.of(fixture.network(), images(ROWS), first + row);
            double[] values = reference.values();
            double[] sigmas = reference.sigmas();
            for (int i = 0; i < length; i++) {
                within.number(
                        "feature " + i + " of image " + (first + row),
                        features.real(row * length + i),
                        values[i],
                        6 * sigmas[i]);
            }
        }
        return within;
    }

    private Stimulus aloneAndTogether() {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Load("features", fixture.network().model(), true));
        steps.add(Step.Run.of("features", Map.of("images", images(ROWS))));
        for (int row = 0; row < ROWS; row++) {
            steps.add(Step.Run.of(
                    "features",
                    Map.of("images", fixture.few().slice(row, row + 1).images())));
        }
        steps.add(new Step.Close("features"));
        return new Stimulus.Script(steps);
    }

    private Finding invariant(Observation observation, Terms terms) {
        List<Tensor> features = Played.of(observation).all("features");
        Assertions.assertThat(features).as("feature tensors").hasSize(ROWS + 1);
        Tensor together = features.get(0);
        Within within = near(new Within(), together, 0);
        int length = ConvolutionalFeatures.LENGTH;
        long differing = 0;
        for (int row = 0; row < ROWS; row++) {
            Tensor alone = features.get(row + 1);
            Assertions.assertThat(alone.shape()).isEqualTo(Shape.of(1, length));
            near(within, alone, row);
            int from = row * length;
            differing += IntStream.range(0, length)
                    .filter(i -> alone.bits(i) != together.bits(from + i))
                    .count();
        }
        if (terms.deterministic().contains("batch")) {
            Assertions.assertThat(differing)
                    .as("features whose bits differ between a record alone and in a batch")
                    .isZero();
        }
        return within.finding().withTallies(Map.of("features-differing-in-bits", differing));
    }

    private static Finding nonNegative(Observation observation) {
        Tensor features = Played.of(observation).all("features").stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no output features"));
        for (int i = 0; i < features.size(); i++) {
            Assertions.assertThat(features.real(i)).as("feature %d", i).isGreaterThanOrEqualTo(0);
        }
        return Finding.pass();
    }

    private Stimulus run(Tensor images) {
        return new Stimulus.ModelRun(fixture.network().model(), Map.of("images", images));
    }

    private Tensor images(int count) {
        return fixture.few().slice(0, count).images();
    }

    /** All black, all white, a chequerboard, white on the rim only. */
    private static Tensor extremes() {
        Tensor.Builder images = new Tensor.Builder(ElementType.UINT8, Shape.of(4, 28, 28));
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                int at = y * 28 + x;
                images.setBits(784 + at, 255);
                images.setBits(2 * 784 + at, (x + y) % 2 * 255L);
                images.setBits(3 * 784 + at, x % 27 == 0 || y % 27 == 0 ? 255 : 0);
            }
        }
        return images.build();
    }
}
