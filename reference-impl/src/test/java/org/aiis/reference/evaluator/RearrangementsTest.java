package org.aiis.reference.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Common right rearrangements of normalisations in float32 lie within the limits of clause 4.3.4; one that cancels does not. */
class RearrangementsTest {
    private static final int ROWS = 16;
    private static final int LENGTH = 64;

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "30, 5", "1000, 1"})
    void rightOnesAreAcceptedHoweverLargeTheMean(double mean, double deviation) {
        for (Way way : List.of(
                Way.LAYER_AS_WRITTEN,
                Way.LAYER_FOLDED,
                Way.LAYER_BY_SQUARES,
                Way.SOFTMAX_BY_RECIPROCAL,
                Way.LOG_SOFTMAX)) {
            for (long seed = 1; seed <= 5; seed++) {
                Limits limits = limits(way, mean, deviation, seed);
                assertThat(limits.worst).as("%s, seed %d", way, seed).isLessThanOrEqualTo(6);
                assertThat(limits.rms).as("%s, seed %d", way, seed).isLessThanOrEqualTo(1.5);
            }
        }
    }

    @Test
    void oneThatCancelsIsNoticedWhereTheMeanIsLarge() {
        assertThat(limits(Way.LOG_SOFTMAX_OF_THE_WHOLE_SUM, 1000, 1, 6).worst).isGreaterThan(6);
    }

    private enum Way {
        LAYER_AS_WRITTEN,
        LAYER_FOLDED,
        /** Variance as E[x²] − E[x]²: it cancels, and is what ONNX's function body has. */
        LAYER_BY_SQUARES,
        SOFTMAX_BY_RECIPROCAL,
        LOG_SOFTMAX,
        /** x − (max + ln Σ), which pytorch/pytorch#11752 reports as a defect. */
        LOG_SOFTMAX_OF_THE_WHOLE_SUM;

        String operator() {
            return name().startsWith("LAYER")
                    ? "LayerNormalization"
                    : name().startsWith("LOG") ? "LogSoftmax" : "Softmax";
        }

        float[] apply(float[] x) {
            return operator().equals("LayerNormalization") ? normalised(x) : softmax(x);
        }

        private float[] normalised(float[] x) {
            float sum = 0;
            float squares = 0;
            for (float v : x) {
                sum += v;
                squares += v * v;
            }
            float mean = sum / x.length;
            float distances = 0;
            for (float v : x) {
                distances += (v - mean) * (v - mean);
            }
            float variance = this == LAYER_BY_SQUARES ? squares / x.length - mean * mean : distances / x.length;
            float inverse = 1 / (float) Math.sqrt(variance + 1e-5f);
            float[] y = new float[x.length];
            for (int i = 0; i < x.length; i++) {
                y[i] = this == LAYER_FOLDED ? x[i] * inverse - mean * inverse : (x[i] - mean) * inverse;
            }
            return y;
        }

        private float[] softmax(float[] x) {
            float max = Float.NEGATIVE_INFINITY;
            for (float v : x) {
                max = Math.max(max, v);
            }
            float sum = 0;
            for (float v : x) {
                sum += (float) Math.exp(v - max);
            }
            float logarithm = (float) Math.log(sum);
            float[] y = new float[x.length];
            for (int i = 0; i < x.length; i++) {
                y[i] = switch (this) {
                    case SOFTMAX_BY_RECIPROCAL -> (float) Math.exp(x[i] - max) * (1 / sum);
                    case LOG_SOFTMAX -> (x[i] - max) - logarithm;
                    default -> x[i] - (max + logarithm);
                };
            }
            return y;
        }
    }

    private record Limits(double worst, double rms) {}

    private static Limits limits(Way way, double mean, double deviation, long seed) {
        Random random = new Random(seed);
        double[] values = new double[ROWS * LENGTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + deviation * random.nextGaussian());
        }
        double[] ones = random.doubles(LENGTH).map(any -> 1).toArray();
        Tensor x = Tensor.ofReals(ElementType.FLOAT32, Shape.of(ROWS, LENGTH), values);
        Tensor scale = Tensor.ofReals(ElementType.FLOAT32, Shape.of(LENGTH), ones);
        boolean layer = way.operator().equals("LayerNormalization");
        ModelBuilder model = new ModelBuilder(17).input("x", x);
        if (layer) {
            model.input("scale", scale);
        }
        model.node(way.operator(), layer ? List.of("x", "scale") : List.of("x"), List.of("y"))
                .output("y", ElementType.FLOAT32, ROWS, LENGTH);
        Reference.Value reference = Objects.requireNonNull(new Evaluator()
                .evaluate(model.build(), layer ? Map.of("x", x, "scale", scale) : Map.of("x", x))
                .outputs()
                .get("y"));
        double worst = 0;
        double squares = 0;
        for (int row = 0; row < ROWS; row++) {
            float[] slice = new float[LENGTH];
            for (int i = 0; i < LENGTH; i++) {
                slice[i] = (float) values[row * LENGTH + i];
            }
            float[] y = way.apply(slice);
            for (int i = 0; i < LENGTH; i++) {
                int at = row * LENGTH + i;
                double error = (y[i] - reference.real(at)) / reference.sigma(at);
                worst = Math.max(worst, Math.abs(error));
                squares += error * error;
            }
        }
        return new Limits(worst, Math.sqrt(squares / values.length));
    }
}
