package org.aiis.conformance.worker.rogue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.aiis.spec.protocol.Answer;
import org.aiis.spec.protocol.AnswerPipe;
import org.aiis.spec.protocol.Connection;
import org.aiis.spec.protocol.Limits;
import org.aiis.spec.testing.Observation;

/** Bytes straight onto the descriptor of the answers, past the code that would get them right. */
final class Wire {
    /** Bytes of a frame where its length and the checksum of its payload stand. */
    private static final int LENGTH = 4;

    private static final int CHECKSUM = 8;

    /** The frame of an answer as it ought to be. */
    byte[] frame(long id, Observation observation) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new Connection(InputStream.nullInputStream(), bytes, Limits.DEFAULT)
                    .send(id, new Answer.Observed(observation));
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with one bit of the checksum turned over. */
    byte[] wrongChecksum(byte[] frame) {
        byte[] changed = frame.clone();
        changed[CHECKSUM] ^= 1;
        return changed;
    }

    /** The same saying that its payload is two gigabytes long. */
    byte[] oversized(byte[] frame) {
        byte[] changed = frame.clone();
        little(changed).putInt(LENGTH, Integer.MAX_VALUE);
        return changed;
    }

    /** A sound frame of a header that promises a tensor of four elements, and an attachment that holds one. */
    byte[] shortAttachment(long id, String output) {
        byte[] header = ("{\"answer\":{\"kind\":\"outputs\",\"placement\":[],\"values\":{\"" + output
                        + "\":{\"attachment\":0,\"shape\":[4],\"type\":\"bool\"}}},\"id\":" + id + "}")
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer payload = ByteBuffer.allocate(4 + header.length + 4 + 4 + 1).order(ByteOrder.LITTLE_ENDIAN);
        payload.putInt(header.length).put(header).putInt(1).putInt(1).put((byte) 1);
        return framed(payload.array());
    }

    /** The preamble of a frame whose payload is this long, and nothing behind it. */
    byte[] preamble(int payload) {
        byte[] preamble = new byte[12];
        little(preamble).putInt(0x53494941).putInt(payload).putInt(0);
        return preamble;
    }

    private static byte[] framed(byte[] payload) {
        CRC32 checksum = new CRC32();
        checksum.update(payload);
        byte[] frame = new byte[12 + payload.length];
        little(frame)
                .putInt(0x53494941)
                .putInt(payload.length)
                .putInt((int) checksum.getValue())
                .put(payload);
        return frame;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes to the suite. */
    void send(byte[] bytes) {
        String descriptor = System.getenv().getOrDefault("AIIS_ANSWERS_FD", "1");
        try (OutputStream out = AnswerPipe.open(descriptor)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
