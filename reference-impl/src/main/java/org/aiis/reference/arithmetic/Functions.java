package org.aiis.reference.arithmetic;

/**
 * Elementary functions in double-double, good to at least 90 bits relative to the result where it is a normal number
 * whose low part does not underflow.
 *
 * <p>Argument reduction and Taylor series as in the QD library (Hida, Li, Bailey 2001); the logarithm by the series of
 * the inverse hyperbolic tangent instead of a Newton step, so that it keeps its relative accuracy near 1.
 */
final class Functions {
    private static final Twofold LN2 = new Twofold(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56);
    private static final int HALVINGS = 9;
    /** Below it the third term of a series, x³ times at most 1/3, is less than 2^-108 of the first. */
    private static final double TINY = 0x1p-54;

    private Functions() {}

    static Twofold exp(Twofold x) {
        if (!x.isFinite() || x.hi() > 710 || x.hi() < -746) {
            return Twofold.of(StrictMath.exp(x.hi()));
        }
        int power = (int) Math.rint(x.hi() / LN2.hi());
        return reducedExpm1(x.minus(LN2.times(power))).plus(1).scaled(power);
    }

    /** exp(x) − 1, accurate for small arguments too. */
    static Twofold expm1(Twofold x) {
        if (Math.abs(x.hi()) < TINY) {
            return x.plus(x.times(x).scaled(-1));
        }
        return Math.abs(x.hi()) < 0.4 ? reducedExpm1(x) : exp(x).plus(-1);
    }

    /** exp(x) − 1 for |x| below 0.4: Taylor series of x/512, then nine doublings (1 + s)² − 1 = 2s + s². */
    private static Twofold reducedExpm1(Twofold x) {
        Twofold small = x.scaled(-HALVINGS);
        Twofold term = small;
        Twofold sum = small;
        for (int n = 2; n <= 11; n++) {
            term = term.times(small).over(Twofold.of(n));
            sum = sum.plus(term);
        }
        for (int i = 0; i < HALVINGS; i++) {
            sum = sum.scaled(1).plus(sum.times(sum));
        }
        return sum;
    }

    static Twofold log(Twofold x) {
        if (!x.isFinite() || x.hi() <= 0) {
            return Twofold.of(StrictMath.log(x.hi()));
        }
        boolean subnormal = x.hi() < Double.MIN_NORMAL;
        Twofold scaled = subnormal ? x.scaled(64) : x;
        int power = Math.getExponent(scaled.hi());
        if (Math.scalb(scaled.hi(), -power) > 1.4142135623730951) {
            power++;
        }
        Twofold m = scaled.scaled(-power);
        Twofold logarithm = twiceAtanh(m.plus(-1).over(m.plus(1)));
        return LN2.times(power - (subnormal ? 64 : 0)).plus(logarithm);
    }

    /** log((1 + s)/(1 − s)) for |s| up to 0.18. */
    static Twofold twiceAtanh(Twofold s) {
        Twofold square = s.times(s);
        Twofold sum = Twofold.ZERO;
        for (int n = 43; n >= 1; n -= 2) {
            sum = sum.times(square).plus(Twofold.ONE.over(Twofold.of(n)));
        }
        return sum.times(s).scaled(1);
    }

    static Twofold tanh(Twofold x) {
        if (!x.isFinite() || x.hi() == 0) {
            return Twofold.of(StrictMath.tanh(x.hi()));
        }
        if (Math.abs(x.hi()) < TINY) {
            return x;
        }
        if (Math.abs(x.hi()) < 0.2) {
            Twofold e = expm1(x.scaled(1));
            return e.over(e.plus(2));
        }
        Twofold q = exp(x.magnitude().scaled(1).negated());
        Twofold positive = Twofold.ONE.minus(q).over(q.plus(1));
        return x.hi() < 0 ? positive.negated() : positive;
    }

    static Twofold sigmoid(Twofold x) {
        Twofold e = exp(x.magnitude().negated());
        return (x.hi() < 0 ? e : Twofold.ONE).over(e.plus(1));
    }

    static Twofold pow(Twofold x, Twofold y) {
        double near = pow(x.hi(), y.hi());
        if (!Double.isFinite(near) || near == 0 || x.hi() == 0 || !x.isFinite() || !y.isFinite() || y.hi() == 0) {
            return Twofold.of(near);
        }
        if (y.hi() == 2 && y.lo() == 0) {
            return x.times(x);
        }
        Twofold power = exp(y.times(log(x.magnitude())));
        return near < 0 ? power.negated() : power;
    }

    /** IEC 60559's pow: other than in Java, 1 to any power and −1 to an infinite power are 1. */
    static double pow(double x, double y) {
        return x == 1 || x == -1 && Double.isInfinite(y) ? 1 : StrictMath.pow(x, y);
    }

    /** The same for binary64, to 2 ulp: without the overflow of 1 + exp(−x) for large negative arguments. */
    static double sigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }
}
