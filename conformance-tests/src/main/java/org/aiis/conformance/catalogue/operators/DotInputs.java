package org.aiis.conformance.catalogue.operators;

import java.util.List;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Operand pairs for dot products of length K, the data sets S0 to S5 of the TOSA specification: each finds faults in order,
 * precision or length that uniform numbers hide.
 */
public enum DotInputs {
    /** Every product is zero, so the sum must be. */
    ZERO,
    /** Large exponents, yet no partial sum overflows. */
    LARGE,
    /** A first product of 1 and small ones after it. */
    ONE_THEN_SMALL,
    /** A first product of ±256 and log-distributed ones after it. */
    LARGE_THEN_SPREAD,
    /** Zero and other operands mixed, and one product of −0.25. */
    SPARSE,
    /** Uniform, scaled so that the sum just fits. */
    SCALED;

    /** Rows of the left operand, length, columns of the right one: 72 results, enough for the limit on the RMS. */
    public static final int ROWS = 8;

    public static final int COLUMNS = 9;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** A left operand [rows, k] and a right operand [k, columns]. */
    public List<Tensor> matrices(ElementType type, Seeded seeded, int rows, int k, int columns) {
        Tensor.Builder left = new Tensor.Builder(type, Shape.of(rows, k));
        Tensor.Builder right = new Tensor.Builder(type, Shape.of(k, columns));
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < k; i++) {
                left.setReal(row * k + i, left(type.format(), seeded, i, k));
            }
        }
        for (int i = 0; i < k; i++) {
            for (int column = 0; column < columns; column++) {
                right.setReal(i * columns + column, right(type.format(), seeded, i, k));
            }
        }
        return List.of(left.build(), right.build());
    }

    private double left(FloatFormat format, Seeded seeded, int i, int k) {
        double b = largest(format);
        return switch (this) {
            case ZERO -> i % 2 == 0 ? 0 : seeded.between(-1, 1);
            case LARGE -> b / Math.sqrt(k + 1.0) * seeded.between(0.5, 1);
            case ONE_THEN_SMALL -> i == 0 ? 1 : seeded.between(-1, 1);
            case LARGE_THEN_SPREAD -> i == 0 ? 16 : StrictMath.exp(seeded.between(0, 2)) / 4;
            case SPARSE -> i == k / 2 ? 0.5 : i % 3 == 0 ? 0 : seeded.between(-1, 1);
            case SCALED -> b / Math.sqrt(k) * seeded.between(-1, 1);
        };
    }

    private double right(FloatFormat format, Seeded seeded, int i, int k) {
        double b = largest(format);
        return switch (this) {
            case ZERO -> i % 2 == 0 ? seeded.between(-1, 1) : 0;
            case LARGE -> b / Math.sqrt(k + 1.0) * seeded.between(0.5, 1);
            case ONE_THEN_SMALL -> i == 0 ? 1 : seeded.between(-1, 1) / Math.sqrt(k);
            case LARGE_THEN_SPREAD -> i == 0 ? seeded.coin() ? 16 : -16 : seeded.between(-1, 1);
            case SPARSE -> i == k / 2 ? -0.5 : i % 3 == 1 ? 0 : seeded.between(-1, 1);
            case SCALED -> b / Math.sqrt(k) * seeded.between(-1, 1);
        };
    }

    /** The largest power of two whose square, doubled, does not overflow. */
    private static double largest(FloatFormat format) {
        return Math.scalb(1.0, (Math.getExponent(format.largestFinite()) - 1) / 2);
    }
}
