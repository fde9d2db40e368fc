package org.aiis.conformance.qualification.dots;

import org.aiis.spec.tensor.FloatFormat;

/**
 * Arithmetic of one format, carried in binary64. A product or a sum of two numbers of a format is rounded to binary64 first
 * and then to the format; with at least 2p + 2 bits between them this is the same as rounding once (S. Figueroa 1995).
 */
final class Machine {
    static final Machine BINARY64 = new Machine(FloatFormat.BINARY64);
    static final Machine BINARY32 = new Machine(FloatFormat.BINARY32);
    static final Machine BINARY16 = new Machine(FloatFormat.BINARY16);
    static final Machine BFLOAT16 = new Machine(FloatFormat.BFLOAT16);
    static final Machine TF32 = new Machine(FloatFormat.TF32);

    private final FloatFormat format;
    private final int dropped;
    private final long half;
    private final long kept;
    private final double least;
    private final double most;

    Machine(FloatFormat format) {
        this.format = format;
        dropped = 52 - format.fractionBits();
        half = dropped == 0 ? 0 : (1L << (dropped - 1)) - 1;
        kept = -(1L << dropped);
        least = format.smallestNormal();
        most = format.largestFinite();
    }

    static Machine of(FloatFormat format) {
        return new Machine(format);
    }

    FloatFormat format() {
        return format;
    }

    /** To nearest, ties to even. */
    double round(double exact) {
        double size = Math.abs(exact);
        if (dropped == 0 || size == 0) {
            return exact;
        }
        if (!(size >= least && size < most)) {
            return format.round(exact);
        }
        long bits = Double.doubleToRawLongBits(exact);
        return Double.longBitsToDouble(bits + half + (bits >>> dropped & 1) & kept);
    }

    /** Toward zero; overflow stays infinite. */
    double truncate(double exact) {
        double size = Math.abs(exact);
        if (dropped == 0 || size == 0 || Double.isInfinite(exact)) {
            return exact;
        }
        if (size < least) {
            double quantum = format.smallestSubnormal();
            double units = exact / quantum;
            return (units < 0 ? Math.ceil(units) : Math.floor(units)) * quantum;
        }
        return Double.longBitsToDouble(Double.doubleToRawLongBits(exact) & kept);
    }

    /** To the neighbour with an odd last digit, unless exact: what BFMMLA of Armv8.6 does. */
    double roundToOdd(double exact) {
        double cut = truncate(exact);
        return cut == exact || cut == 0
                ? cut
                : Double.longBitsToDouble(Double.doubleToRawLongBits(cut) | 1L << dropped);
    }

    double add(double a, double b) {
        return round(a + b);
    }

    double multiply(double a, double b) {
        return round(a * b);
    }

    double fma(double a, double b, double c) {
        return round(Math.fma(a, b, c));
    }

    double[] rounded(double[] values) {
        double[] to = new double[values.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = round(values[i]);
        }
        return to;
    }
}
