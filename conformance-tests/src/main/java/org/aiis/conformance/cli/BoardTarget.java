package org.aiis.conformance.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aiis.report.bundle.AtomicFile;
import org.aiis.spec.codec.InputException;

/**
 * Where a scoreboard goes: outside every bundle, in which one file more would be one too many.
 *
 * @param figures beside the page, where a folder was asked for
 */
record BoardTarget(Path page, Optional<Path> figures) {
    static final String PAGE = "scoreboard.html";
    static final String FILE = "scoreboard.json";

    /** Checks what was asked before anything is verified, which takes a while. */
    static BoardTarget of(Optional<Path> asked, List<Path> bundles) {
        Path out = asked.orElse(Path.of(PAGE));
        String name = String.valueOf(out.getFileName());
        boolean page = name.endsWith(".html") && !Files.isDirectory(out);
        if (!page && (Files.isRegularFile(out) || (!Files.exists(out) && name.matches(".+\\.[A-Za-z]{2,5}")))) {
            throw InputException.of(
                    "--out " + out + ": neither a page nor a folder", "give a file that ends in .html, or a folder");
        }
        requireApart(out, bundles);
        return page
                ? new BoardTarget(out, Optional.empty())
                : new BoardTarget(out.resolve(PAGE), Optional.of(out.resolve(FILE)));
    }

    static void requireDistinct(List<Path> bundles) {
        Set<Path> seen = new HashSet<>();
        for (Path bundle : bundles) {
            if (!seen.add(real(bundle))) {
                throw InputException.of(bundle + ": given twice", "a bundle stands on the page once");
            }
        }
    }

    private static void requireApart(Path out, List<Path> bundles) {
        Path place = real(out);
        for (Path bundle : bundles) {
            if (place.startsWith(real(bundle))) {
                throw InputException.of(
                        "--out " + out + " lies in the bundle " + bundle,
                        "a bundle with one file more no longer verifies: give a place outside");
            }
        }
    }

    /** The path without links, as far as it exists. */
    private static Path real(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        for (Path there = whole; there != null; there = there.getParent()) {
            if (Files.exists(there)) {
                try {
                    return there.toRealPath().resolve(there.relativize(whole));
                } catch (IOException e) {
                    throw InputException.because(path + ": cannot be read", e);
                }
            }
        }
        return whole;
    }

    void write(byte[] html, String json) {
        AtomicFile.write(page, html);
        figures.ifPresent(file -> AtomicFile.write(file, json.getBytes(StandardCharsets.UTF_8)));
    }
}
