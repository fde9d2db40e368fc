package org.aiis.reference.serving;

import org.aiis.spec.codec.InputException;

/**
 * What one server takes.
 *
 * @param bodyBytes largest body of a request
 * @param bytesAtOnce bodies being read, waiting or answered, together
 * @param tensors most inputs, and most outputs asked for, of a request
 * @param queued requests of a model that wait
 * @param concurrent runs of a model at a time
 * @param batchRows most rows that one run takes from several requests
 * @param batchMicros longest that a request waits for others to run with, where a run could begin
 * @param requestMillis time of a request, from its last byte to its answer
 * @param idleMillis time that a connection may say nothing
 * @param connections open at a time
 */
public record ServingLimits(
        int bodyBytes,
        long bytesAtOnce,
        int tensors,
        int queued,
        int concurrent,
        int batchRows,
        int batchMicros,
        int requestMillis,
        int idleMillis,
        int connections) {
    public static final ServingLimits DEFAULT =
            new ServingLimits(64 << 20, 256L << 20, 256, 1024, 2, 64, 0, 60_000, 30_000, 1024);

    /** Highest rank of a tensor. */
    static final int RANK = 32;

    public ServingLimits {
        positive("body", bodyBytes);
        positive("bytes at once", bytesAtOnce);
        positive("tensors", tensors);
        positive("queue", queued);
        positive("concurrency", concurrent);
        positive("batch", batchRows);
        positive("timeout", requestMillis);
        positive("idle time", idleMillis);
        positive("connections", connections);
        if (batchMicros < 0) {
            throw InputException.of("a wait of " + batchMicros + " microseconds for a batch", "0 or more");
        }
    }

    private static void positive(String what, long value) {
        if (value < 1) {
            throw InputException.of("limit of " + what + " is " + value, "1 or more");
        }
    }
}
