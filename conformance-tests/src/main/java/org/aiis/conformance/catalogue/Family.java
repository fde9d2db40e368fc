package org.aiis.conformance.catalogue;

import org.aiis.spec.tensor.FloatFormat;

/** Families of floating-point inputs; each finds faults that the others do not. */
public enum Family {
    /** Plain numbers in [-8, 8). */
    UNIFORM,
    /** Either sign, exponents from a third of the largest up to it. */
    LARGE,
    /** Either sign, exponents from a third of the smallest down to subnormal. */
    SMALL,
    /** 1 plus or minus a few ulps: cancellation and lost bits. */
    NEAR_ONE,
    /** Halves and quarters: ties of every rounding. */
    TIES,
    /** Any finite bit pattern, each exponent as likely as another. */
    WIDE;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** One number of the family, a value of the format. */
    public double draw(Seeded seeded, FloatFormat format) {
        int top = Math.getExponent(format.largestFinite());
        return format.round(
                switch (this) {
                    case UNIFORM -> seeded.between(-8, 8);
                    case LARGE -> scaled(seeded, top / 3, top - 1);
                    case SMALL -> scaled(seeded, -top - format.fractionBits() / 2, -top / 3);
                    case NEAR_ONE -> 1 + seeded.integer(-9, 9) * 2 * format.unitRoundoff();
                    case TIES -> seeded.integer(-40, 40) * 0.25;
                    case WIDE -> scaled(seeded, 1 - top - format.fractionBits(), top - 1);
                });
    }

    private static double scaled(Seeded seeded, int low, int high) {
        return Math.scalb((seeded.coin() ? 1 : -1) * seeded.between(1, 2), (int) seeded.integer(low, high));
    }
}
