package org.aiis.reference.operators;

/** Bounds what one run may cost, since models come from outside. A run whose thread was interrupted may cost nothing more. */
public final class Budget {
    /** Elements of one tensor. */
    public static final long LARGEST_TENSOR = 1L << 26;

    /** Tensors of one sequence, and iterations whose results are kept. */
    public static final int LONGEST_SEQUENCE = 1 << 18;

    /** What a node costs besides its elements, so that a loop over small tensors ends too. */
    private static final long NODE = 1L << 16;

    private static final long WORK = 1L << 38;
    private long left = WORK;

    /** Takes off what a node costs whatever its size. */
    public boolean spendNode() {
        return spend(NODE);
    }

    boolean spend(long work) {
        left -= Math.min(Math.max(work, 0), WORK);
        return left >= 0 && !Thread.currentThread().isInterrupted();
    }
}
