package org.aiis.conformance.check;

import java.util.Optional;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.bisect.Showing;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;

/** A second system beside the one that is checked, or none. */
record Lent(Optional<WorkerPool> pool, Optional<Showing> showing) implements AutoCloseable {
    static final Lent NONE = new Lent(Optional.empty(), Optional.empty());

    /** @param file the model that it is shown */
    static Lent of(Optional<BackendUri> backend, ModelFile file, int timeoutSeconds) {
        Optional<WorkerPool> pool = backend.map(uri -> Workers.start(uri.name(), 1, timeoutSeconds, uri.options()));
        return new Lent(pool, pool.map(p -> Showing.of(file, p.sut())));
    }

    /** Name, version and provider. */
    Optional<String> name() {
        return pool.map(
                p -> p.sut().name() + " " + p.sut().version() + " (" + p.sut().provider() + ")");
    }

    Observation observe(Stimulus.ModelRun run) {
        return pool.map(p -> p.observe(showing.orElseThrow().stimulus(run)))
                .orElseGet(() -> new Observation.NotDriven("no system is named for it"));
    }

    @Override
    public void close() {
        pool.ifPresent(WorkerPool::close);
        showing.ifPresent(Showing::close);
    }
}
