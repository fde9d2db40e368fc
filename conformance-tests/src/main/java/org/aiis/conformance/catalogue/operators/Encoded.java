package org.aiis.conformance.catalogue.operators;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Images of drawn pixels in lossless formats: PNM (Netpbm), BMP (Microsoft, 24 bits), PNG (ISO/IEC 15948). */
final class Encoded {
    private Encoded() {}

    static Tensor pixmap(Setting s, int width, int height) {
        return tensor(concat(header("P6", width, height), drawn(s, 3 * width * height)));
    }

    static int pixmapLength(int width, int height) {
        return header("P6", width, height).length + 3 * width * height;
    }

    static Tensor greymap(Setting s, int width, int height) {
        return tensor(concat(header("P5", width, height), drawn(s, width * height)));
    }

    private static byte[] header(String kind, int width, int height) {
        return (kind + "\n" + width + " " + height + "\n255\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Rows of bits, each filled up to a byte. */
    static Tensor bitmap(Setting s, int width, int height) {
        byte[] head = ("P4\n" + width + " " + height + "\n").getBytes(StandardCharsets.US_ASCII);
        return tensor(concat(head, drawn(s, (width + 7) / 8 * height)));
    }

    /** Samples of two bytes that are multiples of 257, so that each is a whole one of 255. */
    static Tensor deepGreymap(Setting s, int width, int height) {
        byte[] head = ("P5\n" + width + " " + height + "\n65535\n").getBytes(StandardCharsets.US_ASCII);
        return tensor(concat(head, doubled(drawn(s, width * height))));
    }

    private static byte[] doubled(byte[] samples) {
        byte[] pairs = new byte[2 * samples.length];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = samples[i / 2];
        }
        return pairs;
    }

    /** Numbers in decimal behind a comment; without their largest where that is 1. */
    static Tensor plain(Setting s, String kind, int most, int width, int height) {
        StringBuilder text = new StringBuilder(kind + "\n# drawn\n" + width + " " + height + "\n");
        text.append(most == 1 ? "" : most + "\n");
        int samples = (kind.equals("P3") ? 3 : 1) * width * height;
        for (int i = 0; i < samples; i++) {
            text.append(s.seeded().integer(0, most)).append((i + 1) % width == 0 ? '\n' : ' ');
        }
        return tensor(text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    static Tensor withoutLast(Tensor stream) {
        return tensor(Arrays.copyOf(stream.toByteArray(), stream.size() - 1));
    }

    /** One byte for each character. */
    static Tensor text(String characters) {
        return tensor(characters.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A pixmap without its last byte. */
    static Tensor cut(Setting s, int width, int height) {
        return tensor(concat(header("P6", width, height), drawn(s, 3 * width * height - 1)));
    }

    /** Rows from the bottom up, blue first, each filled up to four bytes. */
    static Tensor bmp(Setting s, int width, int height) {
        int row = (3 * width + 3) / 4 * 4;
        ByteBuffer file = ByteBuffer.allocate(54 + row * height).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0).putInt(54);
        file.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 24);
        file.putInt(0).putInt(row * height).putInt(2835).putInt(2835).putInt(0).putInt(0);
        for (int y = 0; y < height; y++) {
            file.put(drawn(s, 3 * width)).put(new byte[row - 3 * width]);
        }
        return tensor(file.array());
    }

    static Tensor png(Setting s, int width, int height) {
        return png(8, width, height, () -> drawn(s, 3 * width));
    }

    /** Samples of two bytes that are multiples of 257. */
    static Tensor deepPng(Setting s, int width, int height) {
        return png(16, width, height, () -> doubled(drawn(s, 3 * width)));
    }

    private static Tensor png(int bits, int width, int height, Supplier<byte[]> row) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put(new byte[] {(byte) bits, 2, 0, 0, 0});
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int y = 0; y < height; y++) {
            rows.write(0);
            rows.writeBytes(row.get());
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 137, 'P', 'N', 'G', 13, 10, 26, 10});
        file.writeBytes(chunk("IHDR", header.array()));
        file.writeBytes(chunk("IDAT", stored(rows.toByteArray())));
        file.writeBytes(chunk("IEND", new byte[0]));
        return tensor(file.toByteArray());
    }

    /** Without compression, so that the bytes do not hang on a library's version. */
    private static byte[] stored(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.NO_COMPRESSION);
        deflater.setInput(plain);
        deflater.finish();
        byte[] buffer = new byte[plain.length + 64];
        int length = deflater.deflate(buffer);
        deflater.end();
        return Arrays.copyOf(buffer, length);
    }

    private static byte[] chunk(String name, byte[] data) {
        byte[] named = concat(name.getBytes(StandardCharsets.US_ASCII), data);
        CRC32 crc = new CRC32();
        crc.update(named);
        return ByteBuffer.allocate(data.length + 12)
                .putInt(data.length)
                .put(named)
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] drawn(Setting s, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) s.seeded().integer(0, 255);
        }
        return bytes;
    }

    private static byte[] concat(byte[] a, byte[] b) {
        return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
    }

    private static Tensor tensor(byte[] bytes) {
        return Tensor.ofBytes(ElementType.UINT8, Shape.of(bytes.length), bytes);
    }
}
