package org.aiis.spec.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** Messages over a pair of streams, from either side. Not for two threads at once. */
public final class Connection {
    private final FrameReader reader;
    private final FrameWriter writer;
    private final Limits limits;

    public Connection(InputStream in, OutputStream out, Limits limits) {
        this.reader = new FrameReader(in, limits);
        this.writer = new FrameWriter(out, limits);
        this.limits = limits;
    }

    /** The suite's side: a request, and those that were put before it. */
    public void send(long id, Request request) throws IOException {
        put(id, request);
        flush();
    }

    /**
     * The suite's side: a request, to be sent by {@link #flush} with those that follow it.
     *
     * @throws ProtocolViolation when it is larger than the limits; nothing of it was written then
     */
    public void put(long id, Request request) throws IOException {
        Attachments to = new Attachments(List.of(), limits);
        RequestHeader header = RequestHeader.of(request, to);
        writer.write(new Frame(HeaderWriter.text(new RequestHeader.Numbered(id, header)), to.content()));
    }

    /** Sends what was put. */
    public void flush() throws IOException {
        writer.flush();
    }

    /** The worker's side: an answer, and those that were put before it. */
    public void send(long id, Answer answer) throws IOException {
        put(id, answer);
        flush();
    }

    /**
     * The worker's side: an answer, to be sent by {@link #flush} with those that follow it.
     *
     * @throws ProtocolViolation when it is larger than the limits; nothing of it was written then
     */
    public void put(long id, Answer answer) throws IOException {
        Attachments to = new Attachments(List.of(), limits);
        AnswerHeader header = AnswerHeader.of(answer, to);
        writer.write(new Frame(HeaderWriter.text(new AnswerHeader.Numbered(id, header)), to.content()));
    }

    /**
     * The next request, or empty at the end of the stream.
     *
     * @throws ProtocolViolation when it is malformed
     */
    public Optional<Message<Request>> request() throws IOException {
        Optional<Frame> frame = reader.next();
        if (frame.isEmpty()) {
            return Optional.empty();
        }
        Attachments from = new Attachments(frame.get().attachments(), limits);
        RequestHeader.Numbered header = HeaderReader.request(frame.get().header());
        Request request = header.request().read(from);
        from.allUsed();
        return Optional.of(new Message<>(header.id(), request));
    }

    /**
     * The next answer, or empty at the end of the stream.
     *
     * @throws ProtocolViolation when it is malformed
     */
    public Optional<Message<Answer>> answer() throws IOException {
        Optional<Frame> frame = reader.next();
        if (frame.isEmpty()) {
            return Optional.empty();
        }
        Attachments from = new Attachments(frame.get().attachments(), limits);
        AnswerHeader.Numbered header = HeaderReader.answer(frame.get().header());
        Answer answer = header.answer().read(from);
        from.allUsed();
        return Optional.of(new Message<>(header.id(), answer));
    }
}
