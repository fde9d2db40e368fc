package org.aiis.conformance.backend.ort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether Linux's loader would find a library that another one asks for: loaded already, beside it, in LD_LIBRARY_PATH, in the
 * loader's cache or in its folders of last resort (ld.so(8)). Only what an error message says rests on it.
 */
final class Loader {
    private static final List<String> LAST_RESORT = List.of("/lib64", "/usr/lib64", "/lib", "/usr/lib");

    private Loader() {}

    static boolean finds(String name, Path beside) {
        List<Path> folders = new ArrayList<>(List.of(beside));
        for (String folder : System.getenv().getOrDefault("LD_LIBRARY_PATH", "").split(":", -1)) {
            folders.add(Path.of(folder));
        }
        LAST_RESORT.forEach(folder -> folders.add(Path.of(folder)));
        return folders.stream().anyMatch(folder -> Files.exists(folder.resolve(name)))
                || holds(Path.of("/etc/ld.so.cache"), "/" + name + "\0")
                || holds(Path.of("/proc/self/maps"), "/" + name + "\n");
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.isReadable(file)
                    && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            return false;
        }
    }
}
