package org.aiis.conformance.catalogue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.tensor.Bytes;

/** The lock file in the fixtures; the one place of the catalogue that touches a file. CONTRIBUTING says how to render it. */
public final class CatalogueLockFile {
    /** Where it lies below the project's folder. */
    static final Path PLACE = Path.of("fixtures", "catalogue.lock.json");

    private CatalogueLockFile() {}

    public static CatalogueLock read(Path home) {
        return Codec.file(home.resolve(PLACE), CatalogueLock.class);
    }

    /** SHA-256 of the lock file: the catalogue's digest, without making every stimulus. */
    public static String digest(Path home) {
        return Bytes.sha256(Codec.text(home.resolve(PLACE)).getBytes(StandardCharsets.UTF_8));
    }
}
