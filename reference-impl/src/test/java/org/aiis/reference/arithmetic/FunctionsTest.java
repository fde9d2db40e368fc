package org.aiis.reference.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against values that mpmath calculated; their file says how. */
class FunctionsTest {
    private static final double DOUBLE_DOUBLE = 0x1p-80;
    /** Eight ulp of binary64: 26 bits better than half an ulp of binary32. */
    private static final double BINARY64 = 0x1p-49;

    static Stream<String> values() throws IOException {
        try (InputStream file = Objects.requireNonNull(FunctionsTest.class.getResourceAsStream("functions.txt"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void doubleDoubleIsGoodToEightyBits(String line) {
        double[] x = numbers(line);
        Twofold result = line.startsWith("POW")
                ? Binary.POW.apply(Twofold.of(x[0]), Twofold.of(x[1]))
                : unary(line).apply(Twofold.of(x[0]));
        assertThat(relativeError(result, expected(x))).isLessThan(DOUBLE_DOUBLE);
    }

    @ParameterizedTest
    @MethodSource("values")
    void binary64IsGoodToAFewUlp(String line) {
        double[] x = numbers(line);
        double result = line.startsWith("POW")
                ? Binary.POW.apply(x[0], x[1])
                : unary(line).apply(x[0]);
        assertThat(relativeError(Twofold.of(result), expected(x))).isLessThan(BINARY64);
    }

    @Test
    void theBoundNoticesAnErrorOfOneBitTooMany() {
        Twofold shifted = new Twofold(1, 0x1p-79);
        assertThat(relativeError(shifted, BigDecimal.ONE)).isGreaterThan(DOUBLE_DOUBLE);
    }

    @Test
    void powersOfOneAreOneEvenForNaN() {
        assertThat(Binary.POW.apply(1, Double.NaN)).isEqualTo(1);
        assertThat(Binary.POW.apply(-1, Double.NEGATIVE_INFINITY)).isEqualTo(1);
        assertThat(Binary.POW.apply(Double.NaN, 0)).isEqualTo(1);
    }

    @Test
    void infinitiesAndNaNPassThroughDoubleDouble() {
        Twofold infinity = Twofold.of(Double.POSITIVE_INFINITY);
        assertThat(infinity.minus(infinity).hi()).isNaN();
        assertThat(infinity.plus(1).hi()).isInfinite();
        assertThat(Twofold.of(1).over(Twofold.of(-0.0)).hi()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Twofold.of(-0.0).plus(Twofold.of(-0.0)).hi()).isEqualTo(-0.0);
        assertThat(Functions.exp(infinity.negated()).hi()).isEqualTo(0);
        assertThat(ErrorFunction.erf(infinity.negated()).hi()).isEqualTo(-1);
    }

    private static Unary unary(String line) {
        return Unary.valueOf(line.substring(0, line.indexOf(' ')));
    }

    private static double[] numbers(String line) {
        return Arrays.stream(line.split(" "))
                .skip(1)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static BigDecimal expected(double[] numbers) {
        return new BigDecimal(numbers[numbers.length - 2]).add(new BigDecimal(numbers[numbers.length - 1]));
    }

    private static double relativeError(Twofold found, BigDecimal expected) {
        BigDecimal sum = new BigDecimal(found.hi()).add(new BigDecimal(found.lo()));
        return sum.subtract(expected)
                .abs()
                .divide(expected.abs(), java.math.MathContext.DECIMAL64)
                .doubleValue();
    }
}
