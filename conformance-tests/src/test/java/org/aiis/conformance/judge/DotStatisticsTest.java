package org.aiis.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;

/** Limits b) and c) of the kind dot product, just inside and just outside; worked by hand for 72 elements and x = 18. */
class DotStatisticsTest {
    private static final int COUNT = 72;
    private static final double SIGMA = 0x1p-16;

    /** √(1 + 2·√(18/72) + 36/72) = √2.5 = 1.5811. */
    @Test
    void theMeanSquareIsLimitedWhereErrorsHaveEitherSign() {
        assertThat(judged(i -> i % 2 == 0 ? 1.581 : -1.581).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judged(i -> i % 2 == 0 ? 1.5815 : -1.5815))
                .returns(Verdict.FAIL, Finding::verdict)
                .extracting(Finding::message)
                .asString()
                .contains("RMS");
    }

    /** √(36/72) = 0.70711. */
    @Test
    void theBiasIsLimitedWhereErrorsAreSmall() {
        assertThat(judged(i -> 0.7070).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judged(i -> -0.7070).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judged(i -> 0.7072))
                .returns(Verdict.FAIL, Finding::verdict)
                .extracting(Finding::message)
                .asString()
                .contains("bias");
    }

    @Test
    void elementsWithTheSameReferenceCountOnce() {
        double[] references = new double[COUNT];
        Arrays.fill(references, 1.5);
        double[] y = references.clone();
        Arrays.setAll(y, i -> 1.5 + 2 * SIGMA);

        assertThat(Stated.of(ElementType.FLOAT64, references)
                        .withSigma(SIGMA)
                        .judge(new Tolerance.DotProduct(), 0, y)
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    private static Finding judged(IntToDoubleFunction errors) {
        double[] references = new double[COUNT];
        double[] y = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            references[i] = 1 + i / 128.0;
            y[i] = references[i] + errors.applyAsDouble(i) * SIGMA;
        }
        return Stated.of(ElementType.FLOAT64, references).withSigma(SIGMA).judge(new Tolerance.DotProduct(), 0, y);
    }
}
