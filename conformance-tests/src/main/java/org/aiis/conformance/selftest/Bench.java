package org.aiis.conformance.selftest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.aiis.conformance.worker.AdapterProcess;
import org.aiis.conformance.worker.AdapterProcess.Wiring;
import org.aiis.spec.protocol.Limits;

/**
 * Where checks get their processes from. Those that leave a worker as they found it share one, since starting a runtime can
 * take seconds; after a deviation the next check meets a fresh one.
 */
final class Bench implements AutoCloseable {
    private final List<String> command;
    private final Duration limit;
    private Optional<Adapter> shared = Optional.empty();

    Bench(List<String> command, Duration limit) {
        this.command = List.copyOf(command);
        this.limit = limit;
    }

    /** A worker that has described itself and lives on for the next check. */
    Adapter shared() throws Deviation {
        if (shared.isEmpty()) {
            Adapter adapter = bare(Wiring.AS_IN_A_RUN, Limits.DEFAULT);
            shared = Optional.of(adapter);
            adapter.describe();
        }
        return shared.get();
    }

    /** A worker of the caller's own that has described itself. */
    Adapter own() throws Deviation {
        return own(Wiring.AS_IN_A_RUN, Limits.DEFAULT);
    }

    Adapter own(Wiring wiring, Limits limits) throws Deviation {
        Adapter adapter = bare(wiring, limits);
        try {
            adapter.describe();
            return adapter;
        } catch (Deviation e) {
            adapter.close();
            throw e;
        }
    }

    /** A worker that nothing was said to yet. */
    Adapter bare(Wiring wiring, Limits limits) {
        return new Adapter(AdapterProcess.start(command, wiring, limits.frame()), limits, limit);
    }

    /** After a deviation nobody knows what state the worker is in. */
    void discard() {
        shared.ifPresent(Adapter::close);
        shared = Optional.empty();
    }

    @Override
    public void close() {
        discard();
    }
}
