package org.aiis.conformance.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.standard.StandardReader;

/** The lock file in the fixtures; the one place of the catalogue that touches a file. */
public final class CatalogueLockFile {
    /** Where it lies below the project's folder. */
    public static final Path PLACE = Path.of("fixtures", "catalogue.lock.json");

    private CatalogueLockFile() {}

    public static CatalogueLock read(Path home) {
        return Codec.file(home.resolve(PLACE), CatalogueLock.class);
    }

    /** Makes the lock of the bundled standard's catalogue and writes it. */
    public static CatalogueLock write(Path home) {
        CatalogueLock lock = CatalogueLock.of(Catalogue.of(StandardReader.bundled()));
        Path file = home.resolve(PLACE);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, Codec.pretty(lock) + "\n");
        } catch (IOException e) {
            throw InputException.because(file + ": cannot be written", e);
        }
        return lock;
    }

    /** Rewrites the lock file below the folder given, or the working one. */
    public static void main(String[] arguments) {
        write(Path.of(arguments.length > 0 ? arguments[0] : "."));
    }
}
