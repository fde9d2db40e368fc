package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aiis.conformance.backend.Cancelled;
import org.aiis.conformance.backend.ort.OrtTensors.Unreachable;
import org.aiis.spec.testing.Observation;

/** Ends a run by its RunOptions. It waits for the return, however late: a session is never left with a run inside. */
final class Cancelling {
    private final OrtSession.RunOptions options;

    Cancelling(OrtSession.RunOptions options) {
        this.options = options;
    }

    Observation perform(int afterMillis, Callable<Observation> call) throws OrtException, Unreachable {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            long start = System.nanoTime();
            Future<Observation> run = thread.submit(call);
            try {
                Observation over = run.get(afterMillis, TimeUnit.MILLISECONDS);
                return over instanceof Observation.Outputs ? Cancelled.tooLate() : over;
            } catch (TimeoutException underWay) {
                long asked = System.nanoTime();
                options.setTerminate(true);
                boolean ended = endsWithoutOutputs(run);
                return Cancelled.answer(asked - start, System.nanoTime() - asked, ended);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Observation.NotDriven("the worker was interrupted");
        } catch (ExecutionException e) {
            return raised(e);
        } finally {
            thread.shutdown();
        }
    }

    private static boolean endsWithoutOutputs(Future<Observation> run) throws InterruptedException, ExecutionException {
        try {
            return !(run.get() instanceof Observation.Outputs);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OrtException) {
                return true;
            }
            throw e;
        }
    }

    private static Observation raised(ExecutionException e) throws OrtException, Unreachable {
        if (e.getCause() instanceof OrtException refused) {
            throw refused;
        } else if (e.getCause() instanceof Unreachable unreachable) {
            throw unreachable;
        }
        throw new IllegalStateException(e.getCause());
    }
}
