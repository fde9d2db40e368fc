package org.aiis.reference.pipeline.data.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;

/** How the pages of a column are packed. */
enum Codec {
    NONE(0) {
        @Override
        byte[] unpacked(byte[] packed, int size) {
            return packed;
        }
    },

    /** The raw format of Snappy (google/snappy, format_description.txt): a length, then literals and copies of what came before. */
    SNAPPY(1) {
        @Override
        byte[] unpacked(byte[] packed, int size) {
            ByteBuffer in = ByteBuffer.wrap(packed);
            try {
                return snappy(in, size);
            } catch (BufferUnderflowException e) {
                throw new Damage("a page that ends within its packed data");
            }
        }
    },

    GZIP(2) {
        @Override
        byte[] unpacked(byte[] packed, int size) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                byte[] bytes = in.readNBytes(size);
                if (in.read() >= 0) {
                    throw new Damage("a page of more than the " + size + " bytes that it says");
                }
                return bytes;
            } catch (IOException e) {
                throw new Damage("a page that is not packed as GZIP: " + e.getMessage());
            }
        }
    };

    private final int number;

    Codec(int number) {
        this.number = number;
    }

    static Codec of(long number) {
        for (Codec codec : values()) {
            if (codec.number == number) {
                return codec;
            }
        }
        throw new Damage("compression number " + number + "; write it with Snappy, GZIP or none");
    }

    abstract byte[] unpacked(byte[] packed, int size);

    /** The {@code size} bytes of a page; never more are written, whatever the data say. */
    byte[] page(byte[] packed, int size) {
        byte[] page = unpacked(packed, size);
        if (page.length != size) {
            throw new Damage("a page of " + page.length + " bytes that says it has " + size);
        }
        return page;
    }

    private static byte[] snappy(ByteBuffer in, int size) {
        long told = 0;
        int shift = 0;
        byte next;
        do {
            next = in.get();
            told |= (long) (next & 0x7F) << shift;
            shift += 7;
        } while (next < 0 && shift < 35);
        if (told != size) {
            throw new Damage("a page of " + told + " bytes that says it has " + size);
        }
        byte[] out = new byte[size];
        int at = 0;
        while (in.hasRemaining()) {
            int tag = in.get() & 0xFF;
            int length;
            if ((tag & 3) == 0) {
                length = (tag >>> 2) + 1;
                if (length > 60) {
                    length = little(in, length - 60) + 1;
                }
                room(length, size - at);
                in.get(out, at, length);
            } else {
                boolean near = (tag & 3) == 1;
                length = near ? (tag >>> 2 & 7) + 4 : (tag >>> 2) + 1;
                int back = near ? (tag & 0xE0) << 3 | in.get() & 0xFF : little(in, (tag & 3) == 2 ? 2 : 4);
                room(length, size - at);
                if (back < 1 || back > at) {
                    throw new Damage("a copy from before the beginning of a page");
                }
                for (int i = 0; i < length; i++) {
                    out[at + i] = out[at + i - back];
                }
            }
            at += length;
        }
        room(size - at, 0);
        return out;
    }

    private static void room(int length, int room) {
        if (length < 0 || length > room) {
            throw new Damage("a page whose packed data do not have its length");
        }
    }

    private static int little(ByteBuffer in, int bytes) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (in.get() & 0xFF) << 8 * i;
        }
        return value;
    }
}
