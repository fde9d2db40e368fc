package org.aiis.spec.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Writes frames: preamble (magic, payload length, CRC-32 of the payload), then the payload. */
final class FrameWriter {
    /** "AIIS" in the order of the bytes. */
    static final int MAGIC = 0x53494941;

    static final int PREAMBLE = 12;

    /** Below this a frame is gathered into one write: a system call costs more than the copy. */
    private static final int GATHERED = 1 << 16;

    private final OutputStream out;
    private final WritableByteChannel channel;
    private final Limits limits;

    FrameWriter(OutputStream out, Limits limits) {
        this.out = out;
        this.channel = Channels.newChannel(out);
        this.limits = limits;
    }

    /**
     * Writes one frame, which the stream may keep until it is flushed.
     *
     * @throws ProtocolViolation when it is larger than the limits; nothing was written then
     */
    void write(Frame frame) throws IOException {
        byte[] header = frame.header().getBytes(StandardCharsets.UTF_8);
        long length = 8L + header.length;
        for (ByteBuffer attachment : frame.attachments()) {
            length += 4L + attachment.remaining();
        }
        if (length > limits.frame()
                || header.length > limits.header()
                || frame.attachments().size() > limits.attachments()) {
            throw new ProtocolViolation("a frame of " + length + " bytes, header " + header.length + ", "
                    + frame.attachments().size() + " attachments is over the limits " + limits);
        }
        if (length <= GATHERED) {
            out.write(gathered(parts(frame, header), (int) length));
        } else {
            send(parts(frame, header), (int) length);
        }
    }

    private static byte[] gathered(List<ByteBuffer> parts, int length) {
        byte[] whole = new byte[PREAMBLE + length];
        ByteBuffer into = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).position(PREAMBLE);
        for (ByteBuffer part : parts) {
            into.put(part);
        }
        CRC32 crc = new CRC32();
        crc.update(whole, PREAMBLE, length);
        preamble(into.rewind(), length, crc);
        return whole;
    }

    private static ByteBuffer preamble(ByteBuffer into, int length, CRC32 crc) {
        return into.putInt(MAGIC).putInt(length).putInt((int) crc.getValue());
    }

    private static List<ByteBuffer> parts(Frame frame, byte[] header) {
        List<ByteBuffer> parts = new ArrayList<>();
        parts.add(number(header.length));
        parts.add(ByteBuffer.wrap(header));
        parts.add(number(frame.attachments().size()));
        for (ByteBuffer attachment : frame.attachments()) {
            parts.add(number(attachment.remaining()));
            parts.add(attachment.duplicate());
        }
        return parts;
    }

    private void send(List<ByteBuffer> parts, int length) throws IOException {
        CRC32 crc = new CRC32();
        parts.forEach(part -> crc.update(part.duplicate()));
        ByteBuffer first = ByteBuffer.allocate(PREAMBLE).order(ByteOrder.LITTLE_ENDIAN);
        out.write(preamble(first, length, crc).array());
        for (ByteBuffer part : parts) {
            while (part.hasRemaining()) {
                channel.write(part);
            }
        }
    }

    void flush() throws IOException {
        out.flush();
    }

    private static ByteBuffer number(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, value);
    }
}
