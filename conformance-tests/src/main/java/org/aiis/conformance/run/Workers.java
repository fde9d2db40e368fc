package org.aiis.conformance.run;

import java.time.Duration;
import java.util.SortedMap;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.conformance.worker.WorkerSettings;
import org.aiis.reference.onnx.ModelBuilder;

/** Starts the workers of a run. */
public final class Workers {
    private Workers() {}

    public static WorkerPool start(String backend, int workers, int timeoutSeconds, SortedMap<String, String> options) {
        WorkerSettings settings = WorkerSettings.of(backend)
                .withOptions(options)
                .withWorkers(workers)
                .withStepTimeout(Duration.ofSeconds(timeoutSeconds));
        return WorkerPool.start(settings, ModelBuilder::withInitializers);
    }
}
