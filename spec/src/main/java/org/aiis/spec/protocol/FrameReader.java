package org.aiis.spec.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Reads frames; every length is checked against what is left of the frame before memory is given to it. */
final class FrameReader {
    /** What stands in a text for bytes that are not UTF-8, or for itself. */
    private static final char REPLACED = '\uFFFD';

    private final InputStream in;
    private final Limits limits;
    private final CRC32 crc = new CRC32();

    FrameReader(InputStream in, Limits limits) {
        this.in = in;
        this.limits = limits;
    }

    /** The next frame, or empty where the stream ends between two frames. */
    Optional<Frame> next() throws IOException {
        byte[] preamble = in.readNBytes(FrameWriter.PREAMBLE);
        if (preamble.length == 0) {
            return Optional.empty();
        }
        if (preamble.length < FrameWriter.PREAMBLE) {
            throw new EOFException("the stream ended inside a preamble");
        }
        ByteBuffer fields = ByteBuffer.wrap(preamble).order(ByteOrder.LITTLE_ENDIAN);
        int magic = fields.getInt();
        if (magic != FrameWriter.MAGIC) {
            throw new ProtocolViolation(String.format("magic %08x instead of %08x", magic, FrameWriter.MAGIC));
        }
        int length = bounded("frame", fields.getInt(), limits.frame());
        int expected = fields.getInt();
        // readNBytes grows with what really comes: a length alone makes no array.
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException("the stream ended inside a frame");
        }
        crc.reset();
        crc.update(payload);
        if ((int) crc.getValue() != expected) {
            throw new ProtocolViolation(String.format("CRC-32 %08x instead of %08x", crc.getValue(), expected));
        }
        return Optional.of(frame(ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN)));
    }

    private Frame frame(ByteBuffer payload) throws ProtocolViolation {
        byte[] header = part("header", payload, limits.header());
        int count = bounded(
                "number of attachments", number(payload), Math.min(limits.attachments(), payload.remaining() / 4));
        List<ByteBuffer> attachments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            attachments.add(ByteBuffer.wrap(part("attachment", payload, Integer.MAX_VALUE)));
        }
        if (payload.hasRemaining()) {
            throw new ProtocolViolation(payload.remaining() + " bytes behind the last attachment");
        }
        return new Frame(text(header), attachments);
    }

    private static byte[] part(String what, ByteBuffer payload, int limit) throws ProtocolViolation {
        int size = number(payload);
        byte[] part = new byte[bounded(what, size, Math.min(limit, payload.remaining()))];
        payload.get(part);
        return part;
    }

    private static int number(ByteBuffer payload) throws ProtocolViolation {
        if (payload.remaining() < Integer.BYTES) {
            throw new ProtocolViolation("the payload is shorter than its own lengths");
        }
        return payload.getInt();
    }

    private static int bounded(String what, int unsigned, int limit) throws ProtocolViolation {
        if (Integer.compareUnsigned(unsigned, limit) > 0) {
            throw new ProtocolViolation(
                    what + " of " + Integer.toUnsignedString(unsigned) + ", at most " + limit + " is allowed");
        }
        return unsigned;
    }

    private static String text(byte[] utf8) throws ProtocolViolation {
        String text = new String(utf8, StandardCharsets.UTF_8);
        return text.indexOf(REPLACED) < 0 ? text : strictly(utf8);
    }

    /** A decoder that tells takes longer to make than most headers to read. */
    private static String strictly(byte[] utf8) throws ProtocolViolation {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolViolation("the header is not UTF-8", e);
        }
    }
}
