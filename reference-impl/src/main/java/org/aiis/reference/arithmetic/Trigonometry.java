package org.aiis.reference.arithmetic;

import java.math.BigInteger;

/**
 * Sine, cosine, tangent and their inverses in double-double, good to at least 90 bits relative to the result, for every
 * finite argument.
 *
 * <p>The argument is reduced by π/2 in fixed point with 1280 bits of 2/π (Payne and Hanek 1983; J.-M. Muller, Elementary
 * Functions, chapter 11): a binary64 number comes no closer to a multiple of π/2 than 2^-62, so that 200 fraction bits
 * leave 138. Then the Taylor series; the inverses by one Newton step from {@link StrictMath}.
 */
final class Trigonometry {
    private static final int FRACTION = 200;
    private static final int STORED = 1280;
    private static final BigInteger TWO_BY_PI = new BigInteger(
            "a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e0"
                    + "06492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f4"
                    + "9c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d"
                    + "7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361d",
            16);
    static final Twofold HALF_PI = new Twofold(0x1.921fb54442d18p0, 0x1.1a62633145c07p-54);
    /** Below it the cube of the argument is less than 2^-108 of it. */
    private static final double TINY = 0x1p-54;

    private Trigonometry() {}

    /** An argument as {@code quarters}·π/2 + rest, |rest| ≤ π/4, quarters modulo 4. */
    private record Reduced(int quarters, Twofold rest) {
        static Reduced of(Twofold x) {
            if (Math.abs(x.hi()) < 0.78) {
                return new Reduced(0, x);
            }
            BigInteger turns = fixed(x.hi()).add(fixed(x.lo()));
            BigInteger nearest =
                    turns.add(BigInteger.ONE.shiftLeft(FRACTION - 1)).shiftRight(FRACTION);
            Twofold fraction = leading(turns.subtract(nearest.shiftLeft(FRACTION)));
            return new Reduced(nearest.intValue() & 3, fraction.times(HALF_PI));
        }

        /** x·2/π in units of 2^-200; whole turns stay in, they do no harm. */
        private static BigInteger fixed(double x) {
            if (x == 0) {
                return BigInteger.ZERO;
            }
            int power = Math.max(Math.getExponent(x), Double.MIN_EXPONENT) - 52;
            BigInteger product =
                    BigInteger.valueOf((long) Math.scalb(x, -power)).multiply(TWO_BY_PI);
            return product.shiftRight(STORED - FRACTION - power);
        }

        /** The leading 106 bits of a number in units of 2^-200. */
        private static Twofold leading(BigInteger units) {
            int dropped = Math.max(units.bitLength() - 106, 0);
            BigInteger kept = units.abs().shiftRight(dropped);
            Twofold sum = Twofold.sum(kept.shiftRight(53).longValue() * 0x1p53, (double)
                    kept.and(BigInteger.ONE.shiftLeft(53).subtract(BigInteger.ONE))
                            .longValue());
            Twofold scaled = sum.scaled(dropped - FRACTION);
            return units.signum() < 0 ? scaled.negated() : scaled;
        }
    }

    static Twofold sin(Twofold x) {
        if (!x.isFinite() || Math.abs(x.hi()) < TINY) {
            return x.isFinite() ? x : Twofold.of(Double.NaN);
        }
        Reduced reduced = Reduced.of(x);
        Twofold size = (reduced.quarters & 1) == 0 ? sine(reduced.rest) : cosine(reduced.rest);
        return reduced.quarters < 2 ? size : size.negated();
    }

    static Twofold cos(Twofold x) {
        if (!x.isFinite()) {
            return Twofold.of(Double.NaN);
        }
        Reduced reduced = Reduced.of(x);
        Twofold size = (reduced.quarters & 1) == 0 ? cosine(reduced.rest) : sine(reduced.rest);
        return reduced.quarters == 0 || reduced.quarters == 3 ? size : size.negated();
    }

    static Twofold tan(Twofold x) {
        if (!x.isFinite() || Math.abs(x.hi()) < TINY) {
            return x.isFinite() ? x : Twofold.of(Double.NaN);
        }
        Reduced reduced = Reduced.of(x);
        Twofold sine = sine(reduced.rest);
        Twofold cosine = cosine(reduced.rest);
        return (reduced.quarters & 1) == 0
                ? sine.over(cosine)
                : cosine.over(sine).negated();
    }

    private static Twofold sine(Twofold x) {
        Twofold square = x.times(x).negated();
        Twofold term = x;
        Twofold sum = x;
        for (int n = 3; n <= 29; n += 2) {
            term = term.times(square).over(Twofold.of(n * (n - 1)));
            sum = sum.plus(term);
        }
        return sum;
    }

    private static Twofold cosine(Twofold x) {
        Twofold square = x.times(x).negated();
        Twofold term = Twofold.ONE;
        Twofold sum = Twofold.ONE;
        for (int n = 2; n <= 30; n += 2) {
            term = term.times(square).over(Twofold.of(n * (n - 1)));
            sum = sum.plus(term);
        }
        return sum;
    }

    static Twofold asin(Twofold x) {
        Twofold size = x.magnitude();
        if (!inside(size)) {
            return Twofold.of(Double.NaN);
        }
        if (size.hi() < TINY) {
            return x;
        }
        Twofold result = size.hi() <= 0.6
                ? newton(size)
                : HALF_PI.minus(newton(half(size)).scaled(1));
        return x.hi() < 0 ? result.negated() : result;
    }

    static Twofold acos(Twofold x) {
        Twofold size = x.magnitude();
        if (!inside(size)) {
            return Twofold.of(Double.NaN);
        }
        if (size.hi() <= 0.6) {
            return HALF_PI.minus(asin(x));
        }
        Twofold twice = newton(half(size)).scaled(1);
        return x.hi() > 0 ? twice : HALF_PI.scaled(1).minus(twice);
    }

    private static boolean inside(Twofold size) {
        return size.hi() < 1 || size.hi() == 1 && size.lo() <= 0;
    }

    /** √((1 − x)/2), the sine of half the angle whose cosine is x. */
    private static Twofold half(Twofold x) {
        return Twofold.ONE.minus(x).scaled(-1).squareRoot();
    }

    private static Twofold newton(Twofold x) {
        Twofold near = Twofold.of(StrictMath.asin(x.hi()));
        return near.plus(x.minus(sine(near)).over(cosine(near)));
    }

    static Twofold atan(Twofold x) {
        if (!x.isFinite() || Math.abs(x.hi()) < TINY) {
            return x.isFinite() ? x : Twofold.of(StrictMath.atan(x.hi()));
        }
        Twofold size = x.magnitude();
        boolean large = size.hi() > 1;
        Twofold argument = large ? Twofold.ONE.over(size) : size;
        Twofold near = Twofold.of(StrictMath.atan(argument.hi()));
        Twofold tangent = sine(near).over(cosine(near));
        Twofold rest = argument.minus(tangent).over(argument.times(tangent).plus(1));
        Twofold angle = near.plus(rest);
        Twofold result = large ? HALF_PI.minus(angle) : angle;
        return x.hi() < 0 ? result.negated() : result;
    }
}
