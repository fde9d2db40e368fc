package org.aiis.report.diff;

import static org.assertj.core.api.Assertions.assertThat;

import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ApartTest {
    private static Apart floats(float one, float other) {
        return Apart.of(Tensor.ofFloats(Shape.of(1), one), Tensor.ofFloats(Shape.of(1), other));
    }

    @Test
    void aStepIsFromOneValueOfTheTypeToTheNext() {
        assertThat(floats(1, Math.nextUp(1f)).steps()).isEqualTo(1);
        assertThat(floats(1, Math.nextDown(1f)).steps()).isEqualTo(1);
        assertThat(floats(-Float.MIN_VALUE, Float.MIN_VALUE).steps()).isEqualTo(2);
        assertThat(floats(1, 2).steps()).isEqualTo(1 << 23);
        Apart half = Apart.of(
                Tensor.ofReals(ElementType.FLOAT16, Shape.of(1), 1),
                Tensor.ofReals(ElementType.FLOAT16, Shape.of(1), 1.0009765625));
        assertThat(half.steps()).isEqualTo(1);
        assertThat(half.unit()).isEqualTo("ulp");
    }

    @Test
    void numbersThatAreFarApartInBinary64AreCountedWithoutOverflow() {
        Apart far = Apart.of(
                Tensor.ofReals(ElementType.FLOAT64, Shape.of(1), Double.MAX_VALUE),
                Tensor.ofReals(ElementType.FLOAT64, Shape.of(1), -Double.MAX_VALUE));
        assertThat(far.steps()).isEqualTo(2.0 * Double.doubleToLongBits(Double.MAX_VALUE));
        assertThat(far.absolute()).isEqualTo(Double.MAX_VALUE);
        assertThat(far.relative()).isEqualTo(2);
        Apart near = Apart.of(
                Tensor.ofReals(ElementType.FLOAT64, Shape.of(1), Double.MAX_VALUE),
                Tensor.ofReals(ElementType.FLOAT64, Shape.of(1), Math.nextDown(Double.MAX_VALUE)));
        assertThat(near.steps()).isEqualTo(1);
    }

    @Test
    void nanIsNanAndWhatIsNoNumberInOneAloneIsToldApart() {
        assertThat(floats(Float.NaN, Float.intBitsToFloat(0x7fc00001)).same()).isTrue();
        assertThat(floats(Float.NaN, 1).special()).isEqualTo(1);
        assertThat(floats(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY).special())
                .isEqualTo(1);
        assertThat(floats(Float.POSITIVE_INFINITY, Float.MAX_VALUE).steps()).isZero();
    }

    @Test
    void theSignOfAZeroIsADifferenceOfNoSteps() {
        Apart zeros = floats(0f, -0f);
        assertThat(zeros.differing()).isEqualTo(1);
        assertThat(zeros.zeroSigns()).isEqualTo(1);
        assertThat(zeros.steps()).isZero();
        assertThat(zeros.at()).isZero();
    }

    @Test
    void integersOfAllSixtyFourBitsAreSubtracted() {
        Apart apart = Apart.of(
                Tensor.ofLongs(ElementType.UINT64, Shape.of(2), -1, 5),
                Tensor.ofLongs(ElementType.UINT64, Shape.of(2), 0, 5));
        assertThat(apart.differing()).isEqualTo(1);
        assertThat(apart.steps()).isEqualTo(0x1p64);
        assertThat(apart.unit()).isEqualTo("units");
    }

    @Test
    void anotherTypeOrShapeIsSaid() {
        Apart apart = Apart.of(Tensor.ofFloats(Shape.of(1), 1), Tensor.ofReals(ElementType.FLOAT64, Shape.of(1), 1));
        assertThat(apart.unlike()).isEqualTo("float32[1] there, float64[1] here");
        assertThat(apart.same()).isFalse();
    }

    @Test
    void severalOutputsAreSeenAsOne() {
        Apart both = floats(1, 1).and(floats(1, Math.nextUp(Math.nextUp(1f)))).and(floats(1, Math.nextUp(1f)));
        assertThat(both.elements()).isEqualTo(3);
        assertThat(both.differing()).isEqualTo(2);
        assertThat(both.steps()).isEqualTo(2);
    }
}
