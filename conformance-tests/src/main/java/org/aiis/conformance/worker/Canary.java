package org.aiis.conformance.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The folder that a worker's scratch folder lies in, with a file that nobody may touch. Whatever changes in it was written
 * outside the one place that the protocol gives to a worker. It sees what lies beside the scratch folder, and no further.
 */
final class Canary {
    /** Its name and its content, eight float32 from 4096 up, are part of the protocol: models try to read it. */
    static final String FILE = "canary.bin";

    static final int FLOATS = 8;

    private static final int FIRST = 4096;

    /** What names of scratch folders begin with. */
    static final String SCRATCH = "worker-";

    private final Path folder;
    private final Path file;
    private long stamp;

    private Canary(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(FILE);
    }

    static Canary in(Path parent, int seat) {
        try {
            Canary canary = new Canary(Files.createDirectory(parent.resolve("seat-" + seat)));
            canary.put();
            return canary;
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch folder is not ours to write", e);
        }
    }

    Path folder() {
        return folder;
    }

    /** What was written beside the scratch folder since the last look; it is put right again. */
    Optional<String> harm() {
        try {
            if (look() == stamp) {
                return Optional.empty();
            }
            List<String> harm = new ArrayList<>();
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path entry : entries.sorted().toList()) {
                    String name = entry.getFileName().toString();
                    if (!name.equals(FILE) && !name.startsWith(SCRATCH)) {
                        harm.add("it made '" + name + "'");
                        Scratch.delete(entry);
                    }
                }
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                harm.add("it removed " + FILE);
            } else if (!Arrays.equals(Files.readAllBytes(file), content())) {
                harm.add("it changed " + FILE);
            }
            put();
            return harm.isEmpty()
                    ? Optional.empty()
                    : Optional.of("it wrote beside its scratch folder: " + String.join(", ", harm));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the workers cannot be read", e);
        }
    }

    private void put() throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || !Arrays.equals(Files.readAllBytes(file), content())) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Scratch.delete(file);
            }
            Files.write(file, content());
        }
        stamp = look();
    }

    /** Changes when an entry comes or goes, or the file is written. */
    private long look() throws IOException {
        return 31 * changed(folder) + changed(file);
    }

    private static long changed(Path path) throws IOException {
        try {
            return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.NANOSECONDS);
        } catch (NoSuchFileException removed) {
            return 0;
        }
    }

    private static byte[] content() {
        ByteBuffer bytes = ByteBuffer.allocate(4 * FLOATS).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < FLOATS; i++) {
            bytes.putFloat(FIRST + i);
        }
        return bytes.array();
    }
}
