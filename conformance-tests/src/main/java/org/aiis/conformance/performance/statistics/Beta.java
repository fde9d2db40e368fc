package org.aiis.conformance.performance.statistics;

/**
 * Regularised incomplete beta function and the binomial tail that follows from it. The continued fraction is DLMF 8.17.22,
 * evaluated by the modified Lentz method; the logarithm of the gamma function is Stirling's series (DLMF 5.11.1), with
 * the argument moved to 15 or more. Relative error about 1e-12 over the ranges used here.
 */
final class Beta {
    private static final double[] STIRLING = {
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156
    };
    private static final int MOST_TERMS = 100_000;
    private static final double TINY = 1e-300;

    private Beta() {}

    /** I_x(a, b), for 0 ≤ x ≤ 1 and positive a and b. */
    static double regularised(double x, double a, double b) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        if (x > (a + 1) / (a + b + 2)) {
            return 1 - regularised(1 - x, b, a);
        }
        double front = a * StrictMath.log(x) + b * StrictMath.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b);
        return StrictMath.exp(front) / (a * fraction(x, a, b));
    }

    /** P(X ≥ t) for X binomial with n trials of probability p. */
    static double binomialTail(long t, long n, double p) {
        return t <= 0 ? 1 : t > n ? 0 : regularised(p, (double) t, (double) (n - t + 1));
    }

    private static double fraction(double x, double a, double b) {
        double f = 1;
        double c = 1;
        double d = 0;
        for (int m = 0; m < MOST_TERMS; m++) {
            double even = m == 0 ? 0 : m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            double before = f;
            for (double term : m == 0 ? new double[] {odd} : new double[] {even, odd}) {
                d = 1 / away(1 + term * d);
                c = away(1 + term / c);
                f *= c * d;
            }
            if (Math.abs(f - before) <= 1e-16 * Math.abs(f)) {
                return f;
            }
        }
        throw new ArithmeticException("the continued fraction of I_" + x + "(" + a + ", " + b + ") did not converge");
    }

    private static double away(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    static double logGamma(double z) {
        double x = z;
        double shift = 0;
        while (x < 15) {
            shift += StrictMath.log(x);
            x++;
        }
        double series = 0;
        double power = x;
        for (double coefficient : STIRLING) {
            series += coefficient / power;
            power *= x * x;
        }
        return (x - 0.5) * StrictMath.log(x) - x + 0.5 * StrictMath.log(2 * Math.PI) + series - shift;
    }
}
