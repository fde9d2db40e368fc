package org.aiis.reference.pipeline.features;

/**
 * A sum of products in binary64 with its running error (operators chapter, clauses 4.3.4 and 4.3.5): the partial sums
 * from both ends, the products, and what the factors bring in. From the squares of partial sums s_k and the total r the
 * backward ones follow: Σ (r − s_{k−1})² = n·r² − 2r·Σ s_{k−1} + Σ s_{k−1}².
 */
public final class RunningSum {
    private final double unit;
    private double sum;
    private double squaresOfProducts;
    private double carried;
    private double sumsBefore;
    private double squaresBefore;
    private double squaresAfter;
    private int terms;

    /** A sum that is rounded with this unit roundoff. */
    public RunningSum(double unit) {
        this.unit = unit;
    }

    /** Adds x·w, where x has running error {@code sigma} and w is exact. */
    public void add(double x, double sigma, double w) {
        double product = x * w;
        squaresOfProducts += product * product;
        carried += sigma * sigma * w * w;
        append(product);
    }

    /** Ends the sum with an addend that is no product, and gives the total. */
    public double total(double bias) {
        append(bias);
        return sum;
    }

    /** σ of the total. */
    public double sigma() {
        double backward = terms * sum * sum - 2 * sum * sumsBefore + squaresBefore;
        double own = (Math.max(squaresAfter, backward) + squaresOfProducts + sum * sum) / 3;
        return StrictMath.sqrt(unit * unit * Math.max(own, sum * sum) + carried);
    }

    private void append(double addend) {
        sumsBefore += sum;
        squaresBefore += sum * sum;
        sum += addend;
        squaresAfter += sum * sum;
        terms++;
    }
}
