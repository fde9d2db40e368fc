package org.aiis.conformance.vectors;

import org.aiis.spec.codec.InputException;

/** The bytes that one data set may still take in memory: small files can name the same large one again and again. */
final class Room {
    /** A worker is shown the model and the inputs in one piece each, and the suite holds a few copies of them. */
    private static final long MOST = 256L << 20;

    private long left = MOST;

    void take(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw InputException.of("the data set takes more than " + (MOST >> 20) + " MiB", "");
        }
    }
}
