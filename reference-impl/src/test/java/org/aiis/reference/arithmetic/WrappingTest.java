package org.aiis.reference.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.aiis.spec.tensor.ElementType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Products of integer matrices, against sums of any size that are wrapped at the end. */
class WrappingTest {
    private static final int ROWS = 19;
    private static final int INNER = 7;
    private static final int COLUMNS = 5;

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"INT32", "INT64", "UINT32", "UINT64"})
    void aProductIsTheExactSumWrapped(ElementType type) {
        SplittableRandom random = new SplittableRandom(5);
        long[] left = drawn(type, random, ROWS * INNER);
        long[] right = drawn(type, random, INNER * COLUMNS);
        long[] addend = drawn(type, random, ROWS * COLUMNS);
        for (boolean leftTurned : new boolean[] {false, true}) {
            for (boolean rightTurned : new boolean[] {false, true}) {
                for (long[] added : new long[][] {addend, new long[0]}) {
                    Matrix a = Matrix.oriented(
                            Integers.own(left), leftTurned ? INNER : ROWS, leftTurned ? ROWS : INNER, leftTurned);
                    Matrix b = Matrix.oriented(
                            Integers.own(right),
                            rightTurned ? COLUMNS : INNER,
                            rightTurned ? INNER : COLUMNS,
                            rightTurned);
                    Integers got = (Integers) new Wrapping(type).dots(a, b, Integers.own(added));

                    for (int m = 0; m < ROWS; m++) {
                        for (int n = 0; n < COLUMNS; n++) {
                            BigInteger sum = BigInteger.valueOf(added.length == 0 ? 0 : added[m * COLUMNS + n]);
                            for (int k = 0; k < INNER; k++) {
                                long x = left[leftTurned ? k * ROWS + m : m * INNER + k];
                                long y = right[rightTurned ? n * INNER + k : k * COLUMNS + n];
                                sum = sum.add(BigInteger.valueOf(x).multiply(BigInteger.valueOf(y)));
                            }
                            assertThat(got.at(m * COLUMNS + n)).isEqualTo(type.wrap(sum.longValue()));
                        }
                    }
                }
            }
        }
        assertThat(addend).isEqualTo(drawn(type, again(), ROWS * COLUMNS));
    }

    /** Behind what was drawn for both matrices: nothing that was given is written to. */
    private static SplittableRandom again() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < ROWS * INNER + INNER * COLUMNS; i++) {
            random.nextLong();
            random.nextInt();
        }
        return random;
    }

    /** Of all bits, every fifth a zero. */
    private static long[] drawn(ElementType type, SplittableRandom random, int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            long value = random.nextLong();
            values[i] = Math.floorMod(random.nextInt(), 5) == 0 ? 0 : type.wrap(value);
        }
        return values;
    }
}
