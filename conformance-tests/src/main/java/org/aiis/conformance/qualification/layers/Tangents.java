package org.aiis.conformance.qualification.layers;

import org.aiis.spec.tensor.FloatFormat;

/** Ways to tanh that need more than a line. */
final class Tangents {
    /** Entries of a table for one unit of the argument. */
    private static final int NODES = 32;

    /** From here on tanh is 1 in binary64. */
    private static final double ONE_FROM = 20;

    /** Terms of the continued fraction, enough for binary64 up to there. */
    private static final int TERMS = 60;

    /** From here on tanh is 1 in binary32. */
    private static final double ONE_IN_FLOAT32_FROM = 9;

    /**
     * x·P(x²)/Q(x²) on [−9, 9], off by 0.1 u of float32 before anything is rounded: fitted for this experiment by least squares
     * weighted until the relative error was level. The degrees are those of vectorised float32 code.
     */
    private static final double[] P = {
        1.0,
        0.13084010779857635,
        0.0031039577443152666,
        1.115432405640604e-05,
        -2.0225288110964357e-08,
        5.2779777076628065e-11,
        -8.488782593518707e-14
    };

    private static final double[] Q = {1.0, 0.4641733765602112, 0.024495184421539307, 0.000254614744335413};

    private Tangents() {}

    /** Lambert's x/(1 + x²/(3 + x²/(5 + …))), all of one sign. */
    static double continuedFraction(double x, double exact, FloatFormat f) {
        if (Math.abs(x) >= ONE_FROM) {
            return Math.copySign(1, x);
        }
        double square = f.round(x * x);
        double below = 2 * TERMS + 1;
        for (int k = TERMS; k > 0; k--) {
            below = f.round(2 * k - 1 + f.round(square / below));
        }
        double y = f.round(x / below);
        return Math.abs(y) > 1 ? Math.copySign(1, x) : y;
    }

    /** A rational function in float32 with fused multiply-adds, whatever the type. */
    static double minimax(double x, double exact, FloatFormat f) {
        FloatFormat single = FloatFormat.BINARY32;
        if (Math.abs(x) >= ONE_IN_FLOAT32_FROM) {
            return Math.copySign(1, x);
        }
        double of = single.round(x);
        double square = single.round(of * of);
        double y = single.round(single.round(of * horner(P, square)) / horner(Q, square));
        return f.round(Math.abs(y) > 1 ? Math.copySign(1, x) : y);
    }

    private static double horner(double[] coefficients, double x) {
        double sum = coefficients[coefficients.length - 1];
        for (int k = coefficients.length - 2; k >= 0; k--) {
            sum = FloatFormat.BINARY32.round(Math.fma(sum, x, coefficients[k]));
        }
        return sum;
    }

    /** tanh(a + b) = (A + B)/(1 + A·B), A from a table, B by the first terms of its series. */
    static double table(double x, double exact, FloatFormat f) {
        double size = Math.abs(x);
        if (size >= ONE_FROM) {
            return Math.copySign(1, x);
        }
        double node = Math.rint(size * NODES) / NODES;
        double b = f.round(size - node);
        double square = f.round(b * b);
        double series = 1 / 3.0 - square * (2 / 15.0 - square * (17 / 315.0 - square * 62 / 2835.0));
        double tanhB = f.round(b * f.round(1 - f.round(square * f.round(series))));
        double tanhA = f.round(StrictMath.tanh(node));
        double y = f.round(f.round(tanhA + tanhB) / f.round(1 + f.round(tanhA * tanhB)));
        return Math.copySign(y, x);
    }

    /** Straight lines between the entries of a table: off by up to 10^−4. */
    static double lines(double x, double exact, FloatFormat f) {
        double size = Math.abs(x);
        if (size >= ONE_FROM) {
            return Math.copySign(1, x);
        }
        double at = Math.floor(size * NODES) / NODES;
        double low = StrictMath.tanh(at);
        double high = StrictMath.tanh(at + 1.0 / NODES);
        return Math.copySign(f.round(low + (high - low) * (size - at) * NODES), x);
    }
}
