package org.aiis.conformance.worker;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.aiis.conformance.worker.WorkerProcess.Asked;

/** The wait for the answers to requests that were sent at once: each has its time from the answer before it. */
final class Waiting {
    /** How a wait ended, or that it has not. */
    enum End {
        OPEN,
        ANSWERED,
        LATE,
        OUT_OF_MEMORY,
        FLOODING
    }

    private final long first;
    private final List<Asked> requests;
    private End end = End.OPEN;
    private int awaited;
    private long begun = System.nanoTime();

    /** @param first number of the first request */
    Waiting(long first, List<Asked> requests) {
        this.first = first;
        this.requests = List.copyOf(requests);
    }

    /** No wait. */
    static Waiting none() {
        Waiting none = new Waiting(0, List.of());
        none.end(End.ANSWERED);
        return none;
    }

    /** The time of a request begins, where it has not yet. */
    synchronized void begin(int request) {
        if (request > awaited) {
            awaited = request;
            begun = System.nanoTime();
        }
    }

    /**
     * Whether the answer that is due is late.
     *
     * @param held whether the answer to a request, by its number, is there and was not sent: then the next one is due from now on
     */
    synchronized boolean isLate(LongPredicate held) {
        if (end != End.OPEN || inTime()) {
            return false;
        }
        if (awaited < requests.size() - 1 && held.test(first + awaited)) {
            begin(awaited + 1);
            return false;
        }
        return true;
    }

    private boolean inTime() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)
                < requests.get(awaited).limit().toMillis();
    }

    /** Ends it, where it has not ended; tells whether that is so. */
    synchronized boolean end(End because) {
        if (end != End.OPEN) {
            return false;
        }
        end = because;
        return true;
    }

    synchronized End end() {
        return end;
    }
}
