package org.aiis.conformance.worker;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.aiis.conformance.backend.Backends;
import org.aiis.conformance.backend.Notes;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.protocol.Answer;
import org.aiis.spec.protocol.AnswerPipe;
import org.aiis.spec.protocol.Connection;
import org.aiis.spec.protocol.Limits;
import org.aiis.spec.protocol.Message;
import org.aiis.spec.protocol.ProtocolViolation;
import org.aiis.spec.protocol.Request;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/**
 * The suite's own worker: {@code BACKEND [NAME=VALUE]…}. Reads requests from standard input and writes answers to the
 * descriptor that AIIS_ANSWERS_FD names.
 */
public final class WorkerMain {
    private final String word;
    private final SortedMap<String, String> options;
    private final boolean onStdout;
    private Optional<Backend> backend = Optional.empty();

    /** Standard input. */
    private static final class Requests extends BufferedInputStream {
        Requests() {
            super(new FileInputStream(FileDescriptor.in));
        }

        /** Whether another has begun to come; the system is asked only where none was read with the last one. */
        synchronized boolean haveMore() throws IOException {
            return pos < count || available() > 0;
        }
    }

    private WorkerMain(String word, SortedMap<String, String> options, boolean onStdout) {
        this.word = word;
        this.options = options;
        this.onStdout = onStdout;
    }

    public static void main(String[] arguments) {
        int status = 1;
        try {
            endWithParent();
            serve(arguments);
            status = 0;
        } catch (IOException | RuntimeException e) {
            e.printStackTrace(System.err);
        } finally {
            // Not exit: shutdown hooks free native memory under a call that may still run.
            Runtime.getRuntime().halt(status);
        }
    }

    /** Without its parent a worker has nobody to serve; one that hangs in native code would live for ever. */
    private static void endWithParent() {
        ProcessHandle.current().parent().ifPresent(parent -> {
            CompletableFuture<?> watched =
                    parent.onExit().thenRun(() -> Runtime.getRuntime().halt(0));
            if (watched.isCompletedExceptionally()) {
                throw new IllegalStateException("the parent cannot be watched");
            }
        });
    }

    private static void serve(String[] arguments) throws IOException {
        String descriptor = System.getenv().getOrDefault("AIIS_ANSWERS_FD", "");
        boolean onStdout = descriptor.isEmpty();
        try (OutputStream answers =
                        held(onStdout ? new FileOutputStream(FileDescriptor.out) : AnswerPipe.open(descriptor));
                Requests requests = new Requests()) {
            System.setOut(System.err);
            Connection connection = new Connection(requests, answers, limits());
            new WorkerMain(arguments[0], options(arguments), onStdout).answer(connection, requests);
        }
    }

    /** Answers wait for the next where the suite gave a folder in which it finds them should there be none. */
    private static OutputStream held(OutputStream pipe) {
        if (!Notes.isGiven()) {
            return pipe;
        }
        try {
            return HeldAnswers.before(pipe, HeldAnswers.in(Notes.folder()));
        } catch (IOException e) {
            return pipe; // Each is sent alone, which takes longer.
        }
    }

    private static Limits limits() {
        String frame = System.getenv().getOrDefault(Launch.FRAME_LIMIT, "");
        return frame.isEmpty() ? Limits.DEFAULT : Limits.DEFAULT.withFrame(Integer.parseInt(frame));
    }

    private static SortedMap<String, String> options(String[] arguments) {
        SortedMap<String, String> options = new TreeMap<>();
        for (String argument : Arrays.asList(arguments).subList(1, arguments.length)) {
            int equals = argument.indexOf('=');
            if (equals < 1) {
                throw InputException.at("argument of the worker", 0, "NAME=VALUE", "'" + argument + "'");
            }
            options.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return options;
    }

    /** What was asked at once is answered at once. */
    private void answer(Connection connection, Requests requests) throws IOException {
        for (Optional<Message<Request>> next = connection.request(); next.isPresent(); next = connection.request()) {
            Message<Request> message = next.get();
            Answer answer = message.body() instanceof Request.Perform perform
                    ? new Answer.Observed(perform(perform.step()))
                    : describe((Request.Describe) message.body());
            try {
                connection.put(message.id(), answer);
            } catch (ProtocolViolation e) {
                String reason = "the answer does not fit a frame: " + e.getMessage();
                connection.put(message.id(), new Answer.Observed(new Observation.NotDriven(reason)));
            }
            if (!requests.haveMore()) {
                connection.flush();
            }
        }
    }

    private Answer describe(Request.Describe request) {
        if (request.protocol() != Message.PROTOCOL) {
            return new Answer.Refused(
                    "this worker speaks protocol " + Message.PROTOCOL + ", not " + request.protocol());
        }
        try {
            Backend opened = backend.orElseGet(
                    () -> new SessionSteps(Backends.installed().open(word, options)));
            backend = Optional.of(opened);
            return new Answer.Described(Message.PROTOCOL, described(opened.describe()));
        } catch (InputException e) {
            return new Answer.Refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            e.printStackTrace(System.err);
            return new Answer.Refused(e.toString());
        }
    }

    private Sut described(Sut sut) {
        SortedMap<String, String> properties = new TreeMap<>(sut.properties());
        if (onStdout) {
            properties.put("frames", "stdout");
        }
        return new Sut(
                sut.name(), sut.vendor(), sut.version(), sut.backend(), sut.provider(), sut.libraries(), properties);
    }

    /** What goes wrong here in Java is the adapter's own fault, and never the system under test's. */
    private Observation perform(Step step) {
        if (backend.isEmpty()) {
            return new Observation.NotDriven("the first request of a connection is describe");
        }
        try {
            return Clipped.of(backend.get().perform(step));
        } catch (RuntimeException | OutOfMemoryError e) {
            e.printStackTrace(System.err);
            return new Observation.NotDriven("the worker itself failed: " + e);
        }
    }
}
