package org.aiis.spec.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Values from the OCP specifications of 8-bit floats (1.0, table 2) and of microscaling formats (1.0, clause 5.3). */
class NarrowFormatTest {
    @ParameterizedTest
    @CsvSource({
        "FLOAT8E4M3FN, 0x7E, 448",
        "FLOAT8E4M3FN, 0x01, 0.001953125",
        "FLOAT8E4M3FN, 0x08, 0.015625",
        "FLOAT8E5M2, 0x7B, 57344",
        "FLOAT8E5M2, 0x01, 1.52587890625E-5",
        "FLOAT8E4M3FNUZ, 0x7F, 240",
        "FLOAT8E4M3FNUZ, 0xFF, -240",
        "FLOAT8E5M2FNUZ, 0x7F, 57344",
        "FLOAT4E2M1, 0x7, 6",
        "FLOAT4E2M1, 0x1, 0.5",
        "FLOAT4E2M1, 0xA, -1",
        "FLOAT8E8M0, 0x7F, 1",
        "FLOAT8E8M0, 0x00, 5.877471754111438E-39"
    })
    void decodesAndEncodesKnownBitPatterns(ElementType type, String bits, double value) {
        assertThat(type.format().decode(Long.decode(bits))).isEqualTo(value);
        assertThat(type.format().encode(value)).isEqualTo(Long.decode(bits));
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT8E4M3FN", "FLOAT8E4M3FNUZ", "FLOAT8E5M2", "FLOAT8E5M2FNUZ", "FLOAT4E2M1", "FLOAT8E8M0"})
    void everyPatternSurvivesDecodingAndEncoding(ElementType type) {
        for (long bits = 0; bits < 1 << type.bits(); bits++) {
            double value = type.format().decode(bits);
            if (!Double.isNaN(value)) {
                assertThat(type.format().encode(value)).isEqualTo(bits);
            }
        }
    }

    @Test
    void whatLiesBeyondTheLargestNumberBecomesWhatTheFormatHas() {
        assertThat(FloatFormat.E4M3FN.round(464)).isEqualTo(448);
        assertThat(FloatFormat.E4M3FN.round(464.1)).isNaN();
        assertThat(FloatFormat.E5M2.round(61440)).isInfinite();
        assertThat(FloatFormat.E4M3FNUZ.round(248)).isNaN();
        assertThat(FloatFormat.E2M1.round(-1e9)).isEqualTo(-6);
        assertThat(FloatFormat.E8M0.round(0)).isNaN();
    }

    @Test
    void theCodesOfNaNAreThoseOfTheFormat() {
        assertThat(FloatFormat.E4M3FN.encode(Double.NaN)).isEqualTo(0x7F);
        assertThat(FloatFormat.E4M3FNUZ.encode(Double.NaN)).isEqualTo(0x80);
        assertThat(FloatFormat.E5M2FNUZ.decode(0x80)).isNaN();
        assertThat(FloatFormat.E8M0.encode(Double.NaN)).isEqualTo(0xFF);
        assertThat(FloatFormat.E4M3FN.decode(0xFF)).isNaN();
    }

    @Test
    void aFormatWithoutANegativeZeroRoundsToPositiveZero() {
        assertThat(FloatFormat.E4M3FNUZ.encode(-1e-9)).isZero();
        assertThat(FloatFormat.E4M3FN.encode(-1e-9)).isEqualTo(0x80);
    }

    @Test
    void integersNarrowerThanAByteWrap() {
        assertThat(ElementType.INT4.wrap(9)).isEqualTo(-7);
        assertThat(ElementType.UINT2.wrap(7)).isEqualTo(3);
        assertThat(ElementType.INT4.minInteger()).isEqualTo(-8);
        assertThat(ElementType.UINT4.maxInteger()).isEqualTo(15);
        assertThat(Tensor.ofLongs(ElementType.INT4, Shape.of(2), -1, 7).integers()).containsExactly(-1, 7);
    }
}
