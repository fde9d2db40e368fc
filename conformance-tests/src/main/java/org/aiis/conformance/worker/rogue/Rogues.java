package org.aiis.conformance.worker.rogue;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All that can be asked for by name. */
final class Rogues {
    private Rogues() {}

    /**
     * A rogue by name.
     *
     * @param summary what it does, and what the suite makes of it
     * @param make a fresh one for each worker
     */
    record Named(String name, String summary, Supplier<Rogue> make) {}

    static List<Named> all() {
        return Stream.of(Deaths.all(), Floods.all(), BrokenFrames.all(), Lies.all())
                .flatMap(List::stream)
                .toList();
    }
}
