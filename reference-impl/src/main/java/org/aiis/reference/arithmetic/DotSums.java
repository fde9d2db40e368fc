package org.aiis.reference.arithmetic;

import static org.aiis.reference.arithmetic.PartialSums.binade;
import static org.aiis.reference.arithmetic.PartialSums.square;

/**
 * σ of dot products side by side, one a column, as clause 4.3.4 of the standard gives it for the kind dot product: partial
 * sums forward and backward, each with the addend first and last, and as an order drawn at random is expected to have them.
 * Scaled as {@link PartialSums} is.
 */
final class DotSums {
    /** Mean of (ρ(s)/s)² where the significand of s is distributed logarithmically: 3 / (8·ln 2). */
    private static final double BINADE = 0.541;

    private final double u;
    private final double least;
    private final Precision precision;
    private final double[] scale;
    private final double[] addend;
    private final double[] total;
    private final double[][] sum;
    private final double[][] rounded;
    private final double[][] cut;
    private final double[] products;
    private final double[] squares;
    private int terms;

    /** Orders: forward, forward with the addend first, backward, backward with the addend first. */
    private static final int ORDERS = 4;

    DotSums(int columns, double u, double least, Precision precision) {
        this.u = u;
        this.least = least;
        this.precision = precision;
        scale = new double[columns];
        addend = new double[columns];
        total = new double[columns];
        sum = new double[ORDERS][columns];
        rounded = new double[ORDERS][columns];
        cut = new double[precision.truncated() ? ORDERS : 0][columns];
        products = new double[columns];
        squares = new double[columns];
    }

    /** Before the products: the scale of the column and what is added beside them, or 0. */
    void begin(int n, double by, double extra) {
        scale[n] = by;
        addend[n] = extra * by;
        for (int order = 1; order < ORDERS; order += 2) {
            count(order, n, addend[n]);
        }
        squares[n] = square(addend[n]);
    }

    private double counted(int n, double scaled) {
        return scaled == 0 ? 0 : Errors.larger(binade(scaled), precision.least() * scale[n]);
    }

    private void count(int order, int n, double term) {
        sum[order][n] += term;
        double size = counted(n, sum[order][n]);
        rounded[order][n] += square(size);
        if (cut.length > 0) {
            cut[order][n] += size;
        }
    }

    void add(int n, double product) {
        double scaled = product * scale[n];
        count(0, n, scaled);
        count(1, n, scaled);
        // Rounding the factors is relative to the product, not to its binade.
        products[n] += square(precision.products() > precision.sums() ? scaled : counted(n, scaled));
        squares[n] += square(scaled);
        total[n] += scaled;
    }

    void addBackward(int n, double product) {
        count(2, n, product * scale[n]);
        count(3, n, product * scale[n]);
    }

    /** After the products of all columns. */
    void end(int count) {
        terms = count;
        for (int n = 0; n < scale.length; n++) {
            if (addend[n] != 0) {
                count(0, n, addend[n]);
                count(2, n, addend[n]);
            }
        }
    }

    /** What the squares of the partial sums of terms with signs and order drawn at random are expected to add up to. */
    private double shuffled(int n) {
        double r = Math.max(square(total[n] + addend[n]), squares[n]);
        return terms < 2 ? 0 : BINADE * (terms + 1) * (squares[n] / 6 + r / 3);
    }

    /**
     * @param norms product of the norms of the operands, for sums that are calculated in a transformed space
     */
    double sigma(int n, double result, double norms, double inherited) {
        double partials = shuffled(n);
        double longest = 0;
        for (int order = 0; order < ORDERS; order++) {
            partials = Math.max(partials, rounded[order][n]);
            longest = Math.max(longest, cut.length > 0 ? cut[order][n] : 0);
        }
        double r = result == 0 ? 0 : Math.max(binade(result) * scale[n], least * scale[n]);
        double variance = square(precision.sums()) * partials
                + square(precision.products()) * products[n]
                + square(u * r)
                + square(precision.transformed() * norms * scale[n]);
        return Errors.root(variance / 3 + square(precision.sums() * longest) + inherited, scale[n], result);
    }
}
