package org.aiis.reference.operators.signal;

import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Unary;

/**
 * The factors exp(±2πj·k/n) of a Fourier transform of length n: cosines and sines of n-th parts of the circle.
 *
 * <p>A right implementation calculates a factor from an angle that is rounded to the type, so each has the error that an
 * angle of up to 2π makes in it, besides its own rounding. Values by the symmetries of the octant, which keep zeros and
 * ones exact, from StrictMath in binary64 and from Taylor series in double-double.
 */
final class Spectrum {
    private static final double PI_HI = Math.PI;
    private static final double PI_LO = 1.2246467991473532e-16;

    private Spectrum() {}

    /** cos(2πk/n) for k from 0 to before n, or sin. */
    static Numbers factors(Arithmetic a, int n, boolean sine) {
        double[] hi = new double[n];
        double[] lo = new double[n];
        double[] slope = new double[n];
        double[] part = new double[n];
        for (int k = 0; k < n; k++) {
            double[] value = cosine(sine ? 4L * k - n : 4L * k, n);
            hi[k] = value[0];
            lo[k] = value[1];
            slope[k] = cosine(sine ? 4L * k : 4L * k - n, n)[0];
            part[k] = k;
        }
        Numbers turn = a.binary(Binary.DIV, Reals.own(part), a.constant(n, n));
        Numbers angle = a.binary(Binary.MUL, a.unary(Unary.STORED, a.constant(2 * PI_HI, n)), turn);
        Numbers error = a.binary(Binary.SUB, angle, ((Reals) angle).withoutErrors());
        Numbers moved = a.binary(Binary.MUL, Reals.own(slope), error);
        return a.refined(a.binary(Binary.ADD, Reals.own(hi.clone()), moved), Reals.own(hi, lo));
    }

    /** cos(2π·quarters/(4n)) as hi + lo, by the octant that the angle lies in. */
    private static double[] cosine(long quarters, long n) {
        long q = Math.floorMod(quarters, 4 * n);
        q = q > 2 * n ? 4 * n - q : q;
        boolean negative = q > n;
        q = negative ? 2 * n - q : q;
        // Now the angle is πq/(2n), in [0, π/2].
        double[] value = 2 * q <= n ? series((double) q, (double) n, true) : series((double) (n - q), (double) n, false);
        return negative ? new double[] {0 - value[0], 0 - value[1]} : value;
    }

    /** cos or sin of πq/(2n), at most π/4, by its Taylor series in pairs of doubles. */
    private static double[] series(double q, double n, boolean cosine) {
        double[] x = divided(times(new double[] {PI_HI, PI_LO}, new double[] {q, 0}), 2.0 * n);
        double[] square = times(x, x);
        double[] term = cosine ? new double[] {1, 0} : x;
        double[] sum = term;
        for (int i = cosine ? 1 : 2; i < 28; i += 2) {
            term = divided(times(term, square), -(double) i * (i + 1));
            sum = plus(sum, term);
        }
        return sum;
    }

    private static double[] plus(double[] a, double[] b) {
        double sum = a[0] + b[0];
        double part = sum - a[0];
        double rest = a[0] - (sum - part) + (b[0] - part) + (a[1] + b[1]);
        return normal(sum, rest);
    }

    private static double[] times(double[] a, double[] b) {
        double product = a[0] * b[0];
        double rest = Math.fma(a[0], b[0], -product) + (a[0] * b[1] + a[1] * b[0]);
        return normal(product, rest);
    }

    private static double[] divided(double[] a, double b) {
        double first = a[0] / b;
        double rest = Math.fma(-first, b, a[0]) + a[1];
        return normal(first, rest / b);
    }

    private static double[] normal(double high, double low) {
        double sum = high + low;
        return new double[] {sum, low - (sum - high)};
    }
}
