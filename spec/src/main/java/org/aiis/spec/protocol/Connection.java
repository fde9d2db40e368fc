package org.aiis.spec.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;

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

    /** The suite's side. */
    public void send(long id, Request request) throws IOException {
        Attachments to = new Attachments(List.of(), limits);
        RequestHeader header = RequestHeader.of(request, to);
        write(new RequestHeader.Numbered(id, header), to);
    }

    /** The worker's side. */
    public void send(long id, Answer answer) throws IOException {
        Attachments to = new Attachments(List.of(), limits);
        AnswerHeader header = AnswerHeader.of(answer, to);
        write(new AnswerHeader.Numbered(id, header), to);
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
        RequestHeader.Numbered header = header(frame.get(), RequestHeader.Numbered.class);
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
        AnswerHeader.Numbered header = header(frame.get(), AnswerHeader.Numbered.class);
        Answer answer = header.answer().read(from);
        from.allUsed();
        return Optional.of(new Message<>(header.id(), answer));
    }

    private void write(Object header, Attachments attachments) throws IOException {
        writer.write(new Frame(Codec.canonical(header), attachments.content()));
    }

    private static <T> T header(Frame frame, Class<T> type) throws ProtocolViolation {
        try {
            return Codec.json(frame.header(), type, "header", 1);
        } catch (InputException e) {
            throw new ProtocolViolation(e.getMessage() == null ? "malformed header" : e.getMessage(), e);
        }
    }
}
