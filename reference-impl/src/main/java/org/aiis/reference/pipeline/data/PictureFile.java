package org.aiis.reference.pipeline.data;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.aiis.spec.codec.InputException;

/**
 * An image of a folder, its header read.
 *
 * @param path where it really lies, behind all links
 * @param origin names it in errors
 * @param label its class
 */
record PictureFile(
        Path path, String origin, PictureFormat format, int label, Decoder.Header header, PictureLimits limits) {
    /** Reads the header. */
    static PictureFile of(Path path, String origin, PictureFormat format, int label, PictureLimits limits) {
        Decoder decoder = new Decoder(format, origin, limits);
        return new PictureFile(path, origin, format, label, decoder.header(bytes(path, origin, limits)), limits);
    }

    byte[] pixels(int channels) {
        return new Decoder(format, origin, limits).pixels(bytes(path, origin, limits), header, channels);
    }

    /** Never more than the limit; a pipe or a device is not opened. */
    private static byte[] bytes(Path path, String origin, PictureLimits limits) {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw InputException.at(origin, 0, "a file", Files.isDirectory(path) ? "a folder" : "something else");
        }
        return Bounded.bytes(path, origin, limits.bytes(), LinkOption.NOFOLLOW_LINKS);
    }
}
