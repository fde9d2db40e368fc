package org.aiis.conformance.backend.ort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.aiis.spec.testing.Step;

/** A model among the files that it names, written where a session can read them by path. */
final class ModelFolder {
    private static final AtomicInteger WRITTEN = new AtomicInteger();

    private ModelFolder() {}

    /** The path of the model, in a folder of its own that lives as long as the scratch folder. */
    static Path write(Path scratch, Step.LoadFolder step) {
        Path folder = scratch.resolve("folder" + WRITTEN.incrementAndGet());
        try {
            for (var file : step.files().entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue().toArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch folder is not ours to write", e);
        }
        return folder.resolve(step.path());
    }
}
