package org.aiis.reference.pipeline.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import org.aiis.spec.codec.InputException;

/** Reads a file from outside. */
final class Bounded {
    private Bounded() {}

    /** All of it, and never more than the limit, whatever the size that the file system tells. */
    static byte[] bytes(Path file, String origin, int most, OpenOption... options) {
        try (InputStream in = Files.newInputStream(file, options)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw InputException.at(origin, 0, "at most " + most + " bytes", "more");
            }
            return bytes;
        } catch (IOException e) {
            throw InputException.because(origin + ": cannot be read", e);
        }
    }
}
