package org.aiis.conformance.backend.ort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.aiis.spec.tensor.Bytes;

/**
 * SHA-256 of large libraries. A provider of 280 MB takes some 3 s in a worker, and a worker starts after each crash; so a digest
 * is kept in the cache folder under the file's path, size, number and times, the time of the last change of its entry among
 * them, which no program can set.
 */
final class Digests {
    private Digests() {}

    static String sha256(Path file) throws IOException {
        Path real = file.toRealPath();
        Map<String, Object> facts =
                real.getFileSystem().supportedFileAttributeViews().contains("unix")
                        ? Files.readAttributes(real, "unix:dev,ino,size,lastModifiedTime,ctime")
                        : Map.of();
        if (facts.isEmpty()) {
            return computed(real);
        }
        String key = real + "\n" + new java.util.TreeMap<>(facts);
        Path kept = NativeLibraries.cacheFolder()
                .resolve("digests")
                .resolve(Bytes.sha256(key.getBytes(StandardCharsets.UTF_8)));
        if (Files.isRegularFile(kept)) {
            String digest = Files.readString(kept);
            if (digest.matches("[0-9a-f]{64}")) {
                return digest;
            }
        }
        String digest = computed(real);
        Files.createDirectories(kept.getParent());
        Path fresh = Files.createTempFile(kept.getParent(), "unfinished-", "");
        Files.writeString(fresh, digest);
        Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
        return digest;
    }

    /** Without asking whether it was calculated before. */
    static String computed(Path file) throws IOException {
        MessageDigest digest = Bytes.newSha256();
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
