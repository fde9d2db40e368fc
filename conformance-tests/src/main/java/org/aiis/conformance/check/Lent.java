package org.aiis.conformance.check;

import java.util.Optional;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;

/** A second system beside the one that is checked, or none. */
record Lent(Optional<WorkerPool> pool) implements AutoCloseable {
    static Lent of(Optional<BackendUri> backend, int timeoutSeconds) {
        return new Lent(backend.map(uri -> Workers.start(uri.name(), 1, timeoutSeconds, uri.options())));
    }

    /** Name, version and provider. */
    Optional<String> name() {
        return pool.map(
                p -> p.sut().name() + " " + p.sut().version() + " (" + p.sut().provider() + ")");
    }

    Observation observe(Stimulus stimulus) {
        return pool.map(p -> p.observe(stimulus))
                .orElseGet(() -> new Observation.NotDriven("no system is named for it"));
    }

    @Override
    public void close() {
        pool.ifPresent(WorkerPool::close);
    }
}
