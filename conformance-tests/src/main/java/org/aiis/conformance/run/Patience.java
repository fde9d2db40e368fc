package org.aiis.conformance.run;

import java.util.concurrent.atomic.AtomicLong;
import org.aiis.spec.evidence.Repeats;

/**
 * What a search may still take. Its last quarter is for what is known already: cases that killed one process have mostly killed
 * others. Safe for many threads.
 */
final class Patience {
    private final long deadline;
    private final long lastQuarter;
    private final AtomicLong cases;

    Patience(Repeats.Tracing search) {
        long seconds = 1_000_000_000L * search.seconds();
        this.deadline = System.nanoTime() + seconds;
        this.lastQuarter = deadline - seconds / 4;
        this.cases = new AtomicLong(search.cases());
    }

    /** A case is about to be shown. */
    void spend() {
        cases.decrementAndGet();
    }

    /** For what is not known yet. */
    boolean left() {
        return cases.get() > 0 && System.nanoTime() < lastQuarter;
    }

    /** For what is known of other deaths. */
    boolean leftForKnown() {
        return cases.get() > 0 && System.nanoTime() < deadline;
    }
}
