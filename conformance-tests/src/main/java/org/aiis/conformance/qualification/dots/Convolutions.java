package org.aiis.conformance.qualification.dots;

/** Convolutions that are not calculated as dot products. */
final class Convolutions {
    private Convolutions() {}

    /** Winograd's F(2, 3) and F(4, 3) with the matrices of A. Lavin, S. Gray (2015). */
    enum Winograd {
        F2(
                2,
                new double[][] {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}},
                new double[][] {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}},
                new double[][] {{1, 1, 1, 0}, {0, 1, -1, -1}}),
        F4(
                4,
                new double[][] {
                    {4, 0, -5, 0, 1, 0},
                    {0, -4, -4, 1, 1, 0},
                    {0, 4, -4, -1, 1, 0},
                    {0, -2, -1, 2, 1, 0},
                    {0, 2, -1, -2, 1, 0},
                    {0, 4, 0, -5, 0, 1}
                },
                new double[][] {
                    {1 / 4.0, 0, 0},
                    {-1 / 6.0, -1 / 6.0, -1 / 6.0},
                    {-1 / 6.0, 1 / 6.0, -1 / 6.0},
                    {1 / 24.0, 1 / 12.0, 1 / 6.0},
                    {1 / 24.0, -1 / 12.0, 1 / 6.0},
                    {0, 0, 1}
                },
                new double[][] {{1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}});

        private final int step;
        private final double[][] input;
        private final double[][] filter;
        private final double[][] output;

        Winograd(int step, double[][] input, double[][] filter, double[][] output) {
            this.step = step;
            this.input = input;
            this.filter = filter;
            this.output = output;
        }

        double[] outputs(Problem p) {
            int positions = p.columns().length;
            if (p.taps() != 3 || positions % step != 0) {
                return new double[0];
            }
            Machine m = p.accumulator();
            Machine rounding = Machine.of(p.type().format());
            double[] y = new double[p.size()];
            for (int row = 0; row < p.rows().length; row++) {
                double[][] filters = new double[p.signals().length][];
                for (int c = 0; c < filters.length; c++) {
                    filters[c] = transformed(filter, p.rows()[row], 3 * c, 3, m);
                }
                for (int at = 0; at < positions; at += step) {
                    double[] sums = new double[step + 2];
                    for (int c = 0; c < filters.length; c++) {
                        double[] tile = transformed(input, p.signals()[c], at, step + 2, m);
                        for (int i = 0; i < sums.length; i++) {
                            sums[i] = m.fma(tile[i], filters[c][i], sums[i]);
                        }
                    }
                    double[] back = transformed(output, sums, 0, sums.length, m);
                    for (int i = 0; i < step; i++) {
                        y[row * positions + at + i] = rounding.round(m.add(back[i], p.bias()[row]));
                    }
                }
            }
            return y;
        }

        private static double[] transformed(double[][] by, double[] values, int from, int count, Machine m) {
            double[] to = new double[by.length];
            for (int i = 0; i < to.length; i++) {
                for (int k = 0; k < count; k++) {
                    to[i] = m.fma(m.round(by[i][k]), values[from + k], to[i]);
                }
            }
            return to;
        }
    }

    /** By discrete Fourier transforms of the next power of two, the products of all channels added before the way back. */
    static double[] fourier(Problem p) {
        if (p.taps() == 0) {
            return new double[0];
        }
        Machine m = p.accumulator();
        Machine rounding = Machine.of(p.type().format());
        int positions = p.columns().length;
        int length = Integer.highestOneBit(positions + p.taps() - 2) * 2;
        double[][][] signals = new double[p.signals().length][][];
        for (int c = 0; c < signals.length; c++) {
            signals[c] = transform(p.signals()[c], 0, p.signals()[c].length, length, m);
        }
        double[] y = new double[p.size()];
        for (int row = 0; row < p.rows().length; row++) {
            double[] re = new double[length];
            double[] im = new double[length];
            for (int c = 0; c < signals.length; c++) {
                double[][] w = transform(p.rows()[row], c * p.taps(), p.taps(), length, m);
                for (int i = 0; i < length; i++) {
                    // Times the conjugate: a correlation, as ONNX defines Conv.
                    re[i] = m.add(re[i], m.fma(signals[c][0][i], w[0][i], m.multiply(signals[c][1][i], w[1][i])));
                    im[i] = m.add(im[i], m.fma(signals[c][1][i], w[0][i], -m.multiply(signals[c][0][i], w[1][i])));
                }
            }
            transform(re, im, 1, m);
            for (int j = 0; j < positions; j++) {
                y[row * positions + j] = rounding.round(m.add(re[j] / length, p.bias()[row]));
            }
        }
        return y;
    }

    private static double[][] transform(double[] values, int from, int count, int length, Machine m) {
        double[][] to = new double[2][length];
        System.arraycopy(values, from, to[0], 0, count);
        transform(to[0], to[1], -1, m);
        return to;
    }

    /** Radix 2, decimation in time, in place. */
    private static void transform(double[] re, double[] im, int sign, Machine m) {
        int n = re.length;
        for (int i = 0; i < n; i++) {
            int j = n == 1 ? 0 : Integer.reverse(i) >>> (Integer.numberOfLeadingZeros(n) + 1);
            if (j > i) {
                double t = re[i];
                re[i] = re[j];
                re[j] = t;
                t = im[i];
                im[i] = im[j];
                im[j] = t;
            }
        }
        for (int half = 1; half < n; half *= 2) {
            for (int k = 0; k < half; k++) {
                double c = m.round(StrictMath.cos(StrictMath.PI * k / half));
                double s = m.round(sign * StrictMath.sin(StrictMath.PI * k / half));
                for (int i = k; i < n; i += 2 * half) {
                    double x = m.fma(c, re[i + half], -m.multiply(s, im[i + half]));
                    double y = m.fma(c, im[i + half], m.multiply(s, re[i + half]));
                    re[i + half] = m.add(re[i], -x);
                    im[i + half] = m.add(im[i], -y);
                    re[i] = m.add(re[i], x);
                    im[i] = m.add(im[i], y);
                }
            }
        }
    }
}
