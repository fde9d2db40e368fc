package org.aiis.conformance.performance;

/** Runs one query to its end. */
@FunctionalInterface
public interface Issue<E extends Exception> {
    /** Runs these samples, in this order; returns when all are done. */
    void query(int[] samples) throws E;
}
