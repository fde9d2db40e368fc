package org.aiis.reference.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.aiis.spec.tensor.FloatFormat;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The quick way to count partial sums against the plain one, which {@link PartialSums} is. */
class DotErrorsTest {
    private static final FloatFormat FORMAT = FloatFormat.BINARY32;

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "3, 17, 5, 1", "2, 300, 131, 1", "4, 9, 7, 1e-36", "3, 5, 4, 0"})
    void aRowOfSumsIsCountedAlikeBothWays(int rows, int terms, int columns, double size) {
        Random random = new Random(rows + terms);
        Reals left = reals(random, rows * terms, size, true);
        Reals right = reals(random, terms * columns, size, true);
        Reals addend = reals(random, rows * columns, size, true);
        BitSet absent = new BitSet();
        for (int i = 0; i < terms * columns; i += 7) {
            absent.set(i);
            right.hi[i] = 0;
            right.sigma[i] = 0;
        }
        Matrix a = Matrix.rowMajor(left, 0, rows, terms);
        Matrix b = Matrix.padded(right, terms, columns, absent);
        Reals product = (Reals) new Binary64().dots(a, b, addend);

        Reals counted = new Errors(FORMAT).dots(a, b, addend, product);

        for (int m = 0; m < rows; m++) {
            PartialSums plain = new PartialSums(columns, FORMAT.unitRoundoff(), FORMAT.smallestNormal());
            count(plain, left, right, addend, absent, m, terms, columns);
            for (int n = 0; n < columns; n++) {
                int i = m * columns + n;
                assertThat(counted.sigma(i)).isCloseTo(plain.sigma(n, product.hi[i]), Percentage.withPercentage(1e-6));
                assertThat(counted.magnitude(i)).isCloseTo(plain.magnitude(n), Percentage.withPercentage(1e-6));
            }
        }
    }

    private static void count(
            PartialSums plain, Reals left, Reals right, Reals addend, BitSet absent, int m, int terms, int columns) {
        for (int n = 0; n < columns; n++) {
            for (int k = 0; k < terms; k++) {
                if (!absent.get(k * columns + n)) {
                    plain.see(n, left.hi[m * terms + k] * right.hi[k * columns + n]);
                    plain.see(n, left.sigma(m * terms + k) * right.hi[k * columns + n]);
                    plain.see(n, left.hi[m * terms + k] * right.sigma(k * columns + n));
                }
            }
            plain.see(n, addend.hi[m * columns + n]);
            plain.see(n, addend.sigma(m * columns + n));
        }
        plain.scale();
        for (int n = 0; n < columns; n++) {
            for (int k = 0; k < terms; k++) {
                if (!absent.get(k * columns + n)) {
                    plain.add(n, left.hi[m * terms + k] * right.hi[k * columns + n], true);
                    plain.inherit(n, left.sigma(m * terms + k) * right.hi[k * columns + n]);
                    plain.inherit(n, left.hi[m * terms + k] * right.sigma(k * columns + n));
                }
            }
            plain.add(n, addend.hi[m * columns + n], false);
            plain.inherit(n, addend.sigma(m * columns + n));
            plain.addBackward(n, addend.hi[m * columns + n]);
            for (int k = terms - 1; k >= 0; k--) {
                if (!absent.get(k * columns + n)) {
                    plain.addBackward(n, left.hi[m * terms + k] * right.hi[k * columns + n]);
                }
            }
        }
    }

    private static Reals reals(Random random, int count, double size, boolean inexact) {
        double[] values = random.doubles(count, -size, size == 0 ? Double.MIN_VALUE : size)
                .toArray();
        double[] sigmas = random.doubles(count, 0, size == 0 ? Double.MIN_VALUE : size * 1e-7)
                .toArray();
        return Reals.own(values).withErrors(inexact ? sigmas : Reals.NONE, Reals.NONE);
    }
}
