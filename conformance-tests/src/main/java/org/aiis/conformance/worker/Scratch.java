package org.aiis.conformance.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that live as long as a pool or a worker. */
final class Scratch {
    private Scratch() {}

    static Path create() {
        try {
            return Files.createTempDirectory("aiis-workers-").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("no scratch folder can be made", e);
        }
    }

    /** Deletes a folder and all in it; follows no link. */
    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch folder cannot be deleted", e);
        }
    }
}
