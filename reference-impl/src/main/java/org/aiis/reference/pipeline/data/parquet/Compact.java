package org.aiis.reference.pipeline.data.parquet;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one struct in the compact protocol of Thrift (Apache Thrift, doc/specs/thrift-compact-protocol.md), whatever its fields are. No more
 * values than the buffer has bytes are made of it, so that what it says about itself takes no memory.
 */
final class Compact {
    private static final int DEEPEST = 16;

    private final ByteBuffer in;
    private int made;

    private Compact(ByteBuffer in) {
        this.in = in;
    }

    /** The struct at the buffer's position, which is left behind it. */
    static Struct struct(ByteBuffer in) {
        try {
            return new Compact(in).fields(0);
        } catch (BufferUnderflowException e) {
            throw new Damage("a description that goes on behind its end");
        }
    }

    private Struct fields(int depth) {
        if (depth > DEEPEST) {
            throw new Damage("a description nested more than " + DEEPEST + " times");
        }
        Struct struct = new Struct();
        int id = 0;
        while (true) {
            int head = in.get() & 0xFF;
            int type = head & 0xF;
            if (type == 0) {
                return struct;
            }
            id = head >>> 4 == 0 ? (int) zigzag() : id + (head >>> 4);
            struct.put(id, value(type, depth, true));
        }
    }

    private Object value(int type, int depth, boolean field) {
        if (++made > in.limit()) {
            throw new Damage("a description of more values than it has bytes");
        }
        return switch (type) {
            case 1, 2 -> field ? (long) (2 - type) : (long) in.get();
            case 3 -> (long) in.get();
            case 4, 5, 6 -> zigzag();
            case 7 -> {
                in.getLong();
                yield 0L;
            }
            case 8 -> text();
            case 9, 10 -> list(depth);
            case 12 -> fields(depth + 1);
            default -> throw new Damage("a value of the unknown type " + type);
        };
    }

    private List<Object> list(int depth) {
        int head = in.get() & 0xFF;
        long size = head >>> 4 == 15 ? varint() : head >>> 4;
        if (depth > DEEPEST || size < 0 || size > in.remaining()) {
            throw new Damage("a list of " + size + " values");
        }
        List<Object> values = new ArrayList<>();
        for (long i = 0; i < size; i++) {
            values.add(value(head & 0xF, depth + 1, false));
        }
        return values;
    }

    private String text() {
        long length = varint();
        if (length < 0 || length > in.remaining()) {
            throw new Damage("a text of " + length + " bytes");
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private long zigzag() {
        long bits = varint();
        return bits >>> 1 ^ -(bits & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new Damage("a number of more than 64 bits");
    }
}
