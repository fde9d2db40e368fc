package org.aiis.reference.arithmetic;

/**
 * The error function and its complement, in binary64 (a few ulp) and in double-double (at least 80 bits).
 *
 * <p>Below 2 the series erf(x) = 2/√π·exp(−x²)·Σ 2^n x^(2n+1)/(1·3·…·(2n+1)), whose terms all have one sign (Abramowitz
 * and Stegun 7.1.6); from 2 the continued fraction of the complement (7.1.14), evaluated from its tail. erf keeps its
 * relative accuracy everywhere, the complement for x ≥ 0 and, being near 2, for x < 0 too.
 */
final class ErrorFunction {
    private static final double SWITCH = 2;
    private static final Twofold TWO_BY_ROOT_PI = new Twofold(0x1.20dd750429b6dp0, 0x1.1ae3a914fed80p-56);
    private static final Twofold ROOT_PI = new Twofold(0x1.c5bf891b4ef6bp0, -0x1.618f13eb7ca89p-54);
    private static final Twofold HALF_ROOT = new Twofold(0x1.6a09e667f3bcdp-1, -0x1.bdd3413b26456p-55);

    private ErrorFunction() {}

    static double erf(double x) {
        double positive = Math.abs(x);
        if (Double.isNaN(x) || x == 0) {
            return x;
        }
        return Math.copySign(positive < SWITCH ? series(positive) : 1 - fraction(positive), x);
    }

    static double erfc(double x) {
        if (x < 0) {
            return 1 + erf(-x);
        }
        return x < SWITCH ? 1 - series(x) : fraction(x);
    }

    static Twofold erf(Twofold x) {
        if (!x.isFinite() || x.hi() == 0) {
            return Twofold.of(erf(x.hi()));
        }
        Twofold positive = x.magnitude();
        Twofold result = positive.hi() < SWITCH ? series(positive) : Twofold.ONE.minus(fraction(positive));
        return x.hi() < 0 ? result.negated() : result;
    }

    static Twofold erfc(Twofold x) {
        if (x.hi() < 0) {
            return erf(x.negated()).plus(1);
        }
        return x.hi() < SWITCH ? Twofold.ONE.minus(series(x)) : fraction(x);
    }

    /** x·Φ(x), where the usual formula cancels for negative x: half of x times erfc(−x/√2); −0 at −∞, the limit. */
    static double gelu(double x) {
        return x == Double.NEGATIVE_INFINITY ? -0.0 : 0.5 * x * erfc(-x * HALF_ROOT.hi());
    }

    static Twofold gelu(Twofold x) {
        return x.isFinite() ? x.scaled(-1).times(erfc(x.negated().times(HALF_ROOT))) : Twofold.of(gelu(x.hi()));
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; term > sum * 0x1p-56; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return TWO_BY_ROOT_PI.hi() * StrictMath.exp(-x * x) * sum;
    }

    private static double fraction(double x) {
        if (x > 40) {
            return Double.isNaN(x) ? x : 0;
        }
        double tail = x;
        for (int n = levels(x, 20); n >= 1; n--) {
            tail = x + n / 2.0 / tail;
        }
        // exp(−x²) in two factors, since rounding x² alone would cost x² ulp.
        double coarse = (float) x;
        double e = StrictMath.exp(-coarse * coarse) * StrictMath.exp((coarse - x) * (coarse + x));
        return e / (tail * ROOT_PI.hi());
    }

    private static Twofold series(Twofold x) {
        Twofold square = x.times(x);
        Twofold term = x;
        Twofold sum = x;
        for (int n = 1; term.hi() > sum.hi() * 0x1p-108; n++) {
            term = term.times(square).scaled(1).over(Twofold.of(2 * n + 1));
            sum = sum.plus(term);
        }
        return TWO_BY_ROOT_PI.times(Functions.exp(square.negated())).times(sum);
    }

    private static Twofold fraction(Twofold x) {
        if (!(x.hi() <= 40)) {
            return Twofold.of(fraction(x.hi()));
        }
        Twofold tail = x;
        for (int n = levels(x.hi(), 40); n >= 1; n--) {
            tail = x.plus(Twofold.of(n / 2.0).over(tail));
        }
        return Functions.exp(x.times(x).negated()).over(tail.times(ROOT_PI));
    }

    /** Convergents needed: the error falls like exp(−2x√(2n)), so √n grows with the bits and falls with x. */
    private static int levels(double x, double scale) {
        return 20 + (int) (scale / x * (scale / x));
    }
}
