package org.aiis.conformance.judge;

import java.util.EnumSet;
import java.util.Set;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.ErrorPattern;
import org.aiis.spec.testing.Reference;

/**
 * The wrong elements of one output, taken in order, and the pattern that they make. What a fault does to an element, such as
 * to lose a NaN, is told element by element; zeros are of the tail where all of them stand at the end, as where a loop over
 * whole vectors leaves off the rest.
 */
final class WrongElements {
    /** Longest rest of a vector: 16 elements of 4 bytes fill the widest one. */
    private static final int LONGEST_TAIL = 15;

    /** Of the magnitudes that went into an element: bfloat16, the coarsest type in use for products, rounds to 2^-9 of it. */
    private static final double ROUNDED = 0x1p-7;

    private final int size;
    private final Set<ErrorPattern> seen = EnumSet.noneOf(ErrorPattern.class);
    private int wrong;
    private int zeros;
    private int firstZero = -1;
    private int lastZero = -1;

    WrongElements(int size) {
        this.size = size;
    }

    /** A floating-point element that is not accepted. */
    void add(int i, double got, double r, Reference.Value reference) {
        wrong++;
        FloatFormat format = reference.type().format();
        if (Double.isNaN(r) || Double.isNaN(got)) {
            seen.add(Double.isNaN(r) ? ErrorPattern.NAN_LOST : ErrorPattern.NAN_MADE);
        } else if (Double.isInfinite(r)) {
            seen.add(Double.isInfinite(got) ? ErrorPattern.SOME : ErrorPattern.SATURATED);
        } else if (Double.isInfinite(got)) {
            seen.add(ErrorPattern.OVERFLOWED);
        } else if (got == 0 && r == 0) {
            seen.add(ErrorPattern.ZERO_SIGN);
        } else if (got == 0) {
            zero(i, Math.abs(r) < format.smallestNormal());
        } else {
            double scale = Math.max(Math.abs(r), reference.magnitude(i));
            seen.add(Math.abs(got - r) <= scale * rounded(format) ? ErrorPattern.ROUNDING : ErrorPattern.SOME);
        }
    }

    /** An element of another type that is not the reference's. */
    void add(int i, Tensor got, Tensor reference) {
        wrong++;
        if (reference.type() == ElementType.STRING) {
            seen.add(ErrorPattern.SOME);
        } else if (got.bits(i) == 0) {
            zero(i, false);
        } else if (reference.type() == ElementType.BOOL) {
            seen.add(ErrorPattern.SOME);
        } else {
            seen.add(Math.abs(got.real(i) - reference.real(i)) <= 1 ? ErrorPattern.ROUNDING : ErrorPattern.SOME);
        }
    }

    /** What no single element shows: a bias, or a spread that is too wide. */
    void spread() {
        if (wrong == 0) {
            seen.add(ErrorPattern.ROUNDING);
        }
    }

    private static double rounded(FloatFormat format) {
        return Math.min(0.25, Math.max(ROUNDED, Math.scalb(4, -format.fractionBits())));
    }

    private void zero(int i, boolean subnormal) {
        if (subnormal) {
            seen.add(ErrorPattern.FLUSHED);
            return;
        }
        zeros++;
        firstZero = firstZero < 0 ? i : firstZero;
        lastZero = i;
    }

    /** What was seen; of an output of one element that is zero, both that it is zero and that its tail is. */
    Set<ErrorPattern> patterns() {
        Set<ErrorPattern> patterns = EnumSet.noneOf(ErrorPattern.class);
        patterns.addAll(seen);
        if (zeros > 0) {
            boolean tail = lastZero == size - 1 && zeros == size - firstZero && zeros <= LONGEST_TAIL;
            if (!tail || size == zeros) {
                patterns.add(ErrorPattern.ZEROS);
            }
            if (tail && (zeros < size || size == 1)) {
                patterns.add(ErrorPattern.TAIL);
            }
        }
        if (patterns.remove(ErrorPattern.SOME)) {
            patterns.add(wrong == size && size > 1 ? ErrorPattern.ALL : ErrorPattern.SOME);
        }
        return patterns;
    }
}
