package org.aiis.conformance.worker;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.protocol.Limits;

/**
 * How workers are started and watched.
 *
 * @param backend word of the backend: cpu, reference, faulty:NAME
 * @param options of the backend, by name
 * @param workers processes at once
 * @param profiled whether models are loaded so that the placement of their nodes can be told
 * @param startTimeout for the process to come up and describe itself
 * @param stepTimeout for a step; a load has twice its own longest time on top
 * @param heapMiB largest Java heap of the suite's own worker
 * @param memoryMiB resident memory that a worker and what it started may take together; 0 for no limit
 * @param limits of frames
 * @param command of a foreign worker that speaks spec/worker-protocol.md; empty for the suite's own
 */
public record WorkerSettings(
        String backend,
        SortedMap<String, String> options,
        int workers,
        boolean profiled,
        Duration startTimeout,
        Duration stepTimeout,
        int heapMiB,
        long memoryMiB,
        Limits limits,
        List<String> command) {
    public WorkerSettings {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        command = List.copyOf(command);
        if (workers < 1 || memoryMiB < 0) {
            throw new IllegalArgumentException("at least one worker, and no negative memory");
        }
    }

    /** One profiled worker, 60 s to start, 30 s a step, a heap of 768 MiB, no limit on memory beside it. */
    public static WorkerSettings of(String backend) {
        return new WorkerSettings(
                backend,
                new TreeMap<>(),
                1,
                true,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                768,
                0,
                Limits.DEFAULT,
                List.of());
    }

    public WorkerSettings withOptions(SortedMap<String, String> other) {
        return new WorkerSettings(
                backend, other, workers, profiled, startTimeout, stepTimeout, heapMiB, memoryMiB, limits, command);
    }

    public WorkerSettings withWorkers(int other) {
        return new WorkerSettings(
                backend, options, other, profiled, startTimeout, stepTimeout, heapMiB, memoryMiB, limits, command);
    }

    public WorkerSettings withProfiled(boolean other) {
        return new WorkerSettings(
                backend, options, workers, other, startTimeout, stepTimeout, heapMiB, memoryMiB, limits, command);
    }

    public WorkerSettings withStepTimeout(Duration other) {
        return new WorkerSettings(
                backend, options, workers, profiled, startTimeout, other, heapMiB, memoryMiB, limits, command);
    }

    public WorkerSettings withStartTimeout(Duration other) {
        return new WorkerSettings(
                backend, options, workers, profiled, other, stepTimeout, heapMiB, memoryMiB, limits, command);
    }

    public WorkerSettings withMemoryMiB(long other) {
        return new WorkerSettings(
                backend, options, workers, profiled, startTimeout, stepTimeout, heapMiB, other, limits, command);
    }

    public WorkerSettings withLimits(Limits other) {
        return new WorkerSettings(
                backend, options, workers, profiled, startTimeout, stepTimeout, heapMiB, memoryMiB, other, command);
    }

    public WorkerSettings withCommand(List<String> other) {
        return new WorkerSettings(
                backend, options, workers, profiled, startTimeout, stepTimeout, heapMiB, memoryMiB, limits, other);
    }
}
