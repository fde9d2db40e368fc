package org.aiis.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A product that is less precise than its type passes under the mode that it claims, and under no other. */
class PrecisionModesTest {
    private static final int SIDE = 12;
    private static final int LENGTH = 300;
    private static final FloatFormat TF32_FACTORS = FloatFormat.TF32;

    @ParameterizedTest
    @CsvSource({
        ", FAIL",
        "TF32, PASS",
        "TWO_PIECES, FAIL",
        "THREE_PIECES, FAIL",
        "FFT, FAIL",
        "FLOAT16_ACCUMULATOR, FAIL"
    })
    void factorsRoundedToTf32PassWhereThatIsClaimed(String claimed, Verdict verdict) {
        assertThat(judged(ElementType.FLOAT32, modes(claimed), TF32_FACTORS, FloatFormat.BINARY32))
                .isEqualTo(verdict);
    }

    @Test
    void factorsRoundedToBfloat16PassUnderNoMode() {
        assertThat(judged(
                        ElementType.FLOAT32,
                        Set.of(PrecisionMode.values()),
                        FloatFormat.BFLOAT16,
                        FloatFormat.BINARY32))
                .isEqualTo(Verdict.FAIL);
    }

    @ParameterizedTest
    @CsvSource({", FAIL", "FLOAT16_ACCUMULATOR, PASS", "TF32, FAIL"})
    void anAccumulatorOfFloat16PassesWhereItIsClaimed(String claimed, Verdict verdict) {
        assertThat(judged(ElementType.FLOAT16, modes(claimed), FloatFormat.BINARY16, FloatFormat.BINARY16))
                .isEqualTo(verdict);
    }

    @Test
    void anAccumulatorOfFloat32PassesForFloat16WithoutAClaim() {
        assertThat(judged(ElementType.FLOAT16, Set.of(), FloatFormat.BINARY16, FloatFormat.BINARY32))
                .isEqualTo(Verdict.PASS);
    }

    private static Set<PrecisionMode> modes(String claimed) {
        return claimed == null ? Set.of() : Set.of(PrecisionMode.valueOf(claimed));
    }

    /** MatMul with factors rounded to a format, added up first to last in another one. */
    private static Verdict judged(
            ElementType type, Set<PrecisionMode> claimed, FloatFormat factors, FloatFormat accumulator) {
        Tensor a = drawn(type, "left", SIDE, LENGTH);
        Tensor b = drawn(type, "right", LENGTH, SIDE);
        double[] y = new double[SIDE * SIDE];
        for (int i = 0; i < y.length; i++) {
            double sum = 0;
            for (int k = 0; k < LENGTH; k++) {
                double left = factors.round(a.real(i / SIDE * LENGTH + k));
                double right = factors.round(b.real(k * SIDE + i % SIDE));
                sum = accumulator.round(sum + accumulator.round(left * right));
            }
            y[i] = type.format().round(sum);
        }
        Stimulus.ModelRun run = new Stimulus.ModelRun(
                new ModelBuilder(17)
                        .input("a", a)
                        .input("b", b)
                        .openOutput("y", type)
                        .node("MatMul", List.of("a", "b"), List.of("y"))
                        .build(),
                Map.of("a", a, "b", b));
        Terms terms = Stated.TERMS.withModes(claimed);
        return new StandardJudge(new Evaluator(), StandardReader.bundled())
                .judge(
                        Stated.testCase(
                                "OP-MatMul-VALUES/t", new Expectation.ByOracle(new Tolerance.DotProduct()), run),
                        Observation.Outputs.of(Map.of("y", Tensor.ofReals(type, Shape.of(SIDE, SIDE), y))),
                        terms)
                .verdict();
    }

    private static Tensor drawn(ElementType type, String word, int rows, int columns) {
        Seeded seeded = Seeded.by(word);
        double[] values = new double[rows * columns];
        java.util.Arrays.setAll(values, i -> type.format().round(seeded.between(-1, 1)));
        return Tensor.ofReals(type, Shape.of(rows, columns), values);
    }
}
