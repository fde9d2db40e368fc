package org.aiis.conformance.worker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.aiis.spec.protocol.Answer;
import org.aiis.spec.protocol.Connection;
import org.aiis.spec.protocol.Limits;
import org.aiis.spec.protocol.Message;

/**
 * Answers of the suite's own worker that are sent together, since each that comes alone wakes the suite. Until then they lie in a
 * file that is mapped into memory: when the next step ends the process, the file still tells what the steps before it gave.
 */
final class HeldAnswers extends OutputStream {
    private static final String FILE = "answers";
    private static final int SIZE = 1 << 16;

    /** In front of the answers stands how many bytes they take. */
    private static final int BEGIN = Integer.BYTES;

    private final MappedByteBuffer held;
    private final OutputStream pipe;

    /** The file did not take it all: nothing is held until the next flush, so that no answer lies in part in the file. */
    private boolean overflowed;

    private HeldAnswers(MappedByteBuffer held, OutputStream pipe) {
        this.held = held.position(BEGIN);
        this.pipe = pipe;
    }

    /** Where the answers of a worker lie that has this folder for its notes. */
    static Path in(Path folder) {
        return folder.resolve(FILE);
    }

    /**
     * Holds what is written in front of a pipe until it is flushed, or is more than the file takes.
     *
     * @throws IOException where there is no room for the file
     */
    static HeldAnswers before(OutputStream pipe, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer room = ByteBuffer.allocate(SIZE);
            while (room.hasRemaining()) {
                channel.write(room); // To find none later, when a page is written to, would end the process.
            }
            return new HeldAnswers(channel.map(MapMode.READ_WRITE, 0, SIZE), pipe);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (!overflowed && length > held.remaining()) {
            release();
            overflowed = true;
        }
        if (overflowed) {
            pipe.write(bytes, from, length);
            return;
        }
        held.put(bytes, from, length);
        held.putInt(0, held.position() - BEGIN);
    }

    /** What is in the pipe may be in the file too for a moment, but never in neither. */
    private void release() throws IOException {
        byte[] bytes = new byte[held.position() - BEGIN];
        held.get(BEGIN, bytes);
        pipe.write(bytes);
        held.position(BEGIN).putInt(0, 0);
    }

    @Override
    public void flush() throws IOException {
        release();
        overflowed = false;
        pipe.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
        pipe.close();
    }

    /** The answer to a request, where a worker holds it or held it when it ended. The system under test may have overwritten it. */
    static Optional<Message<Answer>> answer(Path file, long id, Limits limits) {
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer content = ByteBuffer.allocate(SIZE);
            while (content.hasRemaining() && channel.read(content) > 0) {
                // The rest comes with the next read.
            }
            content.flip();
            int length = content.remaining() < BEGIN ? 0 : content.getInt();
            if (length < 0 || length > content.remaining()) {
                return Optional.empty();
            }
            Connection frames = new Connection(
                    new ByteArrayInputStream(content.array(), BEGIN, length), OutputStream.nullOutputStream(), limits);
            Optional<Message<Answer>> next = frames.answer();
            while (next.isPresent() && next.get().id() != id) {
                next = frames.answer();
            }
            return next;
        } catch (IOException e) {
            return Optional.empty(); // No such file, or half an answer.
        }
    }
}
