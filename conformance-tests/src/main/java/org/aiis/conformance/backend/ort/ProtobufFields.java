package org.aiis.conformance.backend.ort;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Walks the fields of a protobuf message without its classes: enough to read names, and no dependency of a backend on
 * the oracle's classes, whose errors would then be shared.
 */
final class ProtobufFields {
    private final ByteBuffer in;
    private int begin;
    private int length;
    private int number;

    ProtobufFields(ByteBuffer message) {
        this.in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Goes to the next length-delimited field; passes over all others, which {@link #last} reads.
     *
     * @throws IllegalArgumentException when it is not protobuf
     */
    boolean next() {
        while (in.hasRemaining()) {
            long tag = varint();
            switch ((int) tag & 7) {
                case 0 -> varint();
                case 1 -> skip(8);
                case 2 -> {
                    long bytes = varint();
                    begin = in.position();
                    skip(bytes);
                    length = (int) bytes;
                    number = (int) (tag >>> 3);
                    return true;
                }
                case 5 -> skip(4);
                default -> throw new IllegalArgumentException("wire type " + (tag & 7));
            }
        }
        return false;
    }

    int number() {
        return number;
    }

    ByteBuffer message() {
        return in.slice(begin, length);
    }

    String text() {
        byte[] utf8 = new byte[length];
        in.get(begin, utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** The last number that stands in a field of this message that is not length-delimited; empty where there is none. */
    OptionalLong last(int field) {
        OptionalLong last = OptionalLong.empty();
        while (in.hasRemaining()) {
            long tag = varint();
            switch ((int) tag & 7) {
                case 0 -> {
                    long value = varint();
                    last = tag >>> 3 == field ? OptionalLong.of(value) : last;
                }
                case 1 -> skip(8);
                case 2 -> skip(varint());
                case 5 -> skip(4);
                default -> throw new IllegalArgumentException("wire type " + (tag & 7));
            }
        }
        return last;
    }

    private void skip(long bytes) {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new IllegalArgumentException("a field of " + bytes + " bytes, " + in.remaining() + " are left");
        }
        in.position(in.position() + (int) bytes);
    }

    private long varint() {
        long result = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (!in.hasRemaining()) {
                throw new IllegalArgumentException("it ends inside a number");
            }
            byte b = in.get();
            result |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return result;
            }
        }
        throw new IllegalArgumentException("a number of more than ten bytes");
    }
}
