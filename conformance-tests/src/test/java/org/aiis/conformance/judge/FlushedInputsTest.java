package org.aiis.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;

/** Subnormal inputs that are read as zeros: allowed where flushing is claimed, for all inputs of a case or none. */
class FlushedInputsTest {
    private static final double HUGE = 0x1p100;
    private static final Terms CLAIMED =
            new Terms(Accuracy.FULL, Set.of(), Set.of(ElementType.FLOAT32), Set.of(), "P", Set.of(), Map.of());

    @Test
    void aProductOfZeroPassesWhereFlushingIsClaimed() {
        assertThat(judged(CLAIMED, 0, 0)).isEqualTo(Verdict.PASS);
        assertThat(judged(Stated.TERMS, 0, 0)).isEqualTo(Verdict.FAIL);
    }

    @Test
    void theNumbersAsTheyArePassEitherWay() {
        assertThat(judged(CLAIMED, 0x1p-40, 0x1p-30)).isEqualTo(Verdict.PASS);
        assertThat(judged(Stated.TERMS, 0x1p-40, 0x1p-30)).isEqualTo(Verdict.PASS);
    }

    @Test
    void oneInputReadAsZeroAndAnotherNotFails() {
        assertThat(judged(CLAIMED, 0, 0x1p-30)).isEqualTo(Verdict.FAIL);
    }

    /** 2^−140 and 2^−130, both subnormal, times 2^100. */
    private static Verdict judged(Terms terms, double... y) {
        Tensor a = Tensor.ofReals(ElementType.FLOAT32, Shape.of(2), 0x1p-140, 0x1p-130);
        Tensor b = Tensor.ofReals(ElementType.FLOAT32, Shape.of(2), HUGE, HUGE);
        Stimulus.ModelRun run = new Stimulus.ModelRun(
                new ModelBuilder(17)
                        .input("a", a)
                        .input("b", b)
                        .openOutput("y", ElementType.FLOAT32)
                        .node("Mul", List.of("a", "b"), List.of("y"))
                        .build(),
                Map.of("a", a, "b", b));
        return new StandardJudge(new Evaluator(), StandardReader.bundled())
                .judge(
                        Stated.testCase("OP-Mul-VALUES/t", new Expectation.ByOracle(new Tolerance.Ulp(0.5, 0)), run),
                        Observation.Outputs.of(Map.of("y", Tensor.ofReals(ElementType.FLOAT32, Shape.of(2), y))),
                        terms)
                .verdict();
    }
}
