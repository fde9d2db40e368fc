package org.aiis.conformance.judge;

import java.util.EnumSet;
import java.util.Set;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.ErrorPattern;
import org.aiis.spec.testing.Reference;

/**
 * The wrong elements of one output, taken in order, and the patterns that they make. What a fault does to an element, such
 * as to lose a NaN, is told element by element; wrong zeros are of the tail where all of them stand at the end, as where a
 * loop over whole vectors leaves off the rest.
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
        if (got == 0) {
            zero(i);
        }
        seen.add(of(i, got, r, reference));
    }

    private static ErrorPattern of(int i, double got, double r, Reference.Value reference) {
        FloatFormat format = reference.type().format();
        if (Double.isNaN(r) || Double.isNaN(got)) {
            return Double.isNaN(r) ? ErrorPattern.NAN_LOST : ErrorPattern.NAN_MADE;
        } else if (got == 0) {
            return r == 0
                    ? ErrorPattern.ZERO_SIGN
                    : Math.abs(r) < format.smallestNormal() ? ErrorPattern.FLUSHED : ErrorPattern.ZEROS;
        } else if (Double.isInfinite(got)) {
            return Double.isInfinite(r) ? ErrorPattern.SOME : ErrorPattern.OVERFLOWED;
        } else if (Math.abs(r) > format.largestFinite() && Math.abs(got) >= format.largestFinite() / 2) {
            return ErrorPattern.SATURATED;
        }
        double scale = Math.max(Math.abs(r), reference.magnitude(i));
        return Math.abs(got - r) <= scale * rounded(format) ? ErrorPattern.ROUNDING : ErrorPattern.SOME;
    }

    /** An element of an integer type that a number was rounded to, and that is not the reference's. */
    void addQuantised(int i, Tensor got, Tensor reference) {
        if (got.bits(i) != 0 && Math.abs(got.real(i) - reference.real(i)) <= 1) {
            wrong++;
            seen.add(ErrorPattern.ROUNDING);
        } else {
            add(i, got, reference);
        }
    }

    /** An element of another type that is not the reference's. */
    void add(int i, Tensor got, Tensor reference) {
        wrong++;
        if (reference.type() != ElementType.STRING && got.bits(i) == 0) {
            zero(i);
            seen.add(ErrorPattern.ZEROS);
        } else {
            seen.add(ErrorPattern.SOME);
        }
    }

    /** What no single element shows: a bias, or a spread that is too wide. */
    void spread() {
        if (wrong == 0) {
            seen.add(ErrorPattern.ROUNDING);
        }
    }

    private static double rounded(FloatFormat format) {
        return Math.min(0.25, Math.max(ROUNDED, Math.scalb(4.0, -format.fractionBits())));
    }

    private void zero(int i) {
        zeros++;
        firstZero = firstZero < 0 ? i : firstZero;
        lastZero = i;
    }

    /**
     * What was seen. Zeros at the very end are told as the tail beside what else each of them is, since either may be the
     * fault; zeros that are nothing else are told as the tail alone, unless they are all there is.
     */
    Set<ErrorPattern> patterns() {
        Set<ErrorPattern> patterns = EnumSet.noneOf(ErrorPattern.class);
        patterns.addAll(seen);
        boolean tail = zeros > 0
                && lastZero == size - 1
                && zeros == size - firstZero
                && zeros <= LONGEST_TAIL
                && (zeros < size || size == 1);
        if (tail) {
            patterns.add(ErrorPattern.TAIL);
            if (size > 1) {
                patterns.remove(ErrorPattern.ZEROS);
            }
        }
        if (patterns.remove(ErrorPattern.SOME)) {
            patterns.add(wrong == size && size > 1 ? ErrorPattern.ALL : ErrorPattern.SOME);
        }
        return patterns;
    }
}
