package org.aiis.conformance.backend.ort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file into which ONNX Runtime writes the graph that it will run, to be read at once. It is kept and emptied: to make and
 * remove one for each model takes longer than many a model runs.
 */
final class PlanFile implements AutoCloseable {
    private final Path path;
    private final FileChannel content;

    PlanFile(Path path) throws IOException {
        this.path = path;
        this.content = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    Path path() {
        return path;
    }

    /** The graph that was written into it; empty where there is none, or it cannot be read. */
    Optional<Graph> graph() {
        try {
            ByteBuffer written = ByteBuffer.allocate(Math.toIntExact(content.size()));
            while (written.hasRemaining() && content.read(written, written.position()) > 0) {
                // The rest comes with the next read.
            }
            return written.position() == 0 ? Optional.empty() : Optional.of(Graph.read(written.flip()));
        } catch (IOException | OutOfMemoryError e) {
            return Optional.empty();
        }
    }

    void empty() throws IOException {
        content.truncate(0);
    }

    @Override
    public void close() throws IOException {
        content.close();
        Files.deleteIfExists(path);
    }
}
