package org.aiis.reference.serving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.aiis.spec.tensor.Tensor;

/**
 * Puts waiting requests of a model together into runs. A caller who finds a free place runs at once, in its own thread, what
 * waits, so that a request alone costs no change of threads; what comes while all places are taken waits, and goes together.
 * Where a wait is allowed, a run that is not full waits that long for more, counted from its first request.
 */
final class Batching {
    private final ServingLimits limits;
    private final boolean together;
    private final Run run;
    private final Executor others;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private int running;

    /** Runs requests, as one where they are several, and completes each. */
    @FunctionalInterface
    interface Run {
        void of(List<Waiting> requests);
    }

    /** A request that waits for its outputs. */
    record Waiting(
            SortedMap<String, Tensor> inputs,
            int rows,
            long since,
            CompletableFuture<SortedMap<String, Tensor>> outputs) {}

    /**
     * An empty queue.
     *
     * @param together whether requests of the model may be put together
     * @param others runs what is left over when a caller has its answer
     */
    Batching(ServingLimits limits, boolean together, Run run, Executor others) {
        this.limits = limits;
        this.together = together;
        this.run = run;
        this.others = others;
    }

    /** Answers when the request was run; may run it, and others, in the thread of the caller. */
    CompletableFuture<SortedMap<String, Tensor>> submit(SortedMap<String, Tensor> inputs) {
        Waiting mine = new Waiting(inputs, Rows.of(inputs), System.nanoTime(), new CompletableFuture<>());
        boolean leads;
        lock.lock();
        try {
            if (queue.size() >= limits.queued()) {
                throw new Refusal(Refusal.Reason.BUSY, queue.size() + " requests of this model wait already");
            }
            queue.add(mine);
            leads = running < limits.concurrent();
            running += leads ? 1 : 0;
            arrived.signal();
        } finally {
            lock.unlock();
        }
        mine.outputs().orTimeout(limits.requestMillis(), TimeUnit.MILLISECONDS);
        if (leads) {
            lead(mine);
        }
        return mine.outputs();
    }

    /** Runs what waits until {@code mine} is done; then another thread goes on. */
    private void lead(Waiting mine) {
        while (true) {
            List<Waiting> group = next();
            if (group.isEmpty()) {
                return;
            }
            run.of(group);
            if (mine.outputs().isDone()) {
                handOver();
                return;
            }
        }
    }

    private void handOver() {
        lock.lock();
        try {
            if (queue.isEmpty()) {
                running--;
                return;
            }
        } finally {
            lock.unlock();
        }
        others.execute(() -> {
            for (List<Waiting> group = next(); !group.isEmpty(); group = next()) {
                run.of(group);
            }
        });
    }

    /** What is run next; empty, with the place given back, when nothing waits. */
    private List<Waiting> next() {
        lock.lock();
        try {
            queue.removeIf(w -> w.outputs().isDone()); // Late: it was answered already.
            Waiting first = queue.poll();
            if (first == null) {
                running--;
                return List.of();
            }
            List<Waiting> group = new ArrayList<>(List.of(first));
            if (!together || first.rows() == 0) {
                return group;
            }
            int rows = gather(first, first.rows(), group);
            long until = first.since() + TimeUnit.MICROSECONDS.toNanos(limits.batchMicros());
            for (long left = until - System.nanoTime();
                    left > 0 && rows < limits.batchRows();
                    left = until - System.nanoTime()) {
                if (arrived.awaitNanos(left) > 0) {
                    rows = gather(first, rows, group);
                }
            }
            return group;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("a thread of the server was interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private int gather(Waiting first, int held, List<Waiting> group) {
        int rows = held;
        for (Iterator<Waiting> waiting = queue.iterator(); waiting.hasNext() && rows < limits.batchRows(); ) {
            Waiting other = waiting.next();
            if (other.rows() > 0
                    && rows + other.rows() <= limits.batchRows()
                    && Rows.alike(first.inputs(), other.inputs())) {
                group.add(other);
                rows += other.rows();
                waiting.remove();
            }
        }
        return rows;
    }
}
