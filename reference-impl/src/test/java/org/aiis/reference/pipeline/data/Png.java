package org.aiis.reference.pipeline.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes PNG files by the specification, right and wrong ones, without the library under test. */
final class Png {
    static final int GREY = 0;
    static final int COLOUR = 2;
    static final int PALETTE = 3;
    static final int GREY_ALPHA = 4;
    static final int COLOUR_ALPHA = 6;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    Png(int width, int height, int bits, int colours) {
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) bits).put((byte) colours);
        chunk("IHDR", header.array());
    }

    Png chunk(String type, byte... data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(name);
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
        return this;
    }

    /** The chunk IDAT from the bytes of a row, without filters. */
    Png rows(int... bytes) {
        return packed(1, bytes);
    }

    Png twoRows(int... bytes) {
        return packed(2, bytes);
    }

    private Png packed(int height, int[] bytes) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        int width = bytes.length / height;
        for (int i = 0; i < bytes.length; i++) {
            if (i % width == 0) {
                rows.write(0);
            }
            rows.write(bytes[i]);
        }
        Deflater deflater = new Deflater();
        deflater.setInput(rows.toByteArray());
        deflater.finish();
        byte[] packed = new byte[rows.size() + 64];
        int length = deflater.deflate(packed);
        deflater.end();
        return chunk("IDAT", java.util.Arrays.copyOf(packed, length));
    }

    byte[] end() {
        return chunk("IEND").file.toByteArray();
    }
}
