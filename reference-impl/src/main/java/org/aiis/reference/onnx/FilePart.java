package org.aiis.reference.onnx;

import static org.aiis.reference.onnx.ExternalTensors.refused;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Bytes out of the middle of a file. They are read and not mapped: a file that somebody cuts off while it is read is an error then, and
 * not the end of the process.
 */
public final class FilePart {
    private FilePart() {}

    /**
     * The length of a place of which only the beginning may be told.
     *
     * @throws org.aiis.spec.codec.InputException when it lies outside the file
     */
    public static long length(String tensor, Path file, ExternalTensors.Place place) throws IOException {
        long size = Files.size(file);
        long length = place.length().orElse(Math.max(0, size - place.offset()));
        if (place.offset() > size || length > size - place.offset()) {
            throw refused(
                    tensor, "offset " + place.offset() + " and length " + length + " lie outside " + place.location());
        }
        return length;
    }

    /**
     * The bytes, no link followed.
     *
     * @throws org.aiis.spec.codec.InputException when they are not there, or more than an array holds
     */
    public static ByteString read(String tensor, Path file, ExternalTensors.Place place) {
        try (FileChannel channel = FileChannel.open(file, LinkOption.NOFOLLOW_LINKS)) {
            long length = length(tensor, file, place);
            if (length > Integer.MAX_VALUE - 8) {
                throw refused(tensor, length + " bytes, more than 2 GiB");
            }
            ByteBuffer data = ByteBuffer.allocate((int) length);
            while (data.hasRemaining()) {
                if (channel.read(data, place.offset() + data.position()) < 0) {
                    throw refused(tensor, place.location() + " ends early");
                }
            }
            return UnsafeByteOperations.unsafeWrap(data.flip());
        } catch (IOException e) {
            throw refused(tensor, place.location() + " cannot be read");
        }
    }
}
