package org.aiis.conformance.worker;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.aiis.spec.protocol.Answer;
import org.aiis.spec.protocol.Connection;
import org.aiis.spec.protocol.Message;
import org.aiis.spec.protocol.ProtocolViolation;
import org.aiis.spec.protocol.Request;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Observation.Phase;

/**
 * One worker process. A caller waits in the read itself, since a hand-over to another thread costs as much as a small case;
 * a shared timer kills the process of a caller who waits too long, which ends the read.
 */
final class WorkerProcess implements AutoCloseable {
    private enum Wait {
        OPEN,
        ANSWERED,
        LATE
    }

    private static final long DEATH_SECONDS = 10;

    private final Process process;
    private final Path scratch;
    private final Tail stderr;
    private final Connection connection;
    private final ScheduledExecutorService timer;
    private long lastId = -1;

    WorkerProcess(WorkerSettings settings, Path parent, ScheduledExecutorService timer) {
        try {
            this.scratch = Files.createTempDirectory(parent, "worker-");
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch folder is not ours to write", e);
        }
        this.timer = timer;
        this.process = Launch.start(settings, scratch);
        this.stderr = new Tail(process.getErrorStream());
        this.connection = new Connection(
                new BufferedInputStream(process.getInputStream(), 1 << 16),
                process.getOutputStream(),
                settings.limits());
    }

    /** Sends a request and waits for its answer; whatever else comes ends the process. */
    Reply ask(Request request, Phase phase, Duration limit) {
        long id = ++lastId;
        stderr.clear();
        AtomicReference<Wait> wait = new AtomicReference<>(Wait.OPEN);
        ScheduledFuture<?> watch = timer.schedule(
                () -> {
                    if (wait.compareAndSet(Wait.OPEN, Wait.LATE)) {
                        kill();
                    }
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
        Reply reply = exchange(id, request, phase);
        watch.cancel(false);
        if (!wait.compareAndSet(Wait.OPEN, Wait.ANSWERED)) {
            reply = new Reply.Ended(new Observation.TimedOut(phase, limit.toMillis()));
        }
        if (reply instanceof Reply.Ended) {
            kill();
            clean();
        }
        return reply;
    }

    private Reply exchange(long id, Request request, Phase phase) {
        try {
            connection.send(id, request);
        } catch (ProtocolViolation e) {
            return new Reply.Unsent(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return died(phase);
        }
        try {
            Optional<Message<Answer>> answer = connection.answer();
            if (answer.isEmpty()) {
                return died(phase);
            }
            if (answer.get().id() != id) {
                return violated(phase, "an answer to request " + answer.get().id() + " instead of " + id);
            }
            return new Reply.Answered(answer.get().body());
        } catch (ProtocolViolation e) {
            return violated(phase, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return died(phase);
        }
    }

    static Reply violated(Phase phase, String reason) {
        return new Reply.Ended(new Observation.Violated(phase, reason));
    }

    /** The stream has ended: the process is dying, and has a moment to write down why. */
    private Reply died(Phase phase) {
        try {
            if (!process.waitFor(DEATH_SECONDS, TimeUnit.SECONDS)) {
                return violated(phase, "it closed the descriptor of its answers and lived on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return violated(phase, "the suite was interrupted while it waited for the death of the worker");
        }
        CrashReport report = CrashReport.of(process.exitValue(), scratch, stderr.text());
        return new Reply.Ended(new Observation.Crashed(phase, report.cause(), report.detail()));
    }

    /** The most memory that it held so far, in MiB; empty where it cannot be told. */
    OptionalLong peakMemory() {
        return PeakMemory.mebibytes(process.pid());
    }

    /** With all that it started: a grandchild that holds the pipe would keep the read from ending. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Ends it: standard input ends first, so that it can leave by itself. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor(2, TimeUnit.SECONDS);
        } catch (IOException e) {
            kill(); // It is dead already, or does not read: the same to us.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
        clean();
    }

    private void clean() {
        try {
            process.waitFor(DEATH_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Scratch.delete(scratch);
    }
}
