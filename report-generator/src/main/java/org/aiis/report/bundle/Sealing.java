package org.aiis.report.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.evidence.Manifest;

/** Closes a bundle: the manifest over every file but itself and the statements signed over it. */
public final class Sealing {
    private Sealing() {}

    /** Writes manifest.json over all files of the folder. */
    public static Manifest seal(Path folder, String suite, String chainHead, Map<String, String> digests) {
        Folder files = Folder.scan(folder);
        if (!files.troubles().isEmpty()) {
            throw InputException.of(files.troubles().get(0).toString(), "remove it from the bundle");
        }
        List<Manifest.FileEntry> entries = files.sizes().entrySet().stream()
                .filter(e -> !Layout.outsideManifest(e.getKey()))
                .map(e -> new Manifest.FileEntry(e.getKey(), e.getValue(), files.sha256(e.getKey())))
                .toList();
        Manifest manifest = Manifest.sealed(suite, chainHead, new TreeMap<>(digests), entries);
        AtomicFile.write(folder.resolve(Layout.MANIFEST), text(manifest).getBytes(StandardCharsets.UTF_8));
        return manifest;
    }

    /** The one spelling of a manifest. */
    public static String text(Manifest manifest) {
        return Codec.canonical(manifest) + "\n";
    }

    /** Refuses a bundle that somebody has signed. */
    public static void requireUnsigned(Path folder) {
        for (String statement : List.of(Layout.DECLARATION, Layout.CERTIFICATE)) {
            if (Files.exists(folder.resolve(statement))) {
                throw InputException.of(
                        statement + ": the bundle is signed", "a signed bundle is not written again: copy its run");
            }
        }
    }

    /** Removes what is made from evidence, and what a killed writer left; refuses a bundle that somebody has signed. */
    public static void reopen(Path folder) {
        requireUnsigned(folder);
        try {
            for (String made : List.of(Layout.MANIFEST, Layout.RESULTS)) {
                Files.deleteIfExists(folder.resolve(made));
            }
            deleteTree(folder.resolve(Layout.VIEWS));
            try (Stream<Path> top = Files.list(folder)) {
                for (Path partial : top.filter(AtomicFile::isPartial).toList()) {
                    Files.delete(partial);
                }
            }
        } catch (IOException e) {
            throw InputException.because(folder + ": cannot be written", e);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.isDirectory(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
