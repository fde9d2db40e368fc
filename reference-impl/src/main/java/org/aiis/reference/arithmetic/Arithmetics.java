package org.aiis.reference.arithmetic;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;

/** Chooses the arithmetic for an element type. */
@FunctionalInterface
public interface Arithmetics {
    Arithmetic of(ElementType type);

    /** The oracle's: double-double for float64, binary64 for narrower floats, exact integers; with error terms. */
    static Arithmetics reference() {
        return reference(Set.of());
    }

    /** The oracle's, with the error terms of dot products that are calculated in precision modes. */
    static Arithmetics reference(Set<PrecisionMode> modes) {
        return chosen(f -> {
            Errors errors = new Errors(f, Precision.of(f, modes));
            return f.equals(FloatFormat.BINARY64) ? new DoubleDouble(errors) : new Binary64(errors);
        });
    }

    /** Values alone, without error terms, in binary64: for whole models. */
    static Arithmetics fast() {
        return chosen(f -> new Binary64());
    }

    /** Values as the reference has them, without error terms: for what is bounded another way. */
    static Arithmetics values() {
        return chosen(f -> f.equals(FloatFormat.BINARY64)
                ? new DoubleDouble(new Errors(f, Precision.of(f, Set.of())))
                : new Binary64());
    }

    /** Monte Carlo arithmetic: every real result is rounded at random, up or down, to so many bits. */
    static Arithmetics randomlyRounded(int bits, long seed) {
        RandomlyRounded random = new RandomlyRounded(bits, seed);
        return chosen(f -> random);
    }

    /**
     * Monte Carlo arithmetic at the precision of each type; float64 keeps 52 of its 53 bits, since the carrier has no more,
     * and a type of powers of two keeps two.
     */
    static Arithmetics randomlyRounded(long seed) {
        return chosen(f -> new RandomlyRounded(bits(f), seed));
    }

    /**
     * The same, with products and partial sums as precise as the precision modes have them, where that is less, and functions as
     * the accuracy level has them.
     */
    static Arithmetics randomlyRounded(long seed, Set<PrecisionMode> modes, Accuracy accuracy) {
        return chosen(f -> {
            Precision precision = Precision.of(f, modes);
            int products = Math.min(bits(f), kept(precision.products()));
            int sums = Math.min(bits(f), kept(precision.sums() + precision.transformed()));
            return new RandomlyRounded(bits(f), products, sums, accuracy == Accuracy.RELAXED, seed);
        });
    }

    private static int bits(FloatFormat format) {
        return Math.max(2, Math.min(52, format.fractionBits() + 1));
    }

    /** Bits of a significand whose unit roundoff is the largest not above. */
    private static int kept(double roundoff) {
        return Math.max(2, (int) Math.ceil(-StrictMath.log(roundoff) / StrictMath.log(2) - 1e-9));
    }

    private static Arithmetics chosen(java.util.function.Function<FloatFormat, Arithmetic> reals) {
        Map<ElementType, Arithmetic> byType = new EnumMap<>(ElementType.class);
        for (ElementType type : ElementType.values()) {
            byType.put(type, type.isFloat() ? reals.apply(type.format()) : new Wrapping(type));
        }
        return type -> java.util.Objects.requireNonNull(byType.get(type));
    }
}
