package org.aiis.reference.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The experiment behind clause 4.3.4: right float32 dot products lie within 6σ and RMS 1.5, defective ones do not. */
class RunningErrorTest {
    private static final int ROWS = 16;
    private static final int COLUMNS = 16;

    @ParameterizedTest
    @ValueSource(ints = {4, 16, 100, 1024})
    void sumsInEveryOrderAreAccepted(int terms) {
        Experiment experiment = new Experiment(terms, 7L);
        for (Order order : EnumSet.complementOf(EnumSet.of(Order.WITHOUT_LAST))) {
            Errors errors = experiment.errors(order, x -> x);
            assertThat(errors.worst).as("%s, %d terms", order, terms).isLessThanOrEqualTo(6);
            assertThat(errors.rms).as("%s, %d terms", order, terms).isLessThanOrEqualTo(1.5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 16, 100, 1024})
    void inputsRoundedToTensorFloat32AreNoticed(int terms) {
        Errors errors = new Experiment(terms, 8L).errors(Order.FORWARD, RunningErrorTest::tensorFloat32);
        assertThat(errors.rms).isGreaterThan(1.5);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 100})
    void aProductThatIsDroppedIsNoticed(int terms) {
        Errors errors = new Experiment(terms, 9L).errors(Order.WITHOUT_LAST, x -> x);
        assertThat(errors.worst).isGreaterThan(6);
    }

    /** Ten fraction bits, to nearest. */
    private static double tensorFloat32(double x) {
        return Float.intBitsToFloat((Float.floatToRawIntBits((float) x) + 0x1000) & ~0x1FFF);
    }

    private enum Order {
        FORWARD,
        BACKWARD,
        PAIRWISE,
        FOUR_LANES,
        FUSED,
        WITHOUT_LAST;

        float dot(float[] a, float[] b) {
            int n = a.length;
            float sum = 0;
            switch (this) {
                case FORWARD, WITHOUT_LAST -> {
                    for (int k = 0; k < (this == FORWARD ? n : n - 1); k++) {
                        sum += a[k] * b[k];
                    }
                }
                case BACKWARD -> {
                    for (int k = n - 1; k >= 0; k--) {
                        sum += a[k] * b[k];
                    }
                }
                case FUSED -> {
                    for (int k = 0; k < n; k++) {
                        sum = Math.fma(a[k], b[k], sum);
                    }
                }
                case FOUR_LANES -> {
                    float[] lanes = new float[4];
                    for (int k = 0; k < n; k++) {
                        lanes[k % 4] += a[k] * b[k];
                    }
                    sum = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
                }
                case PAIRWISE -> sum = pairwise(a, b, 0, n);
            }
            return sum;
        }

        private static float pairwise(float[] a, float[] b, int from, int to) {
            if (to - from == 1) {
                return a[from] * b[from];
            }
            int middle = (from + to) / 2;
            return pairwise(a, b, from, middle) + pairwise(a, b, middle, to);
        }
    }

    private record Errors(double worst, double rms) {}

    private static final class Experiment {
        private final float[][] rows;
        private final float[][] columns;
        private final Reference.Value reference;

        Experiment(int terms, long seed) {
            Random random = new Random(seed);
            rows = new float[ROWS][terms];
            columns = new float[COLUMNS][terms];
            double[] a = new double[ROWS * terms];
            double[] b = new double[terms * COLUMNS];
            for (int k = 0; k < terms; k++) {
                for (int m = 0; m < ROWS; m++) {
                    rows[m][k] = (float) random.nextGaussian();
                    a[m * terms + k] = rows[m][k];
                }
                for (int n = 0; n < COLUMNS; n++) {
                    columns[n][k] = (float) random.nextGaussian();
                    b[k * COLUMNS + n] = columns[n][k];
                }
            }
            Tensor left = Tensor.ofReals(ElementType.FLOAT32, Shape.of(ROWS, terms), a);
            Tensor right = Tensor.ofReals(ElementType.FLOAT32, Shape.of(terms, COLUMNS), b);
            ModelBuilder model = new ModelBuilder(17)
                    .input("a", left)
                    .input("b", right)
                    .node("MatMul", List.of("a", "b"), List.of("y"))
                    .output("y", ElementType.FLOAT32, ROWS, COLUMNS);
            reference = Objects.requireNonNull(new Evaluator()
                    .evaluate(model.build(), Map.of("a", left, "b", right))
                    .outputs()
                    .get("y"));
        }

        Errors errors(Order order, DoubleUnaryOperator fault) {
            double worst = 0;
            double squares = 0;
            for (int i = 0; i < ROWS * COLUMNS; i++) {
                float found = order.dot(spoiled(rows[i / COLUMNS], fault), spoiled(columns[i % COLUMNS], fault));
                double error = (found - reference.real(i)) / reference.sigma(i);
                worst = Math.max(worst, Math.abs(error));
                squares += error * error;
            }
            return new Errors(worst, Math.sqrt(squares / (ROWS * COLUMNS)));
        }

        private static float[] spoiled(float[] values, DoubleUnaryOperator fault) {
            float[] spoiled = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                spoiled[i] = (float) fault.applyAsDouble(values[i]);
            }
            return spoiled;
        }
    }
}
