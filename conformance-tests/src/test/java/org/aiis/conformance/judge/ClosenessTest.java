package org.aiis.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Recorded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected answers are those of numpy.testing.assert_allclose(actual, desired, rtol, atol), which ONNX's runner calls. */
class ClosenessTest {
    private static final Closeness ONNX = new Closeness(1e-3, 1e-7);

    @ParameterizedTest
    @CsvSource({
        "1.0009, 1, true",
        "1.0011, 1, false",
        "0.9991, 1, true",
        "0.9989, 1, false",
        "9e-8, 0, true",
        "1.1e-7, 0, false",
        "NaN, NaN, true",
        "NaN, 1, false",
        "1, NaN, false",
        "Infinity, Infinity, true",
        "-Infinity, Infinity, false",
        "1e308, Infinity, false",
        "-0.0, 0, true"
    })
    void judgesFloatsAsNumpyDoes(double got, double expected, boolean close) {
        assertThat(compare(real(ElementType.FLOAT64, got), real(ElementType.FLOAT64, expected)))
                .isEqualTo(close);
    }

    @Test
    void bfloat16GetsTwoOfItsUnits() {
        assertThat(compare(real(ElementType.BFLOAT16, 1.015625), real(ElementType.BFLOAT16, 1)))
                .isTrue();
        assertThat(compare(real(ElementType.BFLOAT16, 1.0234375), real(ElementType.BFLOAT16, 1)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"int32, 999, 1000, true", "int32, 499, 500, false", "int64, 9007199254740992, 9007199254740993, true"})
    void judgesIntegersByTheSameFormula(String type, long got, long expected, boolean close) {
        ElementType element = ElementType.of(type);
        assertThat(compare(whole(element, got), whole(element, expected))).isEqualTo(close);
    }

    @Test
    void anIntegerBeyondTheSignIsALargeOne() {
        assertThat(compare(whole(ElementType.UINT64, -1), whole(ElementType.UINT64, 1)))
                .isFalse();
    }

    @Test
    void aToleranceOfZeroAsksForTheSameIntegerBeyondBinary64() {
        SortedMap<String, Recorded> got =
                new TreeMap<>(Map.of("y", new Recorded.Whole(whole(ElementType.INT64, 9007199254740993L))));

        assertThat(new Closeness(0, 0)
                        .compare(got, new TreeMap<>(Map.of("y", whole(ElementType.INT64, 9007199254740992L))))
                        .close())
                .isFalse();
    }

    @Test
    void boolsAndStringsAreEqualOrNot() {
        assertThat(compare(whole(ElementType.BOOL, 1), whole(ElementType.BOOL, 0)))
                .isFalse();
        assertThat(compare(
                        Tensor.ofStrings(Shape.SCALAR, java.util.List.of("a")),
                        Tensor.ofStrings(Shape.SCALAR, java.util.List.of("b"))))
                .isFalse();
    }

    @Test
    void anotherTypeOrShapeIsNeverClose() {
        Tensor one = real(ElementType.FLOAT32, 1);
        assertThat(compare(real(ElementType.FLOAT64, 1), one)).isFalse();
        assertThat(compare(one.reshaped(Shape.of(1)), one)).isFalse();
    }

    @Test
    void anOutputMoreOrLessIsNeverClose() {
        assertThat(ONNX.compare(new TreeMap<>(), new TreeMap<>(Map.of("y", real(ElementType.FLOAT32, 1))))
                        .close())
                .isFalse();
    }

    private static boolean compare(Tensor got, Tensor expected) {
        return ONNX.compare(new TreeMap<>(Map.of("y", new Recorded.Whole(got))), new TreeMap<>(Map.of("y", expected)))
                .close();
    }

    private static Tensor real(ElementType type, double value) {
        return Tensor.ofReals(type, Shape.SCALAR, value);
    }

    private static Tensor whole(ElementType type, long value) {
        return Tensor.ofLongs(type, Shape.SCALAR, value);
    }
}
