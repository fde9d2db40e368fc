package org.aiis.conformance.qualification.arithmetic;

import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.spec.tensor.FloatFormat;

/**
 * How an implementation calculates with reals of a format. By default as most do: every operation rounded to nearest,
 * sums forward, formats narrower than binary32 summed in binary32. A variant overrides what it does otherwise.
 */
public interface Style {
    /** The usual way. */
    Style USUAL = new Style() {};

    /** The format in which sums are kept. */
    default FloatFormat accumulator(FloatFormat format) {
        return format.fractionBits() < FloatFormat.BINARY32.fractionBits() ? FloatFormat.BINARY32 : format;
    }

    /** An operand of a product of matrices, as it enters it. */
    default double factor(double x, FloatFormat format) {
        return x;
    }

    /** A product that is about to be summed. */
    default double product(double exact, FloatFormat format) {
        return accumulator(format).round(exact);
    }

    /** The sum of the first {@code count} terms. */
    default double sum(double[] terms, int count, FloatFormat format) {
        return Summation.forward(terms, 0, count, accumulator(format)::round);
    }

    /** A result of a function of one number. */
    default double unary(Unary function, double x, double exact, FloatFormat format) {
        return format.round(exact);
    }

    /** A result of a function of two numbers. */
    default double binary(Binary function, double a, double b, double exact, FloatFormat format) {
        return format.round(exact);
    }

    /** Whether a relation holds, given whether it does. */
    default boolean holds(Relation relation, double a, double b, boolean right) {
        return right;
    }
}
