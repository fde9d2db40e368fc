package org.aiis.reference.pipeline.data.parquet;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Whole numbers as runs of equal ones and groups of eight packed bit by bit: levels, and places in a dictionary. */
final class Runs {
    private Runs() {}

    /** The next {@code count} numbers of so many bits each. */
    static int[] read(ByteBuffer in, int bits, int count) {
        if (bits < 0 || bits > 32) {
            throw new Damage("numbers of " + bits + " bits");
        }
        int[] values = new int[count];
        try {
            for (int at = 0; at < count; ) {
                long head = varint(in);
                long length = head >>> 1;
                if ((head & 1) == 0) {
                    int value = 0;
                    for (int i = 0; i < (bits + 7) / 8; i++) {
                        value |= (in.get() & 0xFF) << 8 * i;
                    }
                    if (length == 0) {
                        throw new Damage("a run of no values");
                    }
                    for (int to = (int) Math.min(count, at + length); at < to; at++) {
                        values[at] = value;
                    }
                } else {
                    at = packed(in, bits, length, values, at);
                }
            }
        } catch (BufferUnderflowException e) {
            throw new Damage("fewer values than it says");
        }
        return values;
    }

    private static int packed(ByteBuffer in, int bits, long groups, int[] values, int from) {
        long bytes = groups * bits;
        if (groups < 1 || groups > values.length / 8 + 1 || bytes > in.remaining()) {
            throw new Damage("fewer values than it says");
        }
        int start = in.position();
        int at = from;
        for (long i = 0; i < groups * 8 && at < values.length; i++, at++) {
            long value = 0;
            for (int b = 0; b < bits; b++) {
                long bit = i * bits + b;
                value |= (long) (in.get(start + (int) (bit >>> 3)) >>> (bit & 7) & 1) << b;
            }
            values[at] = (int) value;
        }
        in.position(start + (int) bytes);
        return at;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new Damage("a run of more than 2^35 values");
    }
}
