package org.aiis.conformance.junit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.TestCase;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.TestExecutionResult;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Drives cases in their order, some at once: each lane takes the next one as soon as it is through with its last. */
final class Lanes {
    private final Iterator<Case> waiting;
    private final Function<TestCase, Finding> runner;
    private final EngineExecutionListener listener;

    Lanes(List<Case> cases, Function<TestCase, Finding> runner, EngineExecutionListener listener) {
        this.waiting = cases.iterator();
        this.runner = runner;
        this.listener = listener;
    }

    /** Returns when all are through, or when a lane met an error of the machine's, which is thrown. */
    void drive(int lanes) {
        ExecutorService threads = Executors.newFixedThreadPool(lanes);
        try {
            List<Future<?>> driven = new ArrayList<>();
            for (int i = 0; i < lanes; i++) {
                driven.add(threads.submit(this::lane));
            }
            for (Future<?> lane : driven) {
                lane.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while cases were driven", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a lane broke: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private void lane() {
        for (Optional<Case> next = next(); next.isPresent(); next = next()) {
            Case test = next.get();
            listener.executionFinished(test, result(test));
            if (test.requirement().ends()) {
                listener.executionFinished(test.requirement(), TestExecutionResult.successful());
            }
        }
    }

    /** A requirement begins before any of its cases does. */
    private synchronized Optional<Case> next() {
        if (!waiting.hasNext()) {
            return Optional.empty();
        }
        Case test = waiting.next();
        if (test.requirement().begins()) {
            listener.executionStarted(test.requirement());
        }
        listener.executionStarted(test);
        return Optional.of(test);
    }

    private TestExecutionResult result(Case test) {
        try {
            Finding finding = runner.apply(test.testCase());
            return switch (finding.verdict()) {
                case PASS -> TestExecutionResult.successful();
                case INCONCLUSIVE, NOT_APPLICABLE ->
                    TestExecutionResult.aborted(new TestAbortedException(finding.message()));
                case FAIL, ERROR ->
                    TestExecutionResult.failed(new AssertionFailedError(finding.verdict() + ": " + finding.message()));
            };
        } catch (RuntimeException e) {
            return TestExecutionResult.failed(e);
        }
    }
}
