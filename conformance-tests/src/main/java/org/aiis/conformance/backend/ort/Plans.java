package org.aiis.conformance.backend.ort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.aiis.reference.onnx.LastModels;

/** What sessions wrote down of their graphs, and the files into which they write: as many as are loaded at once. */
final class Plans implements AutoCloseable {
    private final Path folder;
    private final Deque<PlanFile> free = new ConcurrentLinkedDeque<>();
    private final AtomicInteger made = new AtomicInteger();
    private final LastModels<Plan> known = new LastModels<>();

    Plans(Path folder) {
        this.folder = folder;
    }

    /** Plans of models that sessions loaded before. */
    LastModels<Plan> known() {
        return known;
    }

    /** An empty file, which nobody else has; none where the folder is full. */
    Optional<PlanFile> take() {
        PlanFile kept = free.poll();
        if (kept != null) {
            return Optional.of(kept);
        }
        try {
            return Optional.of(new PlanFile(folder.resolve("planned" + made.incrementAndGet() + ".onnx")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Empties it: a session that was refused may have written a part. */
    void giveBack(PlanFile file) {
        try {
            file.empty();
            free.push(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch folder is not ours to write", e);
        }
    }

    @Override
    public void close() throws IOException {
        for (PlanFile file = free.poll(); file != null; file = free.poll()) {
            file.close();
        }
    }
}
