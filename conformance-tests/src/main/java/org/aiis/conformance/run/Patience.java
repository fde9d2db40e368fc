package org.aiis.conformance.run;

import java.util.concurrent.atomic.AtomicLong;
import org.aiis.spec.evidence.Repeats;

/** What a search may still take. Safe for many threads. */
final class Patience {
    private final long deadline;
    private final AtomicLong cases;

    Patience(Repeats.Tracing search) {
        this.deadline = System.nanoTime() + search.seconds() * 1_000_000_000L;
        this.cases = new AtomicLong(search.cases());
    }

    /** A case is about to be shown. */
    void spend() {
        cases.decrementAndGet();
    }

    boolean left() {
        return cases.get() > 0 && System.nanoTime() < deadline;
    }
}
