package org.aiis.conformance.qualification.dots;

import org.aiis.spec.tensor.FloatFormat;

/** Models of matrix units, and products of factors in pieces. */
final class Units {
    private Units() {}

    /** AMX and AVX-512 TDPBF16PS: two fused steps a pair, the odd one first. */
    static double amx(double[] a, double[] b, double bias, Machine m) {
        double s = 0;
        for (int k = 0; k < a.length; k += 2) {
            if (k + 1 < a.length) {
                s = m.fma(a[k + 1], b[k + 1], s);
            }
            s = m.fma(a[k], b[k], s);
        }
        return m.add(s, bias);
    }

    /** BFDOT and BFMMLA of Armv8.6 without extended behaviour: two products added, then the accumulator, rounded to odd. */
    static double bfmmla(double[] a, double[] b, double bias, Machine m) {
        double s = 0;
        for (int k = 0; k < a.length; k += 2) {
            double pair = a[k] * b[k] + (k + 1 < a.length ? a[k + 1] * b[k + 1] : 0);
            s = m.roundToOdd(s + m.roundToOdd(pair));
        }
        return m.add(s, bias);
    }

    /**
     * A multi-term adder: products without error, aligned with the accumulator to the largest exponent, cut off, added, cut
     * off. After M. Fasi, N. Higham, M. Mikaitis, S. Pranesh (2021), Numerical behavior of NVIDIA tensor cores.
     *
     * @param terms products added at once
     * @param extra bits kept below those of the accumulator
     */
    static Dot truncating(int terms, int extra) {
        return (a, b, bias, m) -> {
            double s = 0;
            int digits = m.format().fractionBits() + extra;
            for (int from = 0; from < a.length; from += terms) {
                int to = Math.min(a.length, from + terms);
                double largest = Math.abs(s);
                for (int k = from; k < to; k++) {
                    largest = Math.max(largest, Math.abs(a[k] * b[k]));
                }
                if (largest == 0) {
                    continue;
                }
                double quantum = Math.scalb(1.0, Math.max(Math.getExponent(largest), -126) - digits);
                double sum = cut(s, quantum);
                for (int k = from; k < to; k++) {
                    sum += cut(a[k] * b[k], quantum);
                }
                s = m.truncate(sum);
            }
            return m.add(s, bias);
        };
    }

    private static double cut(double value, double quantum) {
        return (long) (value / quantum) * quantum;
    }

    /** With the factors rounded to a format first. */
    static Dot rounding(Machine factors, Dot dot) {
        return (a, b, bias, m) -> dot.of(factors.rounded(a), factors.rounded(b), bias, m);
    }

    /**
     * Factors in bfloat16 pieces, an accumulator for each pair of pieces, the small ones added first.
     *
     * @param most pairs i, j of pieces count with i + j up to this
     */
    static Dot pieces(int count, int most) {
        return (a, b, bias, m) -> {
            double[][] left = split(a, count);
            double[][] right = split(b, count);
            double s = 0;
            for (int order = most; order >= 0; order--) {
                for (int i = Math.min(order, count - 1); i >= 0 && order - i < count; i--) {
                    s = m.add(s, Orders.fused(left[i], right[order - i], 0, 0, a.length, m));
                }
            }
            return m.add(s, bias);
        };
    }

    /** The same with one accumulator for all pairs, product by product. */
    static Dot interleaved(int count, int most) {
        return (a, b, bias, m) -> {
            double[][] left = split(a, count);
            double[][] right = split(b, count);
            double s = 0;
            for (int k = 0; k < a.length; k++) {
                for (int order = most; order >= 0; order--) {
                    for (int i = Math.min(order, count - 1); i >= 0 && order - i < count; i--) {
                        s = m.fma(left[i][k], right[order - i][k], s);
                    }
                }
            }
            return m.add(s, bias);
        };
    }

    private static double[][] split(double[] values, int count) {
        Machine bfloat16 = new Machine(FloatFormat.BFLOAT16);
        double[][] pieces = new double[count][values.length];
        for (int k = 0; k < values.length; k++) {
            double rest = values[k];
            for (int i = 0; i < count; i++) {
                pieces[i][k] = bfloat16.round(rest);
                rest -= pieces[i][k];
            }
        }
        return pieces;
    }
}
