package org.aiis.reference.pipeline.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.aiis.spec.codec.InputException;

/** A file that always holds a whole checkpoint or none: a new one is written beside it, forced to the disk, and moved over it. */
public record CheckpointFile(Path file) {
    Optional<Checkpoint> read(String plan) {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (!Files.isRegularFile(file) || Files.size(file) > Checkpoint.LARGEST) {
                throw InputException.at(
                        file.toString(), 0, "a checkpoint of at most " + Checkpoint.LARGEST + " bytes", "more");
            }
            return Optional.of(Checkpoint.read(Files.readAllBytes(file), plan, file.toString()));
        } catch (IOException e) {
            throw InputException.because(file + ": cannot be read", e);
        }
    }

    void write(Checkpoint checkpoint) {
        Path fresh = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(fresh, checkpoint.write());
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw InputException.because(file + ": cannot be written", e);
        }
    }
}
