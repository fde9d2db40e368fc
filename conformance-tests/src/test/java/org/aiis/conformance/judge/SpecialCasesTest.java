package org.aiis.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;

/** The rules of clause 4.3.2, each once on its right and once on its wrong side. */
class SpecialCasesTest {
    private static final Tolerance ULP = new Tolerance.Ulp(1, 0);
    private static final Tolerance EXACT = new Tolerance.Exact();
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double MAX = Float.MAX_VALUE;
    private static final double SUBNORMAL = 0x1p-140;
    private static final Terms FLUSHING =
            new Terms(Accuracy.FULL, Set.of(), Set.of(ElementType.FLOAT32), Set.of(), "P", Set.of(), Map.of());

    @Test
    void aNanNeedsANan() {
        assertThat(verdict(ULP, NAN, NAN)).isEqualTo(Verdict.PASS);
        assertThat(verdict(ULP, NAN, 0)).isEqualTo(Verdict.FAIL);
        assertThat(verdict(EXACT, NAN, INF)).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aNanIsNeverRightForANumber() {
        assertThat(verdict(ULP, 1, NAN)).isEqualTo(Verdict.FAIL);
        assertThat(verdict(new Tolerance.RunningError(), 1, NAN)).isEqualTo(Verdict.FAIL);
    }

    @Test
    void anInfinityNeedsTheSameInfinity() {
        assertThat(verdict(ULP, INF, INF)).isEqualTo(Verdict.PASS);
        assertThat(verdict(ULP, INF, -INF)).isEqualTo(Verdict.FAIL);
        assertThat(verdict(ULP, INF, MAX)).isEqualTo(Verdict.FAIL);
    }

    @Test
    void overflowIsAcceptedWhereTheBoundPassesTheLargestNumber() {
        assertThat(verdict(ULP, MAX, INF)).isEqualTo(Verdict.PASS);
        assertThat(verdict(ULP, MAX, -INF)).isEqualTo(Verdict.FAIL);
        assertThat(verdict(ULP, MAX / 2, INF)).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aZeroOfNothingButZerosIsExact() {
        Stated zero = Stated.of(ElementType.FLOAT32, 0).withMagnitude(0);
        assertThat(zero.judge(new Tolerance.RunningError(), 0, 0).verdict()).isEqualTo(Verdict.PASS);
        assertThat(zero.judge(new Tolerance.RunningError(), 0, 0x1p-149).verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(zero.judge(ULP, 0, 0x1p-149).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void theSignOfAnExactZeroCounts() {
        assertThat(verdict(EXACT, -0.0, -0.0)).isEqualTo(Verdict.PASS);
        assertThat(verdict(EXACT, -0.0, 0.0)).isEqualTo(Verdict.FAIL);
        assertThat(Stated.of(ElementType.FLOAT32, -0.0)
                        .withMagnitude(0)
                        .judge(ULP, 0, 0.0)
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void aFloat64ThatUnderflowedMayBeTheSmallestSubnormal() {
        Stated zero = Stated.of(ElementType.FLOAT64, 0).withMagnitude(0);
        assertThat(zero.judge(ULP, 0, Double.MIN_VALUE).verdict()).isEqualTo(Verdict.PASS);
        assertThat(zero.judge(ULP, 0, 2 * Double.MIN_VALUE).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void flushingIsAcceptedWhereItIsClaimedAndCounted() {
        Finding claimed = Stated.of(ElementType.FLOAT32, SUBNORMAL).judge(ULP, FLUSHING, 0, 0);
        assertThat(claimed.verdict()).isEqualTo(Verdict.PASS);
        assertThat(claimed.tallies()).containsEntry("flushed.float32", 1L);
        Finding unclaimed = Stated.of(ElementType.FLOAT32, SUBNORMAL).judge(ULP, 0, 0);
        assertThat(unclaimed.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(unclaimed.tallies()).containsEntry("flushed.float32", 1L);
    }

    @Test
    void aNormalResultMayNotBeFlushed() {
        assertThat(Stated.of(ElementType.FLOAT32, 0x1p-120)
                        .judge(ULP, FLUSHING, 0, 0)
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void aSubnormalThatIsKeptIsCounted() {
        assertThat(Stated.of(ElementType.FLOAT32, SUBNORMAL)
                        .judge(ULP, 0, SUBNORMAL)
                        .tallies())
                .containsEntry("kept.float32", 1L)
                .doesNotContainKey("flushed.float32");
    }

    @Test
    void theRmsIsJudgedFromItsStatedSizeOn() {
        double sigma = 0x1p-20;
        double[] r = new double[ToleranceComparison.SMALLEST_FOR_RMS];
        double[] y = new double[r.length];
        java.util.Arrays.fill(r, 1);
        java.util.Arrays.fill(y, 1 + 2 * sigma);
        Finding many = Stated.of(ElementType.FLOAT32, r).withSigma(sigma).judge(new Tolerance.RunningError(), 0, y);
        assertThat(many.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(many.message()).contains("RMS");
        Finding few = Stated.of(ElementType.FLOAT32, 1, 1)
                .withSigma(sigma)
                .judge(new Tolerance.RunningError(), 0, 1 + 2 * sigma, 1 + 2 * sigma);
        assertThat(few.verdict()).isEqualTo(Verdict.PASS);
    }

    /** Flushed results lie within the bound of zero too, where it is wide: they are no roundings, whose size the RMS limits. */
    @Test
    void theRmsLeavesOutWhatFlushingHasDecided() {
        double sigma = 0x1p-140;
        double[] r = new double[ToleranceComparison.SMALLEST_FOR_RMS];
        java.util.Arrays.fill(r, 3 * sigma);
        Stated small = Stated.of(ElementType.FLOAT32, r).withSigma(sigma);
        double[] zeros = new double[r.length];
        assertThat(small.judge(new Tolerance.RunningError(), FLUSHING, 0, zeros).verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(small.judge(new Tolerance.RunningError(), 0, zeros).message())
                .contains("RMS");
    }

    private static Verdict verdict(Tolerance tolerance, double r, double y) {
        return Stated.of(ElementType.FLOAT32, r).judge(tolerance, 0, y).verdict();
    }
}
