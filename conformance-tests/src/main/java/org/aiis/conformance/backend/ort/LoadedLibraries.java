package org.aiis.conformance.backend.ort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What this process has really loaded, as Linux tells it in /proc/self/maps; nothing where there is no such file. */
final class LoadedLibraries {
    private static final Path MAPS = Path.of("/proc/self/maps");

    /** Folders of the system's own libraries, which its package manager answers for. */
    private static final List<String> SYSTEM = List.of("/lib", "/usr/lib");

    private LoadedLibraries() {}

    /** Name to SHA-256 of those that lie in these folders or below. */
    static SortedMap<String, String> below(Set<Path> folders) throws IOException {
        SortedMap<String, String> digests = new TreeMap<>();
        for (Path file : all()) {
            if (folders.stream().anyMatch(file::startsWith)) {
                digests.put(file.getFileName().toString(), Digests.sha256(file));
            }
        }
        return digests;
    }

    /** Names of those from elsewhere, but the system's and Java's: of CUDA, of drivers. */
    static SortedSet<String> elsewhere(Set<Path> folders) throws IOException {
        Path java = Path.of(System.getProperty("java.home", "/")).toRealPath();
        SortedSet<String> names = new TreeSet<>();
        for (Path file : all()) {
            String vendor = file.getFileName().toString();
            boolean system =
                    SYSTEM.stream().anyMatch(file::startsWith) && !vendor.matches("lib(cu|nv|roc|hip|vulkan).*");
            if (!system && !file.startsWith(java) && folders.stream().noneMatch(file::startsWith)) {
                names.add(vendor);
            }
        }
        return names;
    }

    private static SortedSet<Path> all() throws IOException {
        SortedSet<Path> files = new TreeSet<>();
        if (Files.isReadable(MAPS)) {
            for (String line : Files.readAllLines(MAPS)) {
                int slash = line.indexOf('/');
                // Code, and not a file that Java has mapped to read it.
                boolean code = line.matches("[0-9a-f]+-[0-9a-f]+ ..x.*");
                String name = slash < 0 || !code ? "" : line.substring(slash);
                // A file deleted since it was loaded, as the copy of the binding is, has its digest already.
                if (name.matches(".*\\.so(\\.[0-9.]+)?") && Files.isRegularFile(Path.of(name))) {
                    files.add(Path.of(name));
                }
            }
        }
        return files;
    }
}
