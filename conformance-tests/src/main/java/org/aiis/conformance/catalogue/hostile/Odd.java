package org.aiis.conformance.catalogue.hostile;

import java.util.List;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.spec.tensor.ElementType;

/**
 * Values that programs forget. No number is both large and small enough to be a tensor that a machine could hold: such a model
 * would ask for the memory of the laboratory, and rightly so. 2^40 + 3 and 2^32 − 1 look small where 32 bits are read.
 */
final class Odd {
    private static final List<Long> NUMBERS = List.of(
            0L,
            -1L,
            1L,
            2L,
            3L,
            7L,
            -7L,
            255L,
            -(1L << 31),
            (1L << 40) + 3,
            1L << 62,
            -(1L << 62),
            Long.MAX_VALUE,
            Long.MIN_VALUE);

    /** What a Java binding and most others can feed; the damage is not to be the binding's. */
    private static final List<ElementType> TYPES = List.of(
            ElementType.FLOAT32,
            ElementType.FLOAT64,
            ElementType.INT32,
            ElementType.INT64,
            ElementType.BOOL,
            ElementType.UINT8,
            ElementType.INT8,
            ElementType.STRING);

    private static final List<String> WORDS =
            List.of("", "\u0000odd", "../../x", "/", "NOTSET", "constant", "sum", "%s%n%s%n", "\u202e\ud83d\ude00");

    /** Of tensors: a Java binding alters U+0000 and what lies beyond U+FFFF. */
    private static final List<String> FED = List.of("", "../../x", "%s%n", "\u202e", "\uffff", "1e999", "nan", "((((");

    private static final int LONG = 1 << 16;

    private Odd() {}

    static long number(Seeded seeded) {
        return one(NUMBERS, seeded);
    }

    static ElementType type(Seeded seeded) {
        return one(TYPES, seeded);
    }

    static boolean isFed(ElementType type) {
        return TYPES.contains(type) || type == ElementType.FLOAT16;
    }

    static String word(Seeded seeded) {
        return seeded.integer(0, 9) == 0 ? "x".repeat(LONG) : one(WORDS, seeded);
    }

    static String fedWord(Seeded seeded) {
        return seeded.integer(0, 9) == 0 ? "x".repeat(LONG) : one(FED, seeded);
    }

    static double real(Seeded seeded) {
        return one(List.of(Double.NaN, Double.POSITIVE_INFINITY, -1e30, 1e30, -0.0, 0.5, -1.0, 3e9), seeded);
    }

    static <T> T one(List<T> list, Seeded seeded) {
        return list.get((int) seeded.integer(0, list.size() - 1));
    }
}
