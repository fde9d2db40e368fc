package org.aiis.conformance.run;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.aiis.conformance.worker.WorkerPool;

/** Workers that come up while something else is made ready: a backend takes seconds to load, and so does the catalogue. */
public final class ComingUp implements AutoCloseable {
    private final FutureTask<WorkerPool> start;

    public ComingUp(Supplier<WorkerPool> workers) {
        this.start = new FutureTask<>(workers::get);
        Thread thread = new Thread(start, "workers-start");
        thread.setDaemon(true);
        thread.start();
    }

    /** The workers, once they are there; throws what their start threw. */
    public WorkerPool pool() {
        try {
            return start.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the suite was interrupted while its workers came up", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Ends them. Of workers that did not come up {@link #pool} has told, or nobody wants to know any more. */
    @Override
    public void close() {
        WorkerPool pool;
        try {
            pool = start.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (ExecutionException e) {
            return;
        }
        pool.close();
    }
}
