package org.aiis.conformance.worker;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.aiis.spec.evidence.Seat;

/** Counts the processes of a worker and what each was shown. */
final class Seating {
    private final AtomicInteger started;
    private int process;
    private int shown;
    private boolean counted;
    private Optional<Seat> seat = Optional.empty();

    /** @param started how many processes were started so far, by all workers of the pool */
    Seating(AtomicInteger started) {
        this.started = started;
    }

    /** A stimulus is about to be shown. */
    void begin() {
        counted = false;
        seat = Optional.empty();
    }

    /** Another process is there, which was shown nothing. */
    void process() {
        process = started.incrementAndGet();
        shown = 0;
        counted = false;
    }

    /** A step of the stimulus reaches the process. What goes on in another process, after a death, is counted there too. */
    void step() {
        if (!counted) {
            counted = true;
            shown++;
            seat = seat.or(() -> Optional.of(new Seat(process, shown)));
        }
    }

    /** The process that the stimulus met first. */
    Optional<Seat> seat() {
        return seat;
    }

    /** Number of the process that is there, or was last. */
    int current() {
        return process;
    }

    /** Whether the process was shown anything. */
    boolean used() {
        return shown > 0;
    }
}
