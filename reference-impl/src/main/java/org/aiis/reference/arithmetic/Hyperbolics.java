package org.aiis.reference.arithmetic;

/**
 * Hyperbolic functions, their inverses, and functions made of exponentials, in binary64 (a few ulp) and in double-double
 * (at least 80 bits), each in a form that does not cancel.
 *
 * <p>asinh x = log1p(x + x²/(1 + √(1 + x²))), acosh x = log1p(t + √(2t + t²)) with t = x − 1, atanh x = ½·log1p(2x/(1 −
 * x)) (W. Kahan, Branch Cuts for Complex Elementary Functions, 1987); from 2^60 on asinh and acosh are log x + log 2.
 */
final class Hyperbolics {
    private static final double HUGE = 0x1p60;
    private static final double TINY = 0x1p-54;
    private static final double LN2 = 0x1.62e42fefa39efp-1;
    private static final Twofold TWO = Twofold.of(2);
    private static final Twofold LN2_TWOFOLD = Functions.log(TWO);

    private Hyperbolics() {}

    static double asinh(double x) {
        double size = Math.abs(x);
        double result = size >= HUGE
                ? StrictMath.log(size) + LN2
                : StrictMath.log1p(size + size * size / (1 + Math.sqrt(1 + size * size)));
        return Math.copySign(result, x);
    }

    static double acosh(double x) {
        double t = x - 1;
        return x < 1
                ? Double.NaN
                : x >= HUGE ? StrictMath.log(x) + LN2 : StrictMath.log1p(t + Math.sqrt(2 * t + t * t));
    }

    static double atanh(double x) {
        double size = Math.abs(x);
        return Math.copySign(0.5 * StrictMath.log1p(2 * size / (1 - size)), x);
    }

    static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    /** x·tanh(softplus x), with e = exp(−|x|); −0 at −∞, the limit. */
    static double mish(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        double rising = x < 0 ? e * (e + 2) : 1 + 2 * e;
        return x == Double.NEGATIVE_INFINITY ? -0.0 : x * (rising / (rising + (x < 0 ? 2 : 2 * e * e)));
    }

    static double softsign(double x) {
        return Double.isInfinite(x) ? Math.copySign(1, x) : x / (1 + Math.abs(x));
    }

    /** log(1 + x) for x > −1, accurate for small x too. */
    private static Twofold log1p(Twofold x) {
        return Math.abs(x.hi()) < 0.25 ? Functions.twiceAtanh(x.over(x.plus(2))) : Functions.log(x.plus(1));
    }

    static Twofold sinh(Twofold x) {
        if (!x.isFinite() || Math.abs(x.hi()) < TINY) {
            return x;
        }
        Twofold size = x.magnitude();
        Twofold result = size.hi() > 40 ? halfExp(size) : halfDifference(size);
        return x.hi() < 0 ? result.negated() : result;
    }

    private static Twofold halfDifference(Twofold x) {
        Twofold e = Functions.expm1(x);
        return e.plus(e.over(e.plus(1))).scaled(-1);
    }

    static Twofold cosh(Twofold x) {
        Twofold size = x.magnitude();
        if (!x.isFinite() || size.hi() > 40) {
            return x.isFinite() ? halfExp(size) : Twofold.of(Math.abs(x.hi()));
        }
        Twofold e = Functions.exp(size);
        return e.plus(Twofold.ONE.over(e)).scaled(-1);
    }

    /** exp(x)/2 in two factors, since exp(x) may overflow where the half does not. */
    private static Twofold halfExp(Twofold x) {
        Twofold root = Functions.exp(x.scaled(-1));
        return root.scaled(-1).times(root);
    }

    static Twofold asinh(Twofold x) {
        if (!x.isFinite() || Math.abs(x.hi()) < TINY) {
            return x;
        }
        Twofold size = x.magnitude();
        Twofold result = size.hi() >= HUGE ? Functions.log(size).plus(LN2_TWOFOLD) : log1p(asinhArgument(size));
        return x.hi() < 0 ? result.negated() : result;
    }

    private static Twofold asinhArgument(Twofold x) {
        Twofold square = x.times(x);
        return x.plus(square.over(square.plus(1).squareRoot().plus(1)));
    }

    static Twofold acosh(Twofold x) {
        if (!x.isFinite() || x.hi() < 1) {
            return Twofold.of(acosh(x.hi()));
        }
        Twofold t = x.plus(-1);
        return x.hi() >= HUGE
                ? Functions.log(x).plus(LN2_TWOFOLD)
                : log1p(t.plus(t.times(t.plus(2)).squareRoot()));
    }

    static Twofold atanh(Twofold x) {
        if (!(Math.abs(x.hi()) < 1) || Math.abs(x.hi()) < TINY) {
            return Math.abs(x.hi()) < TINY ? x : Twofold.of(atanh(x.hi()));
        }
        Twofold size = x.magnitude();
        Twofold result = log1p(size.scaled(1).over(Twofold.ONE.minus(size))).scaled(-1);
        return x.hi() < 0 ? result.negated() : result;
    }

    static Twofold softplus(Twofold x) {
        if (!x.isFinite()) {
            return Twofold.of(softplus(x.hi()));
        }
        Twofold e = log1p(Functions.exp(x.magnitude().negated()));
        return x.hi() > 0 ? x.plus(e) : e;
    }

    static Twofold mish(Twofold x) {
        if (!x.isFinite() || x.hi() == 0) {
            return Twofold.of(mish(x.hi()));
        }
        Twofold e = Functions.exp(x.magnitude().negated());
        Twofold rising = x.hi() < 0 ? e.times(e.plus(2)) : e.scaled(1).plus(1);
        Twofold rest = x.hi() < 0 ? TWO : e.times(e).scaled(1);
        return x.times(rising.over(rising.plus(rest)));
    }

    static Twofold softsign(Twofold x) {
        return x.isFinite() ? x.over(x.magnitude().plus(1)) : Twofold.of(softsign(x.hi()));
    }
}
