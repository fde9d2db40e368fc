package org.aiis.conformance.selftest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aiis.conformance.worker.AdapterProcess;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.protocol.Answer;
import org.aiis.spec.protocol.Connection;
import org.aiis.spec.protocol.Limits;
import org.aiis.spec.protocol.Message;
import org.aiis.spec.protocol.ProtocolViolation;
import org.aiis.spec.protocol.Request;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** One process of the worker under examination. Whatever it does against the protocol is a {@link Deviation}. */
final class Adapter implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(10);

    private final AdapterProcess process;
    private final InputStream answers;
    private final Connection connection;
    private final Duration limit;
    private final Limits limits;
    private long id = -1;

    Adapter(AdapterProcess process, Limits limits, Duration limit) {
        this.process = process;
        this.answers = new BufferedInputStream(process.answers());
        this.connection = new Connection(answers, process.requests(), limits);
        this.limit = limit;
        this.limits = limits;
    }

    AdapterProcess process() {
        return process;
    }

    Sut describe() throws Deviation {
        Answer answer = ask(new Request.Describe(Message.PROTOCOL));
        if (answer instanceof Answer.Described described) {
            if (described.protocol() != Message.PROTOCOL) {
                throw new Deviation("it was asked for protocol " + Message.PROTOCOL + " and speaks "
                        + described.protocol() + " without refusing");
            }
            return described.sut();
        }
        throw new Deviation("to describe it answered " + told(answer));
    }

    Answer ask(Request request) throws Deviation {
        return exchange(frame(id + 1, request));
    }

    /** The observation of a step. */
    Observation perform(Step step) throws Deviation {
        Answer answer = ask(new Request.Perform(step));
        if (answer instanceof Answer.Observed observed) {
            return observed.observation();
        }
        throw new Deviation("to a step it answered " + told(answer));
    }

    /** The next request in bytes. */
    byte[] frame(long number, Request request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new Connection(InputStream.nullInputStream(), bytes, limits).send(number, request);
        } catch (IOException e) {
            throw new IllegalStateException("a request of the self-test fits its frame", e);
        }
        return bytes.toByteArray();
    }

    long nextId() {
        return id + 1;
    }

    /** Sends a frame that carries the next id and reads the answer to it. */
    Answer exchange(byte[] frame) throws Deviation {
        return exchange(id + 1, out -> {
            out.write(frame);
            out.flush();
        });
    }

    /** Writes a request in a way of the caller's. */
    interface Sending {
        void to(java.io.OutputStream out) throws IOException;
    }

    Answer exchange(long number, Sending sending) throws Deviation {
        id = number;
        nothingUnasked();
        Optional<Message<Answer>> answer = inTime(() -> {
            sending.to(process.requests());
            return connection.answer();
        });
        if (answer.isEmpty()) {
            throw new Deviation("it ended instead of answering: " + process.death());
        }
        if (answer.get().id() != number) {
            throw new Deviation("request " + number + " was answered with id "
                    + answer.get().id());
        }
        return answer.get().body();
    }

    private void nothingUnasked() throws Deviation {
        try {
            if (answers.available() > 0) {
                throw new Deviation("it sent bytes that nobody asked for");
            }
        } catch (IOException e) {
            throw new Deviation("it ended: " + process.death());
        }
    }

    private interface Exchange {
        Optional<Message<Answer>> run() throws IOException;
    }

    private Optional<Message<Answer>> inTime(Exchange exchange) throws Deviation {
        CompletableFuture<Optional<Message<Answer>>> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        done.complete(exchange.run());
                    } catch (IOException | RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                },
                "adapter-exchange");
        thread.setDaemon(true);
        thread.start();
        try {
            return done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.kill();
            throw new Deviation("no answer within " + limit.toSeconds() + " s" + onTheWrongStream());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProtocolViolation violation) {
                throw new Deviation("its answer breaks the protocol: " + violation.getMessage());
            }
            throw new Deviation("it ended instead of answering: " + process.death() + onTheWrongStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Deviation("the self-test was interrupted");
        }
    }

    /** The commonest mistake has its own hint. */
    private String onTheWrongStream() {
        return process.saidOnStandardError("\"answer\":")
                ? "; a frame is on standard error: it answers on descriptor 1, not on the one that AIIS_ANSWERS_FD names"
                : "";
    }

    /** Sends bytes that break the protocol: the worker has to end, and must not answer. */
    void mustEndAfter(byte[] bytes, String what) throws Deviation {
        try {
            process.requests().write(bytes);
            process.requests().flush();
        } catch (IOException e) {
            // It ended before it had read all: what is asked for.
        }
        mustEnd(what);
    }

    /** Writes bytes that nothing is to be answered to yet. */
    void write(byte[] bytes) throws Deviation {
        try {
            process.requests().write(bytes);
            process.requests().flush();
        } catch (IOException e) {
            throw new Deviation("it ended: " + process.death());
        }
    }

    void closeRequests() {
        try {
            process.requests().close();
        } catch (IOException e) {
            // Its reading end is gone already.
        }
    }

    /** Waits for its end; the answers are looked at after it, since a pipe keeps them. */
    void mustEnd(String what) throws Deviation {
        boolean ended = process.endsWithin(END);
        int waiting;
        try {
            waiting = answers.available();
        } catch (IOException e) {
            waiting = 0;
        }
        if (waiting > 0) {
            throw new Deviation("it answered " + what + " instead of ending");
        }
        if (!ended) {
            throw new Deviation("it lived on for " + END.toSeconds() + " s after " + what);
        }
    }

    /** For one line of a terminal: what comes from a worker may hold any character. */
    static String told(Object answer) {
        StringBuilder shown = new StringBuilder();
        String.valueOf(answer)
                .codePoints()
                .limit(900)
                .forEach(c ->
                        shown.append(Character.isISOControl(c) ? String.format("\\u%04x", c) : Character.toString(c)));
        String text = shown.toString();
        return text.length() > 800 ? text.substring(0, 800) + "…" : text;
    }

    @Override
    public void close() {
        process.close();
    }
}
