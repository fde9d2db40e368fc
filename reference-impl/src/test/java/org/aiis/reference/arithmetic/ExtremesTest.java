package org.aiis.reference.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Double-double at the largest and the smallest numbers, against values that mpmath calculated; their file says how. */
class ExtremesTest {
    private static final List<String> BINARY = List.of("ADD", "MUL", "DIV", "POW");

    static Stream<String> values() throws IOException {
        try (InputStream file = Objects.requireNonNull(ExtremesTest.class.getResourceAsStream("extremes.txt"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void theResultIsTheRoundedOneToHalfAnUlp(String line) {
        String function = line.substring(0, line.indexOf(' '));
        double[] x = Arrays.stream(line.split(" "))
                .skip(1)
                .mapToDouble(Double::parseDouble)
                .toArray();
        Twofold result = BINARY.contains(function)
                ? Binary.valueOf(function).apply(Twofold.of(x[0]), Twofold.of(x[1]))
                : Unary.valueOf(function).apply(Twofold.of(x[0]));
        double expected = x[x.length - 1];
        if (Math.abs(expected) < Double.MIN_NORMAL || Double.isInfinite(expected)) {
            assertThat(result.hi()).isEqualTo(expected);
            assertThat(result.lo()).isZero();
        } else {
            assertThat(Math.abs(result.hi() - expected + result.lo())).isLessThanOrEqualTo(Math.ulp(expected) / 2);
        }
    }

    @Test
    void scalingIntoTheSubnormalNumbersRoundsBothPartsTogether() {
        Twofold justBelowATie = new Twofold(1.5, -0x1p-60);
        assertThat(justBelowATie.scaled(-1074)).isEqualTo(Twofold.of(Double.MIN_VALUE));
        assertThat(justBelowATie.negated().scaled(-1074)).isEqualTo(Twofold.of(-Double.MIN_VALUE));
    }
}
