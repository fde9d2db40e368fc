package org.aiis.conformance.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/**
 * The steps that are made of others: {@code together} and {@code cycle}, for a backend whose steps may be performed by many
 * threads at once, which it says by listing them.
 */
final class SessionSteps implements Backend {
    /** Handle of the sessions of a cycle. */
    private static final String CYCLED = "aiis-cycle";

    /** Freed by Java's cleaner after a collection, in a thread of its own. */
    private static final int MILLIS_OF_CLEANER = 20;

    private final Backend backend;

    SessionSteps(Backend backend) {
        this.backend = backend;
    }

    @Override
    public Sut describe() {
        return backend.describe();
    }

    @Override
    public Observation perform(Step step) {
        if (step instanceof Step.Together together) {
            return together(together);
        } else if (step instanceof Step.Cycle cycle) {
            return cycle(cycle);
        }
        return backend.perform(step);
    }

    private Observation together(Step.Together step) {
        int size = step.steps().size();
        CyclicBarrier begin = new CyclicBarrier(size);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try {
            List<Future<Repeated>> answers = new ArrayList<>();
            for (Step each : step.steps()) {
                answers.add(threads.submit(() -> {
                    Repeated repeated = new Repeated();
                    begin.await();
                    for (int time = 0; time < step.times() && repeated.goesOn(); time++) {
                        most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                        Observation answer = backend.perform(each);
                        underWay.decrementAndGet();
                        repeated.add(answer);
                    }
                    return repeated;
                }));
            }
            SortedMap<String, Tensor> told = new TreeMap<>();
            for (int i = 0; i < size; i++) {
                Repeated repeated = answers.get(i).get();
                if (!repeated.goesOn()) {
                    return repeated.stopped();
                }
                repeated.tell(i + "/", told);
            }
            told.put(Step.MEASURED + "at-once", Repeated.count(most.get()));
            return Observation.Outputs.of(told);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Observation.NotDriven("the worker was interrupted");
        } catch (ExecutionException e) {
            return new Observation.NotDriven("the worker itself failed: " + e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Observation cycle(Step.Cycle step) {
        Repeated repeated = new Repeated();
        List<Long> resident = new ArrayList<>();
        List<Step> cycle = List.of(
                new Step.Load(CYCLED, step.bytes(), false), Step.Run.of(CYCLED, step.inputs()), new Step.Close(CYCLED));
        for (int i = 1; i <= step.cycles(); i++) {
            for (Step each : cycle) {
                Observation answer = backend.perform(each);
                if (!(answer instanceof Observation.Outputs)) {
                    return answer;
                }
                if (each instanceof Step.Run) {
                    repeated.add(answer);
                }
            }
            if (i % step.every() == 0) {
                OptionalLong bytes = resident();
                if (bytes.isEmpty()) {
                    return new Observation.NotDriven("the resident memory of a process cannot be read here");
                }
                resident.add(bytes.getAsLong());
            }
        }
        SortedMap<String, Tensor> told = new TreeMap<>();
        repeated.tellRuns("", told);
        long[] bytes = resident.stream().mapToLong(Long::longValue).toArray();
        told.put(Step.MEASURED + "resident", Tensor.ofLongs(ElementType.INT64, Shape.of(bytes.length), bytes));
        return Observation.Outputs.of(told);
    }

    /** Of this process, in bytes. Garbage of the worker's own goes first, so that what is left is held by somebody. */
    private static OptionalLong resident() {
        System.gc();
        try {
            Thread.sleep(MILLIS_OF_CLEANER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long kibibytes = Memory.residentKiB(ProcessHandle.current().pid());
        return kibibytes == 0 ? OptionalLong.empty() : OptionalLong.of(kibibytes << 10);
    }

    @Override
    public void close() {
        backend.close();
    }
}
