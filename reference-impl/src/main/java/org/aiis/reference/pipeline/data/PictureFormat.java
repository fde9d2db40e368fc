package org.aiis.reference.pipeline.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import org.aiis.spec.codec.InputException;

/** The forms that images come in. The name of a file says which, and its first bytes have to agree. */
enum PictureFormat {
    PNG("png", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}),
    JPEG("jpeg", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF});

    private static final int LENGTH_AND_TYPE = 8;
    private static final int CHECK = 4;

    /** The name by which the JDK knows it. */
    final String known;

    private final byte[] signature;

    PictureFormat(String known, byte[] signature) {
        this.known = known;
        this.signature = signature;
    }

    /** By the ending of a name. */
    static Optional<PictureFormat> ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".png")) {
            return Optional.of(PNG);
        }
        return lower.endsWith(".jpg") || lower.endsWith(".jpeg") ? Optional.of(JPEG) : Optional.empty();
    }

    /** Refuses a file that is of another form, and a PNG file any bit of which was changed: each of its parts has a checksum. */
    void check(byte[] file, String origin) {
        if (file.length < signature.length
                || !Arrays.equals(signature, 0, signature.length, file, 0, signature.length)) {
            throw InputException.at(origin, 0, "a " + name() + " file, as its name says", "other first bytes");
        }
        if (this == PNG) {
            chunks(file, signature.length, origin);
        }
    }

    /** PNG specification, clause 5.3: length, type, data, CRC-32 of type and data; the last is IEND. */
    private static void chunks(byte[] bytes, int first, String origin) {
        ByteBuffer file = ByteBuffer.wrap(bytes).position(first);
        while (file.hasRemaining()) {
            int at = file.position();
            int length = file.remaining() < LENGTH_AND_TYPE + CHECK ? -1 : file.getInt(at);
            if (length < 0 || length > file.remaining() - LENGTH_AND_TYPE - CHECK) {
                throw InputException.at(origin, 0, "a whole PNG file", "its end within a chunk, at byte " + at);
            }
            CRC32 check = new CRC32();
            check.update(bytes, at + LENGTH_AND_TYPE - CHECK, CHECK + length);
            file.position(at + LENGTH_AND_TYPE + length);
            if (file.getInt() != (int) check.getValue()) {
                throw InputException.at(origin, 0, "the checksum of the chunk at byte " + at, "another: it is damaged");
            }
            if (file.getInt(at + CHECK) == 0x49454E44) {
                if (file.hasRemaining()) {
                    throw InputException.at(
                            origin, 0, "the end of the file behind IEND", file.remaining() + " bytes more");
                }
                return;
            }
        }
        throw InputException.at(origin, 0, "the chunk IEND at the end of a PNG file", "the end of the file");
    }
}
