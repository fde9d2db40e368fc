package org.aiis.conformance.backend.ort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.aiis.spec.tensor.Bytes;

/**
 * What sessions wrote down of their graphs, of the models that came last: three in ten cases of the full grade run a model of
 * another one with other inputs. And the files into which they write: as many as are loaded at once.
 */
final class Plans implements AutoCloseable {
    private static final int MOST_KNOWN = 64;
    private static final int LARGEST_KNOWN = 1 << 14;

    private final Path folder;
    private final Deque<PlanFile> free = new ConcurrentLinkedDeque<>();
    private final AtomicInteger made = new AtomicInteger();
    private final Map<Bytes, Plan> known = new LinkedHashMap<>();

    Plans(Path folder) {
        this.folder = folder;
    }

    /** The plan of this very model, from a session that loaded it before. */
    Optional<Plan> known(Bytes model) {
        synchronized (known) {
            return Optional.ofNullable(known.get(model));
        }
    }

    void remember(Bytes model, Plan plan) {
        if (model.size() > LARGEST_KNOWN) {
            return;
        }
        synchronized (known) {
            known.put(model, plan);
            if (known.size() > MOST_KNOWN) {
                known.remove(known.keySet().iterator().next());
            }
        }
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
