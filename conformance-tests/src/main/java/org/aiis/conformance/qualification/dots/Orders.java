package org.aiis.conformance.qualification.dots;

import org.aiis.conformance.catalogue.Seeded;

/** Right ways to add the products, with roundings to nearest of the accumulator. */
final class Orders {
    private Orders() {}

    static double forward(double[] a, double[] b, double bias, Machine m) {
        return m.add(run(a, b, 0, a.length, m), bias);
    }

    static double run(double[] a, double[] b, int from, int to, Machine m) {
        double s = from < to ? m.multiply(a[from], b[from]) : 0;
        for (int k = from + 1; k < to; k++) {
            s = m.add(s, m.multiply(a[k], b[k]));
        }
        return s;
    }

    static double biasFirst(double[] a, double[] b, double bias, Machine m) {
        return fused(a, b, bias, 0, a.length, m);
    }

    static double backward(double[] a, double[] b, double bias, Machine m) {
        double s = bias;
        for (int k = a.length - 1; k >= 0; k--) {
            s = m.add(s, m.multiply(a[k], b[k]));
        }
        return s;
    }

    static double fused(double[] a, double[] b, double start, int from, int to, Machine m) {
        double s = start;
        for (int k = from; k < to; k++) {
            s = m.fma(a[k], b[k], s);
        }
        return s;
    }

    static double pairwise(double[] a, double[] b, double bias, Machine m) {
        return m.add(pairwise(a, b, 0, a.length, m), bias);
    }

    private static double pairwise(double[] a, double[] b, int from, int to, Machine m) {
        return to - from == 1
                ? m.multiply(a[from], b[from])
                : m.add(pairwise(a, b, from, (from + to) / 2, m), pairwise(a, b, (from + to) / 2, to, m));
    }

    /** Each block by itself, then the sums of the blocks first to last. */
    static Dot blocked(int size) {
        return (a, b, bias, m) -> {
            double s = 0;
            for (int from = 0; from < a.length; from += size) {
                s = m.add(s, fused(a, b, 0, from, Math.min(a.length, from + size), m));
            }
            return m.add(s, bias);
        };
    }

    /** Lanes of a vector unit, then the lanes pair by pair. */
    static Dot lanes(int width) {
        return (a, b, bias, m) -> {
            double[] s = new double[width];
            for (int k = 0; k < a.length; k++) {
                s[k % width] = m.fma(a[k], b[k], s[k % width]);
            }
            for (int w = width / 2; w > 0; w /= 2) {
                for (int lane = 0; lane < w; lane++) {
                    s[lane] = m.add(s[lane], s[lane + w]);
                }
            }
            return m.add(s[0], bias);
        };
    }

    /** So many workers, each a contiguous part. */
    static Dot split(int parts) {
        return (a, b, bias, m) -> {
            double s = bias;
            for (int part = 0; part < parts; part++) {
                s = m.add(s, fused(a, b, 0, part * a.length / parts, (part + 1) * a.length / parts, m));
            }
            return s;
        };
    }

    /** Compensated summation (W. Kahan 1965). */
    static double kahan(double[] a, double[] b, double bias, Machine m) {
        double s = bias;
        double c = 0;
        for (int k = 0; k < a.length; k++) {
            double y = m.add(m.multiply(a[k], b[k]), -c);
            double t = m.add(s, y);
            c = m.add(m.add(t, -s), -y);
            s = t;
        }
        return s;
    }

    /** Sum and product without error, added up in twice the precision of binary64 (T. Ogita, S. Rump, S. Oishi 2005, Dot2). */
    static double wide(double[] a, double[] b, double bias, Machine m) {
        double s = bias;
        double low = 0;
        for (int k = 0; k < a.length; k++) {
            double p = a[k] * b[k];
            double t = s + p;
            double part = t - s;
            low += (s - (t - part)) + (p - part) + Math.fma(a[k], b[k], -p);
            s = t;
        }
        return m.round(s + low);
    }

    /** In one order drawn at random, the same for all. */
    static double shuffled(double[] a, double[] b, double bias, Machine m) {
        int[] order = new int[a.length];
        Seeded seeded = Seeded.by("order " + a.length);
        for (int k = 0; k < order.length; k++) {
            int other = (int) seeded.integer(0, k);
            order[k] = order[other];
            order[other] = k;
        }
        double s = bias;
        for (int k : order) {
            s = m.fma(a[k], b[k], s);
        }
        return s;
    }
}
