package org.aiis.conformance.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;

/**
 * A folder in which models are written down for workers that read them by path, beside the data of all of them. The data are there a
 * second time by a link to the same bytes on the disk: they may be gigabytes, and a model is shown in many variants.
 */
public final class LinkedFolder implements AutoCloseable {
    private final Path folder;
    private final AtomicInteger models = new AtomicInteger();

    private LinkedFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * What lies in the folder: a whole file, or a part of one.
     *
     * @param length of the part; negative for the whole file
     */
    public record Source(Path file, long offset, long length) {
        /** A whole file. */
        public static Source whole(Path file) {
            return new Source(file, 0, -1);
        }
    }

    /**
     * A folder with these files, by plain names: among temporary files or, where these are on another disk, beside the data.
     *
     * @throws InputException when neither place takes them
     */
    public static LinkedFolder of(Map<String, Source> files) {
        LinkedFolder linked = new LinkedFolder(Scratch.create());
        try {
            linked.fill(files);
            return linked;
        } catch (IOException | UnsupportedOperationException elsewhere) {
            linked.close();
            return beside(files);
        }
    }

    private static LinkedFolder beside(Map<String, Source> files) {
        Path first = files.values().iterator().next().file().toAbsolutePath();
        Path parent = java.util.Objects.requireNonNull(first.getParent());
        try {
            LinkedFolder linked = new LinkedFolder(Scratch.create(parent));
            try {
                linked.fill(files);
                return linked;
            } catch (IOException | UnsupportedOperationException e) {
                linked.close();
                throw new UncheckedIOException(e instanceof IOException io ? io : new IOException(e));
            }
        } catch (UncheckedIOException e) {
            throw InputException.of(
                    "the data of the model, " + first
                            + ", can be linked neither into the folder of temporary files nor beside it",
                    "put the model on the disk of temporary files, or name another folder for these:"
                            + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR");
        }
    }

    private void fill(Map<String, Source> files) throws IOException {
        fill(files, folder);
    }

    /**
     * Links files into a folder of somebody's, or copies them where it lies on another disk.
     *
     * @throws InputException when there is no room for them
     */
    public static void link(Map<String, Source> files, Path folder) {
        for (Map.Entry<String, Source> file : files.entrySet()) {
            try {
                try {
                    fill(Map.of(file.getKey(), file.getValue()), folder);
                } catch (IOException | UnsupportedOperationException otherDisk) {
                    Files.copy(file.getValue().file(), folder.resolve(file.getKey()));
                }
            } catch (IOException e) {
                throw InputException.because(folder + ": the data of the model cannot be put there", e);
            }
        }
    }

    private static void fill(Map<String, Source> files, Path folder) throws IOException {
        for (Map.Entry<String, Source> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Source source = file.getValue();
            if (source.length() < 0) {
                Files.createLink(target, source.file());
            } else {
                copy(source, target);
            }
        }
    }

    /** Into a file of its own: at its beginning the elements stand as a runtime wants them in memory. */
    private static void copy(Source source, Path target) throws IOException {
        try (FileChannel from = FileChannel.open(source.file(), StandardOpenOption.READ);
                FileChannel to = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long done = 0;
            while (done < source.length()) {
                long more = from.transferTo(source.offset() + done, source.length() - done, to);
                if (more <= 0) {
                    throw new IOException(source.file() + " ends early");
                }
                done += more;
            }
        }
    }

    /** Writes a model beside the data, under a name of its own. */
    public Path write(Bytes model) {
        Path file = folder.resolve("model-" + models.incrementAndGet() + ".onnx");
        try {
            Files.write(file, model.toArray());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch folder is not ours to write", e);
        }
    }

    /** Deletes the folder; the data stay where they were. */
    @Override
    public void close() {
        Scratch.delete(folder);
    }
}
