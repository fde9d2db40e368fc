package org.aiis.conformance.selftest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Frames written by hand, so that they can be wrong in one place. */
final class RawFrame {
    private static final byte[] MAGIC = {'A', 'I', 'I', 'S'};

    private RawFrame() {}

    /** A right frame around any header. */
    static byte[] of(String header, byte[]... attachments) {
        return sealed(payload(header, attachments));
    }

    static byte[] payload(String header, byte[]... attachments) {
        byte[] utf8 = header.getBytes(StandardCharsets.UTF_8);
        int size = 8 + utf8.length;
        for (byte[] attachment : attachments) {
            size += 4 + attachment.length;
        }
        ByteBuffer payload = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        payload.putInt(utf8.length).put(utf8).putInt(attachments.length);
        for (byte[] attachment : attachments) {
            payload.putInt(attachment.length).put(attachment);
        }
        return payload.array();
    }

    /** A payload under a right preamble. */
    static byte[] sealed(byte[] payload) {
        CRC32 crc = new CRC32();
        crc.update(payload);
        return preamble(payload.length, (int) crc.getValue(), payload);
    }

    static byte[] preamble(int length, int crc, byte[] payload) {
        return ByteBuffer.allocate(12 + payload.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putInt(length)
                .putInt(crc)
                .put(payload)
                .array();
    }

    /** A copy with other bits at one byte. */
    static byte[] changed(byte[] frame, int at, int bits) {
        byte[] changed = frame.clone();
        changed[at] ^= (byte) bits;
        return changed;
    }

    /** A payload with another number at one place. */
    static byte[] withNumber(byte[] payload, int at, int number) {
        byte[] changed = payload.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
        return changed;
    }
}
