package org.aiis.conformance.vectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;

/** Writes files into a folder of its own. */
final class FolderWriter {
    private FolderWriter() {}

    /** Makes the folder; refuses one that holds something. */
    static void begin(Path folder) {
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw InputException.of(folder + ": a file, not a folder", "give another --out");
            }
            Files.createDirectories(folder);
            try (Stream<Path> content = Files.list(folder)) {
                if (content.findAny().isPresent()) {
                    throw InputException.of(folder + ": not empty", "give another --out");
                }
            }
        } catch (IOException e) {
            throw InputException.because(folder + ": cannot be written", e);
        }
    }

    static void write(Path folder, String path, Bytes content) {
        Path file = folder.resolve(path).normalize();
        if (!file.startsWith(folder)) {
            throw new IllegalStateException(path + " leaves its folder");
        }
        try {
            Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
            Files.write(file, content.toArray());
        } catch (IOException e) {
            throw InputException.because(file + ": cannot be written", e);
        }
    }
}
