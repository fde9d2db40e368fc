package org.aiis.conformance.worker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.aiis.conformance.worker.Waiting.End;
import org.aiis.spec.protocol.Answer;
import org.aiis.spec.protocol.Connection;
import org.aiis.spec.protocol.Message;
import org.aiis.spec.protocol.ProtocolViolation;
import org.aiis.spec.protocol.Request;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Observation.Phase;

/**
 * One worker process. A caller waits in the read itself, since a hand-over to another thread costs as much as a small case;
 * others kill the process of a caller who waits too long, whose worker takes too much memory or prints without end. That
 * ends the read.
 */
final class WorkerProcess implements AutoCloseable {
    private static final long DEATH_SECONDS = 10;

    /** How often it is looked whether an answer is late: a watch for each of them would take longer than many a step. */
    private static final long LOOKED_MILLIS = 20;

    private final WorkerSettings settings;
    private final Family family = new Family();
    private final Process process;
    private final Path scratch;
    private final Optional<Path> notes;
    private final Path held;
    private final Tail stderr;
    private final InputStream answers;
    private final Connection connection;
    private final CompletableFuture<?> orphansEnded;
    private final ClassArchive archive;
    private final boolean archiving;
    private final ScheduledFuture<?> watch;
    private volatile Waiting current = Waiting.none();
    private long lastId = -1;
    private Sent sent = Sent.NOTHING;

    WorkerProcess(WorkerSettings settings, Path parent, ScheduledExecutorService timer) {
        try {
            this.scratch = Files.createTempDirectory(parent, Canary.SCRATCH);
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch folder is not ours to write", e);
        }
        this.settings = settings;
        this.notes = settings.command().isEmpty() ? Scratch.inMemory() : Optional.empty();
        this.held = HeldAnswers.in(notes.orElse(scratch));
        this.archive = ClassArchive.of(settings.command().isEmpty() ? Launch.classPath() : "", settings.backend());
        this.archiving = archive.isMissing();
        this.process = Launch.start(settings, scratch, notes, family.name(), archive.options(scratch));
        family.born(process);
        this.stderr = new Tail(process.getErrorStream(), () -> end(current, End.FLOODING));
        this.answers = process.getInputStream(); // Java buffers it.
        this.connection = new Connection(answers, process.getOutputStream(), settings.limits());
        // A child that holds the pipe of a dead worker would keep the read from ending.
        this.orphansEnded = process.onExit().thenRun(family::endOrphans);
        this.watch = timer.scheduleWithFixedDelay(this::look, LOOKED_MILLIS, LOOKED_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * How many of the requests went out that were sent last.
     *
     * @param unsent why the next one did not; empty where there is none, or where the process took no more
     */
    private record Sent(int count, Optional<String> unsent) {
        static final Sent NOTHING = new Sent(0, Optional.empty());
    }

    /** A request, to be answered within a time. */
    record Asked(Request request, Phase phase, Duration limit) {}

    /** Sends a request and waits for its answer; whatever else comes ends the process. */
    Reply ask(Request request, Phase phase, Duration limit) {
        return ask(List.of(new Asked(request, phase, limit))).get(0);
    }

    /**
     * Sends requests at once and waits for their answers: a worker that finds the next one waiting loses no time over the
     * hand-over. Each has its time from the answer before it.
     *
     * @return what came of each, up to the first that was not answered
     */
    List<Reply> ask(List<Asked> requests) {
        long first = lastId + 1;
        lastId += requests.size();
        stderr.clear();
        List<Reply> replies = new ArrayList<>(requests.size());
        Waiting waiting = new Waiting(first, requests);
        current = waiting;
        for (int i = 0; i < requests.size(); i++) {
            waiting.begin(i);
            Asked asked = requests.get(i);
            Reply reply = i == 0 ? opened(first, requests) : answered(first, i, asked.phase());
            if (i == requests.size() - 1 || !(reply instanceof Reply.Answered)) {
                waiting.end(End.ANSWERED);
                reply = ended(waiting, asked).orElse(reply);
            }
            replies.add(reply);
            if (reply instanceof Reply.Ended) {
                kill();
                clean();
            }
            if (!(reply instanceof Reply.Answered)) {
                break;
            }
        }
        return replies;
    }

    /** What ended a wait from outside. */
    private Optional<Reply> ended(Waiting waiting, Asked asked) {
        Phase phase = asked.phase();
        return switch (waiting.end()) {
            case OPEN, ANSWERED -> Optional.empty();
            case LATE ->
                Optional.of(new Reply.Ended(
                        new Observation.TimedOut(phase, asked.limit().toMillis())));
            case OUT_OF_MEMORY -> Optional.of(exceeded(phase, settings.memoryMiB() + " MiB of memory"));
            case FLOODING ->
                Optional.of(exceeded(phase, Tail.MOST_MIB + " MiB of standard error and output in one step"));
        };
    }

    /** Sends all, and waits for the first. */
    private Reply opened(long first, List<Asked> requests) {
        Phase phase = requests.get(0).phase();
        try {
            if (!process.isAlive()) {
                return died(phase, ", before it was sent this step");
            }
            if (answers.available() > 0) {
                return violated(phase, "it sent what nobody asked for before this step");
            }
        } catch (IOException e) {
            return died(phase, "");
        }
        sent = send(first, requests);
        return answered(first, 0, phase);
    }

    private Sent send(long first, List<Asked> requests) {
        int put = 0;
        Optional<String> unsent = Optional.empty();
        try {
            while (put < requests.size() && unsent.isEmpty()) {
                unsent = put(first + put, requests.get(put).request());
                put += unsent.isEmpty() ? 1 : 0;
            }
            connection.flush();
        } catch (IOException e) {
            // It is dying. What it answered before that is still in the pipe.
        }
        return new Sent(put, unsent);
    }

    private Optional<String> put(long id, Request request) throws IOException {
        try {
            connection.put(id, request);
            return Optional.empty();
        } catch (ProtocolViolation e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Reply answered(long first, int index, Phase phase) {
        if (index >= sent.count() && sent.unsent().isPresent()) {
            return new Reply.Unsent(sent.unsent().get());
        }
        long id = first + index;
        try {
            Optional<Message<Answer>> answer = next(id);
            if (answer.isEmpty()) {
                return died(phase, "");
            }
            long answered = answer.get().id();
            if (answered != id) {
                return violated(
                        phase,
                        answered == id - 1
                                ? "it answered request " + answered + " twice"
                                : "an answer to request " + answered + " instead of " + id);
            }
            return index == sent.count() - 1 && answers.available() > 0
                    ? violated(phase, "more than one answer to request " + id)
                    : new Reply.Answered(answer.get().body());
        } catch (ProtocolViolation e) {
            return violated(phase, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return died(phase, "");
        }
    }

    /** The next answer, or the one that the process held when it ended; only the suite's own holds any. */
    private Optional<Message<Answer>> next(long id) throws IOException {
        Optional<Message<Answer>> sent;
        try {
            sent = connection.answer();
        } catch (EOFException e) {
            sent = Optional.empty();
        }
        return sent.isPresent() ? sent : held(id);
    }

    private Optional<Message<Answer>> held(long id) {
        return settings.command().isEmpty() ? HeldAnswers.answer(held, id, settings.limits()) : Optional.empty();
    }

    private static Reply exceeded(Phase phase, String limit) {
        return new Reply.Ended(new Observation.Exceeded(phase, limit));
    }

    static Reply violated(Phase phase, String reason) {
        return new Reply.Ended(new Observation.Violated(phase, Clipped.text(reason)));
    }

    /** The stream has ended: the process is dying, and has a moment to write down why. */
    private Reply died(Phase phase, String when) {
        // That it is being waited for no longer has anything to do with its time.
        current.end(End.ANSWERED);
        try {
            if (!process.waitFor(DEATH_SECONDS, TimeUnit.SECONDS)) {
                return violated(phase, "it closed the descriptor of its answers and lived on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return violated(phase, "the suite was interrupted while it waited for the death of the worker");
        }
        CrashReport report = CrashReport.of(process.exitValue(), scratch, stderr.text());
        return new Reply.Ended(new Observation.Crashed(phase, report.cause() + when, report.detail()));
    }

    /** Kills it when it holds more memory than it may, alone or, where asked for, with all that it started. */
    void weigh(boolean withFamily) {
        long limit = settings.memoryMiB() << 10;
        if (limit > 0 && process.isAlive()) {
            long held = withFamily ? Memory.familyKiB(process.toHandle()) : Memory.residentKiB(process.pid());
            if (held > limit) {
                end(current, End.OUT_OF_MEMORY);
            }
        }
    }

    private void look() {
        Waiting waiting = current;
        if (waiting.isLate(id -> held(id).isPresent())) {
            end(waiting, End.LATE);
        }
    }

    /** Ends a wait from outside. A worker between two steps is left alone: the next step meets the same limits. */
    private void end(Waiting waiting, End because) {
        if (waiting.end(because)) {
            kill();
        }
    }

    /** The most memory that it held so far, in MiB; empty where it cannot be told. */
    OptionalLong peakMemory() {
        return Memory.peakMiB(process.pid());
    }

    /** With all that it started: a grandchild that holds the pipe would keep the read from ending. */
    void kill() {
        family.end(process);
    }

    /** Ends it: standard input ends first, so that it can leave by itself. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            boolean left = process.waitFor(archiving ? ClassArchive.SECONDS_TO_MAKE : 2, TimeUnit.SECONDS);
            if (archiving && left && process.exitValue() == 0) {
                archive.take(scratch);
            }
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
        watch.cancel(false);
        orphansEnded.cancel(false); // Whatever is left has been looked for by now.
        Scratch.delete(scratch);
        notes.ifPresent(Scratch::delete);
    }
}
