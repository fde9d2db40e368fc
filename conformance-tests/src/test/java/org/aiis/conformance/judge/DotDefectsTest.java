package org.aiis.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.junit.jupiter.api.Test;

/** Right and faulty fp32 dot products under the running error of clause 4.3.4, after the table of the numerics notes. */
class DotDefectsTest {
    private static final int OUTPUTS = 72;
    private static final int[] LENGTHS = {5, 16, 37, 128, 1003};
    private static final int FAMILIES = 4;
    private static final FloatFormat TF32 = FloatFormat.TF32;

    @Test
    void rightOrdersPassAndDefectsAreFound() {
        Map<String, ToDoubleBiFunction<float[], float[]>> right = new LinkedHashMap<>();
        right.put("forward", DotDefectsTest::forward);
        right.put("backward", (a, b) -> forward(reversed(a), reversed(b)));
        right.put("pairwise", (a, b) -> pairwise(a, b, 0, a.length));
        right.put("fp64 accumulator", DotDefectsTest::exact);
        right.put("fused multiply-add", DotDefectsTest::fused);
        right.put("eight lanes", DotDefectsTest::lanes);
        Map<String, ToDoubleBiFunction<float[], float[]>> faulty = new LinkedHashMap<>();
        faulty.put("TF32 inputs", (a, b) -> forward(rounded(a, TF32), rounded(b, TF32)));
        faulty.put(
                "bf16 inputs", (a, b) -> forward(rounded(a, FloatFormat.BFLOAT16), rounded(b, FloatFormat.BFLOAT16)));
        faulty.put("last product dropped", (a, b) -> forward(java.util.Arrays.copyOf(a, a.length - 1), b));
        faulty.put("one product twice", (a, b) -> (float) (forward(a, b) + a[0] * b[0]));
        faulty.put("fp16 accumulator", DotDefectsTest::narrow);
        right.forEach((name, dot) -> assertThat(rejected(name, dot)).as(name).isZero());
        faulty.forEach((name, dot) -> assertThat(rejected(name, dot)).as(name).isGreaterThan(0.95));
    }

    private static double rejected(String name, ToDoubleBiFunction<float[], float[]> dot) {
        int seen = 0;
        int failed = 0;
        for (int k : LENGTHS) {
            for (int family = 0; family < FAMILIES; family++) {
                Seeded seeded = Seeded.by("dot " + k + " " + family);
                double[] y = new double[OUTPUTS];
                double[][] reference = new double[OUTPUTS][];
                for (int i = 0; i < OUTPUTS; i++) {
                    float[] a = vector(seeded, k, family);
                    float[] b = vector(seeded, k, family);
                    y[i] = dot.applyAsDouble(a, b);
                    reference[i] = runningError(a, b);
                }
                seen++;
                failed += new ToleranceComparison(new Tolerance.RunningError(), false, false, false, true, i -> 0)
                                .compare(
                                        "y",
                                        Tensor.ofReals(ElementType.FLOAT32, Shape.of(OUTPUTS), y),
                                        new Dots(reference))
                                .problem()
                                .isEmpty()
                        ? 0
                        : 1;
            }
        }
        System.out.printf("%-22s rejected in %d of %d tensors%n", name, failed, seen);
        return (double) failed / seen;
    }

    /** [r, σ] by the formula of the clause, in binary64. */
    private static double[] runningError(float[] a, float[] b) {
        double r = 0;
        double forward = 0;
        double products = 0;
        for (int i = 0; i < a.length; i++) {
            double p = (double) a[i] * b[i];
            r += p;
            forward += r * r;
            products += p * p;
        }
        double t = 0;
        double backward = 0;
        for (int i = a.length - 1; i >= 0; i--) {
            t += (double) a[i] * b[i];
            backward += t * t;
        }
        double sigma = 0x1p-24 * Math.sqrt((Math.max(forward, backward) + products + r * r) / 3);
        return new double[] {r, Math.max(sigma, 0x1p-24 * Math.abs(r))};
    }

    private static float[] vector(Seeded seeded, int k, int family) {
        float[] v = new float[k];
        for (int i = 0; i < k; i++) {
            v[i] = (float)
                    switch (family) {
                        case 0 -> seeded.between(-1, 1);
                        case 1 -> seeded.between(0.5, 1);
                        case 2 -> StrictMath.exp(seeded.between(-3, 3)) * (seeded.coin() ? 1 : -1);
                        default -> seeded.between(-1, 1) * 1000 / Math.sqrt(k);
                    };
        }
        return v;
    }

    private static double forward(float[] a, float[] b) {
        float s = 0;
        for (int i = 0; i < a.length; i++) {
            s += a[i] * b[i];
        }
        return s;
    }

    private static float pairwise(float[] a, float[] b, int from, int to) {
        return to - from == 1
                ? a[from] * b[from]
                : pairwise(a, b, from, (from + to) / 2) + pairwise(a, b, (from + to) / 2, to);
    }

    private static double exact(float[] a, float[] b) {
        double s = 0;
        for (int i = 0; i < a.length; i++) {
            s += (double) a[i] * b[i];
        }
        return (float) s;
    }

    private static double fused(float[] a, float[] b) {
        float s = 0;
        for (int i = 0; i < a.length; i++) {
            s = Math.fma(a[i], b[i], s);
        }
        return s;
    }

    private static double lanes(float[] a, float[] b) {
        float[] s = new float[8];
        for (int i = 0; i < a.length; i++) {
            s[i % 8] = Math.fma(a[i], b[i], s[i % 8]);
        }
        return ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]));
    }

    /** Each partial sum rounded to the significand of binary16. */
    private static double narrow(float[] a, float[] b) {
        double s = 0;
        for (int i = 0; i < a.length; i++) {
            s = TF32.round(s + a[i] * b[i]);
        }
        return s;
    }

    private static float[] reversed(float[] v) {
        float[] r = new float[v.length];
        for (int i = 0; i < v.length; i++) {
            r[i] = v[v.length - 1 - i];
        }
        return r;
    }

    private static float[] rounded(float[] v, FloatFormat format) {
        float[] r = new float[v.length];
        for (int i = 0; i < v.length; i++) {
            r[i] = (float) format.round(v[i]);
        }
        return r;
    }

    /** References [r, σ] of many dot products. */
    private record Dots(double[][] values) implements Reference.Value {
        @Override
        public ElementType type() {
            return ElementType.FLOAT32;
        }

        @Override
        public Shape shape() {
            return Shape.of(values.length);
        }

        @Override
        public Tensor rounded() {
            return Tensor.ofReals(
                    type(),
                    shape(),
                    java.util.Arrays.stream(values).mapToDouble(v -> v[0]).toArray());
        }

        @Override
        public double real(int i) {
            return values[i][0];
        }

        @Override
        public double low(int i) {
            return 0;
        }

        @Override
        public double sigma(int i) {
            return values[i][1];
        }

        @Override
        public double magnitude(int i) {
            return 1;
        }

        @Override
        public int factors(int i) {
            return 1;
        }
    }
}
