package org.aiis.conformance.qualification;

import java.util.BitSet;

/** What instrumented classes report to, thread by thread: the methods they enter, and each turn of a loop. */
public final class Meter {
    /** A run longer than this is taken for endless; the longest right one has a tenth of it. */
    private static final long FUEL = 20_000_000L;

    private static final ThreadLocal<Meter> METER = ThreadLocal.withInitial(Meter::new);

    private final BitSet entered = new BitSet();
    private long left = FUEL;

    private Meter() {}

    /** The run did not come to its end. */
    static final class Endless extends Error {
        private static final long serialVersionUID = 1L;

        Endless() {
            super("endless", null, false, false);
        }
    }

    /** Called at each jump backward. */
    public static void turn() {
        if (--METER.get().left < 0) {
            throw new Endless();
        }
    }

    /** Called at the start of each method. */
    public static void enter(int method) {
        METER.get().entered.set(method);
    }

    /** Starts anew and gives what was entered so far. */
    static BitSet reset() {
        Meter meter = METER.get();
        BitSet entered = (BitSet) meter.entered.clone();
        meter.entered.clear();
        meter.left = FUEL;
        return entered;
    }
}
