package org.aiis.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.ErrorPattern;
import org.junit.jupiter.api.Test;

class WrongElementsTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double LARGEST = Float.MAX_VALUE;

    /** What wrong elements of type float32 show, where {@code expected} is right. */
    private static Set<ErrorPattern> shown(double[] got, double... expected) {
        Given reference = new Given(Tensor.ofReals(ElementType.FLOAT32, Shape.of(expected.length), expected));
        WrongElements wrong = new WrongElements(expected.length);
        for (int i = 0; i < expected.length; i++) {
            if (Double.doubleToRawLongBits(got[i]) != Double.doubleToRawLongBits(expected[i])) {
                wrong.add(i, got[i], expected[i], reference);
            }
        }
        return wrong.patterns();
    }

    private static double[] got(double... elements) {
        return elements;
    }

    @Test
    void specialValuesThatAreLostOrMadeAreTold() {
        assertThat(shown(got(0, 1), NAN, 1)).containsExactly(ErrorPattern.NAN_LOST);
        assertThat(shown(got(NAN, 1), 2, 1)).containsExactly(ErrorPattern.NAN_MADE);
        assertThat(shown(got(LARGEST, 1), INF, 1)).containsExactly(ErrorPattern.SATURATED);
        assertThat(shown(got(INF, 1), 2, 1)).containsExactly(ErrorPattern.OVERFLOWED);
        assertThat(shown(got(0.0, 1), -0.0, 1)).containsExactly(ErrorPattern.ZERO_SIGN);
        assertThat(shown(got(0, 1), 0x1p-140, 1)).containsExactly(ErrorPattern.FLUSHED);
    }

    @Test
    void aSmallErrorIsOfRoundingAndALargeOneIsNot() {
        assertThat(shown(got(1.002, 1), 1, 1)).containsExactly(ErrorPattern.ROUNDING);
        assertThat(shown(got(1.2, 1), 1, 1)).containsExactly(ErrorPattern.SOME);
        assertThat(shown(got(1.2, 7), 1, 1)).containsExactly(ErrorPattern.ALL);
    }

    @Test
    void zerosAtTheEndAreTheTail() {
        assertThat(shown(got(1, 2, 3, 0, 0), 1, 2, 3, 4, 5)).containsExactly(ErrorPattern.TAIL);
        assertThat(shown(got(1, 0, 3, 4, 5), 1, 2, 3, 4, 5)).containsExactly(ErrorPattern.ZEROS);
        assertThat(shown(got(0, 0, 0), 1, 2, 3)).containsExactly(ErrorPattern.ZEROS);
    }

    /** Either may be the fault: a subnormal flushed, or a tail that was never written. */
    @Test
    void aSpecialZeroAtTheEndIsToldAsBoth() {
        assertThat(shown(got(1, 2, 0), 1, 2, 0x1p-140))
                .containsExactlyInAnyOrder(ErrorPattern.FLUSHED, ErrorPattern.TAIL);
        assertThat(shown(got(0), 5)).containsExactlyInAnyOrder(ErrorPattern.ZEROS, ErrorPattern.TAIL);
    }

    /** A count or an index that is off by one was not rounded. */
    @Test
    void onlyQuantisedIntegersAreOffByRounding() {
        Tensor expected = Tensor.ofLongs(ElementType.INT8, Shape.of(2), 7, 9);
        Tensor got = Tensor.ofLongs(ElementType.INT8, Shape.of(2), 8, 9);
        assertThat(ExactComparison.compare("y", got, expected).patterns()).containsExactly(ErrorPattern.SOME);
        assertThat(QuantisedComparison.compare("y", got, new Given(expected)).patterns())
                .containsExactly(ErrorPattern.ROUNDING);
    }

    @Test
    void aProblemWithoutAPatternIsNotTakenForAnotherOutputsPattern() {
        Comparison untold = Comparison.wrong("y is strange");
        Comparison nan = Comparison.wrong("z[0] = 0, reference NaN", ErrorPattern.NAN_LOST);
        assertThat(nan.and(untold).patterns()).contains(ErrorPattern.SOME);
    }
}
