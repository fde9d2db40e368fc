package org.aiis.report.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.aiis.spec.codec.InputException;

/** Writes a file whole or not at all: beside it first, then moved over it. */
public final class AtomicFile {
    private static final String SUFFIX = ".partial";

    private AtomicFile() {}

    public static void write(Path file, byte[] content) {
        Path partial = file.resolveSibling(file.getFileName() + SUFFIX);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(partial, content);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw InputException.because(file + ": cannot be written", e);
        }
    }

    /** Whether a file is what a killed writer left behind. */
    static boolean isPartial(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX);
    }
}
