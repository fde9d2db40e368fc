package org.aiis.conformance.bisect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aiis.conformance.judge.StandardJudge;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;

/** Sums of which all elements share the first product, and with it an error: right ones have a mean error. */
class BenchTest {
    private static final int ROWS = 20_000;
    private static final float[] WEIGHTS = {1.1f, 0.7f};
    private static final float SHARED = 0.9f;

    private static float other(int row) {
        return (float) (0.001 * Math.sin(row));
    }

    private static Stimulus.ModelRun run() {
        float[] x = new float[2 * ROWS];
        for (int i = 0; i < ROWS; i++) {
            x[2 * i] = SHARED;
            x[2 * i + 1] = other(i);
        }
        return new Stimulus.ModelRun(
                new ModelBuilder(17)
                        .input("x", ElementType.FLOAT32, ROWS, 2)
                        .initializer("w", Tensor.ofFloats(Shape.of(2, 1), WEIGHTS))
                        .node("MatMul", List.of("x", "w"), List.of("y"))
                        .openOutput("y", ElementType.FLOAT32)
                        .build(),
                Map.of("x", Tensor.ofFloats(Shape.of(ROWS, 2), x)));
    }

    private static Observation answered(boolean cut) {
        float[] y = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            float first = SHARED * WEIGHTS[0];
            y[i] = cut ? first : first + other(i) * WEIGHTS[1];
        }
        return Observation.Outputs.of(Map.of("y", Tensor.ofFloats(Shape.of(ROWS, 1), y)));
    }

    private static Bench.Shown shown(boolean cut) {
        return new Bench(new Evaluator(), StandardReader.bundled(), run -> answered(cut), Set.of()).show("part", run());
    }

    @Test
    void aMeanErrorThatElementsShareIsNoFaultOfANode() {
        Bench.Shown right = shown(false);
        Standard standard = StandardReader.bundled();
        assertThat(right.finding().verdict()).isEqualTo(Verdict.PASS);
        // As a case that draws its operands has them judged it would be one.
        assertThat(new StandardJudge(new Evaluator(), standard)
                        .judge(
                                right.testCase(),
                                answered(false),
                                new Bench(new Evaluator(), standard, run -> answered(false), Set.of())
                                        .terms(right.testCase())))
                .matches(finding ->
                        finding.verdict() == Verdict.FAIL && finding.message().contains("bias of y"));
    }

    @Test
    void aLostProductStaysOne() {
        assertThat(shown(true).finding().verdict()).isEqualTo(Verdict.FAIL);
    }
}
