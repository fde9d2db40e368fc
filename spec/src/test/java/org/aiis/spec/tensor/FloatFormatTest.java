package org.aiis.spec.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatFormatTest {
    /** Bit patterns from IEEE 754-2019, table 3.5, and worked by hand for bfloat16. */
    @ParameterizedTest
    @CsvSource({
        "5, 10, 0x3C00, 1.0",
        "5, 10, 0x7BFF, 65504",
        "5, 10, 0x0001, 5.9604644775390625E-8",
        "5, 10, 0x0400, 6.103515625E-5",
        "5, 10, 0xC000, -2",
        "5, 10, 0x3555, 0.333251953125",
        "8, 7, 0x3F80, 1.0",
        "8, 7, 0x7F7F, 3.3895313892515355E38",
        "8, 7, 0x4049, 3.140625"
    })
    void decodesAndEncodesKnownBitPatterns(int exponent, int fraction, String bits, double value) {
        FloatFormat format = FloatFormat.ieee(exponent, fraction);

        assertThat(format.decode(Long.decode(bits))).isEqualTo(value);
        assertThat(format.encode(value)).isEqualTo(Long.decode(bits));
    }

    @Test
    void everyBinary16PatternSurvivesDecodingAndEncoding() {
        for (long bits = 0; bits < 1 << 16; bits++) {
            double value = FloatFormat.BINARY16.decode(bits);
            if (!Double.isNaN(value)) {
                assertThat(FloatFormat.BINARY16.encode(value)).isEqualTo(bits);
            }
        }
    }

    @Test
    void aTieGoesToTheEvenNeighbour() {
        assertThat(FloatFormat.BINARY16.round(2049)).isEqualTo(2048);
        assertThat(FloatFormat.BINARY16.round(2051)).isEqualTo(2052);
        assertThat(FloatFormat.BINARY16.round(Math.nextUp(2049.0))).isEqualTo(2050);
    }

    @Test
    void valuesFromHalfAnUlpBeyondTheLargestOverflowToInfinity() {
        assertThat(FloatFormat.BINARY16.round(65519.99)).isEqualTo(65504);
        assertThat(FloatFormat.BINARY16.round(65520)).isInfinite();
        assertThat(FloatFormat.BINARY16.round(-1e300)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void theSignOfZeroAndOfSubnormalsIsKept() {
        assertThat(FloatFormat.BFLOAT16.encode(-0.0)).isEqualTo(0x8000);
        assertThat(FloatFormat.BINARY16.round(-1e-9)).isEqualTo(-0.0);
        assertThat(FloatFormat.BINARY16.round(-6e-8)).isEqualTo(-FloatFormat.BINARY16.smallestSubnormal());
    }

    @Test
    void theUlpNeverFallsBelowThatOfTheSmallestNormal() {
        assertThat(FloatFormat.BINARY32.ulp(1.0)).isEqualTo(Math.ulp(1f));
        assertThat(FloatFormat.BINARY32.ulp(1e-45)).isEqualTo(Float.MIN_VALUE);
        assertThat(FloatFormat.BINARY32.ulp(0)).isEqualTo(Float.MIN_VALUE);
        assertThat(FloatFormat.BINARY64.ulp(3.0)).isEqualTo(Math.ulp(3.0));
    }
}
