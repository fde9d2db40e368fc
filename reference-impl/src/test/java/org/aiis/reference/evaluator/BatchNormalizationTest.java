package org.aiis.reference.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The experiment behind clause 4.3.5 for BatchNormalization: both right arrangements in float32 are accepted, defects not. */
class BatchNormalizationTest {
    private static final int SAMPLES = 32;
    private static final int CHANNELS = 16;
    private static final float EPSILON = 1e-5f;

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 30, 1000, 100_000})
    void bothArrangementsAreAcceptedHoweverLargeTheMean(double mean) {
        for (long seed = 1; seed <= 20; seed++) {
            Experiment experiment = new Experiment(mean, 1, seed);
            for (Way way : List.of(Way.AS_WRITTEN, Way.RECIPROCAL, Way.FOLDED, Way.FOLDED_AND_FUSED)) {
                Errors errors = experiment.errors(way);
                assertThat(errors.worst).as("%s, seed %d", way, seed).isLessThanOrEqualTo(6);
                assertThat(errors.rms).as("%s, seed %d", way, seed).isLessThanOrEqualTo(1.5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WITHOUT_EPSILON", "TENSOR_FLOAT_32"})
    void aDefectIsNoticedSomewhereInTheData(Way way) {
        assertThat(Stream.of(0.0, 1.0, 30.0, 1000.0).map(mean -> new Experiment(mean, 1, 21).errors(way)))
                .anyMatch(Errors::isNoticed);
    }

    @Test
    void aDefectIsNoticedBesideASmallVariance() {
        assertThat(new Experiment(0, 1e-3, 22).errors(Way.WITHOUT_EPSILON)).matches(Errors::isNoticed);
    }

    private enum Way {
        AS_WRITTEN,
        RECIPROCAL,
        FOLDED,
        FOLDED_AND_FUSED,
        WITHOUT_EPSILON,
        TENSOR_FLOAT_32;

        float apply(float x, float scale, float b, float mean, float variance) {
            float deviation = (float) Math.sqrt(this == WITHOUT_EPSILON ? variance : variance + EPSILON);
            float slope = scale / deviation;
            return switch (this) {
                case AS_WRITTEN, WITHOUT_EPSILON -> (x - mean) / deviation * scale + b;
                case RECIPROCAL -> (x - mean) * (1 / deviation) * scale + b;
                case FOLDED -> x * slope + (b - mean * slope);
                case FOLDED_AND_FUSED -> Math.fma(x, slope, Math.fma(-mean, slope, b));
                case TENSOR_FLOAT_32 -> tensorFloat32(x) * slope + (b - mean * slope);
            };
        }

        /** Ten fraction bits, to nearest. */
        private static float tensorFloat32(float x) {
            return Float.intBitsToFloat((Float.floatToRawIntBits(x) + 0x1000) & ~0x1FFF);
        }
    }

    private record Errors(double worst, double rms) {
        boolean isNoticed() {
            return worst > 6 || rms > 1.5;
        }
    }

    private static final class Experiment {
        private final double[] x = new double[SAMPLES * CHANNELS];
        private final double[] scale = new double[CHANNELS];
        private final double[] b = new double[CHANNELS];
        private final double[] mean = new double[CHANNELS];
        private final double[] variance = new double[CHANNELS];
        private final Reference.Value reference;

        Experiment(double center, double deviation, long seed) {
            Random random = new Random(seed);
            for (int c = 0; c < CHANNELS; c++) {
                mean[c] = (float) (center * (1 + 0.1 * random.nextGaussian()));
                variance[c] = (float) (deviation * deviation * (0.5 + random.nextDouble()));
                scale[c] = (float) random.nextGaussian();
                b[c] = (float) random.nextGaussian();
            }
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) (mean[i % CHANNELS] + deviation * random.nextGaussian());
            }
            Map<String, Tensor> inputs = Map.of(
                    "x", Tensor.ofReals(ElementType.FLOAT32, Shape.of(SAMPLES, CHANNELS), x),
                    "scale", Tensor.ofReals(ElementType.FLOAT32, Shape.of(CHANNELS), scale),
                    "b", Tensor.ofReals(ElementType.FLOAT32, Shape.of(CHANNELS), b),
                    "mean", Tensor.ofReals(ElementType.FLOAT32, Shape.of(CHANNELS), mean),
                    "var", Tensor.ofReals(ElementType.FLOAT32, Shape.of(CHANNELS), variance));
            ModelBuilder model = new ModelBuilder(17);
            inputs.forEach(model::input);
            model.node("BatchNormalization", List.of("x", "scale", "b", "mean", "var"), List.of("y"))
                    .output("y", ElementType.FLOAT32, SAMPLES, CHANNELS);
            reference = Objects.requireNonNull(
                    new Evaluator().evaluate(model.build(), inputs).outputs().get("y"));
        }

        Errors errors(Way way) {
            double worst = 0;
            double squares = 0;
            for (int i = 0; i < x.length; i++) {
                int c = i % CHANNELS;
                float found =
                        way.apply((float) x[i], (float) scale[c], (float) b[c], (float) mean[c], (float) variance[c]);
                double error = (found - reference.real(i)) / reference.sigma(i);
                worst = Math.max(worst, Math.abs(error));
                squares += error * error;
            }
            return new Errors(worst, Math.sqrt(squares / x.length));
        }
    }
}
