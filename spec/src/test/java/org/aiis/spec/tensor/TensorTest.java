package org.aiis.spec.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorTest {
    @ParameterizedTest
    @EnumSource(ElementType.class)
    void everyTypeSurvivesJson(ElementType type) {
        Tensor tensor = type == ElementType.STRING
                ? Tensor.ofStrings(Shape.of(2), List.of("é", ""))
                : Tensor.ofLongs(type, Shape.of(2, 40), new long[80]);

        assertThat(Codec.json(Codec.canonical(tensor), Tensor.class, "test", 1)).isEqualTo(tensor);
    }

    @Test
    void integersWrapIntoTheirType() {
        assertThat(Tensor.ofLongs(ElementType.INT8, Shape.of(2), 200, -129).integers())
                .containsExactly(-56, 127);
        assertThat(Tensor.ofLongs(ElementType.UINT8, Shape.of(1), -1).integers())
                .containsExactly(255);
    }

    @Test
    void elementsAreTextsOfTheirType() {
        assertThat(Tensor.ofLongs(ElementType.UINT64, Shape.of(1), -1).element(0))
                .isEqualTo("18446744073709551615");
        assertThat(Tensor.ofLongs(ElementType.INT64, Shape.of(1), -1).element(0))
                .isEqualTo("-1");
    }

    @Test
    void tensorsThatDifferOnlyInTheirNansHaveOneDigest() {
        Tensor quiet = new Tensor.Builder(ElementType.FLOAT32, Shape.of(1))
                .setBits(0, 0x7FC00000L)
                .build();
        Tensor payload = new Tensor.Builder(ElementType.FLOAT32, Shape.of(1))
                .setBits(0, 0xFFC12345L)
                .build();

        assertThat(quiet).isNotEqualTo(payload);
        assertThat(quiet.digest()).isEqualTo(payload.digest());
    }

    @Test
    void zerosOfOtherSignHaveOtherDigests() {
        assertThat(Tensor.ofFloats(Shape.of(1), 0f).digest())
                .isNotEqualTo(Tensor.ofFloats(Shape.of(1), -0f).digest());
    }

    @Test
    void dataThatDoNotFillTheShapeAreRefused() {
        assertThatThrownBy(() -> Tensor.ofBytes(ElementType.FLOAT32, Shape.of(2), new byte[4]))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("needs 8 bytes, found 4");
    }

    @Test
    void aSmallTextCannotClaimALargeTensor() {
        String bomb = "{\"type\":\"float32\",\"shape\":[100000,100000],\"data\":\"\"}";

        assertThatThrownBy(() -> Codec.json(bomb, Tensor.class, "evidence.jsonl", 7))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("evidence.jsonl:7")
                .hasMessageContaining("2^31");
    }

    @Test
    void compressedDataOfAnotherLengthAreRefused() {
        Tensor tensor = Tensor.ofLongs(ElementType.INT64, Shape.of(100), new long[100]);
        String shorter = Codec.canonical(tensor).replace("[100]", "[99]");
        String longer = Codec.canonical(tensor).replace("[100]", "[101]");

        assertThatThrownBy(() -> Codec.json(shorter, Tensor.class, "t", 1)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Codec.json(longer, Tensor.class, "t", 1)).isInstanceOf(InputException.class);
    }
}
