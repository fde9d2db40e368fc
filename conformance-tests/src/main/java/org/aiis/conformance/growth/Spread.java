package org.aiis.conformance.growth;

import java.util.Optional;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/**
 * A tensor as the oracle has it, and the spread of clause 4.3.6 of each element. An integer that comes of rounding is right where
 * the oracle's number before the rounding is so near to a tie, in spreads, that the other side is as good.
 */
final class Spread {
    /** C of clause 4.3.6. */
    private static final double SPREADS = 16;

    private final ElementType type;
    private final Shape shape;
    private final double[] real;
    private final double[] squares;
    /** What it is rounded to, where it is no float. */
    private final Optional<Tensor> rounded;
    /** Seed of the evaluation that adds next. */
    private long turn = 1;
    /** Whether an evaluation gave another shape: how far the values shake cannot be told then. */
    private boolean torn;

    Spread(Reference.Value reference) {
        this.type = reference.type();
        this.shape = reference.shape();
        this.real = new double[shape.size()];
        this.squares = new double[shape.size()];
        this.rounded = type.isFloat() ? Optional.empty() : Optional.of(reference.rounded());
        for (int i = 0; i < real.length; i++) {
            real[i] = reference.real(i);
        }
    }

    synchronized void add(long seed, Reference.Value run) {
        while (turn < seed) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the oracle evaluates", e);
            }
        }
        torn |= !run.shape().equals(shape);
        for (int i = 0; !torn && i < real.length; i++) {
            double off = run.real(i) - real[i];
            squares[i] += off * off;
        }
        turn++;
        notifyAll();
    }

    private synchronized double sigma(int i) {
        double least = type.isFloat() ? type.format().unitRoundoff() * Math.abs(real[i]) : 0;
        return Double.isFinite(real[i]) ? Math.max(Math.sqrt(squares[i] / Math.max(1, turn - 1)), least) : 0;
    }

    /** Whether it can be told: strings have no number, and what has another shape each time no spread. */
    synchronized boolean isTold() {
        return type != ElementType.STRING && !torn;
    }

    /** The largest difference of a tensor from the oracle's, in units of what is allowed there; infinite for another type or shape. */
    double worst(Tensor got) {
        if (got.type() != type || !got.shape().equals(shape)) {
            return Double.POSITIVE_INFINITY;
        }
        double worst = 0;
        for (int i = 0; i < real.length; i++) {
            double off = off(got, i);
            worst = Math.max(worst, off == 0 ? 0 : off / (SPREADS * sigma(i)));
        }
        return worst;
    }

    /** The largest spread, as a share of the largest magnitude; 0 of nothing and of zeros. */
    double share() {
        double spread = 0;
        double magnitude = 0;
        for (int i = 0; i < real.length; i++) {
            if (Double.isFinite(real[i])) {
                spread = Math.max(spread, sigma(i));
                magnitude = Math.max(magnitude, Math.abs(real[i]));
            }
        }
        return magnitude == 0 ? 0 : spread / magnitude;
    }

    private double off(Tensor got, int i) {
        if (rounded.isEmpty()) {
            return off(got.real(i), real[i]);
        }
        boolean same = got.integer(i) == rounded.get().integer(i);
        return same ? 0 : Math.max(0, off(got.real(i), real[i]) - 0.5);
    }

    /** Infinities of one sign, and two NaN, do not differ. */
    private static double off(double a, double b) {
        return Double.compare(a, b) == 0 || a == b
                ? 0
                : Double.isNaN(a - b) ? Double.POSITIVE_INFINITY : Math.abs(a - b);
    }
}
