package org.aiis.conformance.backend.reference;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aiis.conformance.backend.Cancelled;
import org.aiis.spec.port.Backend;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** Ends a run by interrupting its thread: an evaluation that is interrupted has no budget left. */
final class Cancellable {
    private final Backend backend;

    Cancellable(Backend backend) {
        this.backend = backend;
    }

    Observation perform(Step.Cancel step) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            long start = System.nanoTime();
            Future<Observation> run = thread.submit(() -> backend.perform(step.run()));
            try {
                Observation over = run.get(step.afterMillis(), TimeUnit.MILLISECONDS);
                return over instanceof Observation.Outputs ? Cancelled.tooLate() : over;
            } catch (TimeoutException underWay) {
                long asked = System.nanoTime();
                thread.shutdownNow();
                boolean ended = !(run.get() instanceof Observation.Outputs);
                return Cancelled.answer(asked - start, System.nanoTime() - asked, ended);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Observation.NotDriven("the worker was interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            thread.shutdownNow();
        }
    }
}
