package org.aiis.reference.operators;

/** Bounds what one run may cost, since models come from outside. */
public final class Budget {
    /** Elements of one tensor. */
    public static final long LARGEST_TENSOR = 1L << 26;

    private static final long WORK = 1L << 38;
    private long left = WORK;

    boolean spend(long work) {
        left -= Math.min(Math.max(work, 0), WORK);
        return left >= 0;
    }
}
