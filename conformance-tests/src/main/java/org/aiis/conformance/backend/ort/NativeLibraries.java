package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.aiis.conformance.backend.UserCache;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;

/**
 * ONNX Runtime's native libraries, taken out of its jar once into the user's cache folder instead of at each start, which
 * costs 0.3 s and leaves files behind after a crash. The folder's name holds the CRC-32s that the jar gives, and each start
 * checks them, so that a damaged or other release's copy is never loaded.
 */
final class NativeLibraries {
    /** ONNX Runtime's own property, read when its classes load. */
    private static final String PATH = "onnxruntime.native.path";

    private static final String CORE = "onnxruntime";
    /** The last three are in the jar of the GPU build alone. */
    private static final List<String> NAMES = List.of(
            CORE,
            "onnxruntime4j_jni",
            "onnxruntime_providers_shared",
            "onnxruntime_providers_cuda",
            "onnxruntime_providers_tensorrt");

    private static final String UNFINISHED = "unfinished-";

    /** SHA-256 and name of each library, as sha256sum writes them: hashing 28 MiB takes 0.25 to 0.5 s of a start. */
    private static final String SUMS = "SHA256SUMS";

    /**
     * Above this size a file is held against the sum that was written when it was taken out, whose calculation is remembered
     * until the file changes: CUDA's provider has 580 MB, and its CRC-32 would take longer than the rest of a start.
     */
    private static final long LARGE = 64L << 20;

    private NativeLibraries() {}

    /** Puts the libraries in place and points ONNX Runtime to them. Answers name to SHA-256 of what will be loaded. */
    static SortedMap<String, String> prepare() {
        try {
            String chosen = System.getProperty(PATH, "");
            Path folder = chosen.isEmpty() ? cached() : Path.of(chosen);
            // Sums are believed only beside files whose CRC-32s were checked just now against the jar's.
            SortedMap<String, String> digests = chosen.isEmpty() ? sums(folder) : digests(folder, Digests::sha256);
            System.setProperty(PATH, folder.toString());
            return digests;
        } catch (IOException e) {
            throw InputException.because("ONNX Runtime's native libraries cannot be put into the cache folder", e);
        }
    }

    /** Takes the jar's libraries out where that was not done: a GPU's have 640 MB. Where others were chosen there is nothing to do. */
    static void ready() {
        try {
            if (System.getProperty(PATH, "").isEmpty()) {
                cached();
            }
        } catch (IOException e) {
            throw InputException.because("ONNX Runtime's native libraries cannot be put into the cache folder", e);
        }
    }

    /** Where the libraries lie, once prepared. */
    static Path folder() {
        return Path.of(System.getProperty(PATH, ""));
    }

    private interface Digesting {
        String of(Path file) throws IOException;
    }

    private static SortedMap<String, String> digests(Path folder, Digesting digesting) throws IOException {
        SortedMap<String, String> digests = new TreeMap<>();
        for (String name : NAMES) {
            Path file = folder.resolve(System.mapLibraryName(name));
            if (Files.isRegularFile(file)) {
                digests.put(file.getFileName().toString(), digesting.of(file));
            }
        }
        return digests;
    }

    private static SortedMap<String, String> sums(Path folder) throws IOException {
        SortedMap<String, String> sums = new TreeMap<>();
        for (String line : Codec.text(folder.resolve(SUMS)).lines().toList()) {
            if (!line.matches("[0-9a-f]{64}  [^/]+")) {
                throw InputException.at(folder.resolve(SUMS).toString(), 0, "lines of sha256sum", "'" + line + "'");
            }
            sums.put(line.substring(66), line.substring(0, 64));
        }
        return sums;
    }

    /** The folder of the jar's libraries. */
    static Path cached() throws IOException {
        SortedMap<String, JarEntry> entries = entries();
        StringBuilder name = new StringBuilder(platform());
        entries.values().forEach(entry -> name.append(String.format("-%08x", entry.getCrc())));
        Path parent = cacheFolder();
        Files.createDirectories(parent);
        Path folder = parent.resolve(name.toString());
        if (!isWhole(folder, entries)) {
            extract(entries, folder);
            removeLeftovers(parent);
        }
        return folder;
    }

    /** The jar's entries by file name. */
    private static SortedMap<String, JarEntry> entries() throws IOException {
        SortedMap<String, JarEntry> entries = new TreeMap<>();
        for (String name : NAMES) {
            String file = System.mapLibraryName(name);
            URL url = resource(file);
            if (url != null && url.openConnection() instanceof JarURLConnection jar) {
                entries.put(file, jar.getJarEntry());
            }
        }
        if (!entries.containsKey(System.mapLibraryName(CORE))) {
            throw InputException.of(
                    "ONNX Runtime's jar on the class path has no library for " + platform(),
                    "give the folder that holds it with -D" + PATH);
        }
        return entries;
    }

    @org.jspecify.annotations.Nullable
    private static URL resource(String file) {
        return OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + platform() + "/" + file);
    }

    private static boolean isWhole(Path folder, SortedMap<String, JarEntry> entries) throws IOException {
        for (var entry : entries.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            if (!Files.isRegularFile(file)
                    || Files.size(file) != entry.getValue().getSize()) {
                return false;
            }
        }
        if (!Files.isRegularFile(folder.resolve(SUMS))) {
            return false;
        }
        SortedMap<String, String> sums = sums(folder);
        for (var entry : entries.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            boolean same = Files.size(file) > LARGE
                    ? Digests.sha256(file).equals(sums.get(entry.getKey()))
                    : crc(file) == entry.getValue().getCrc();
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static long crc(Path file) throws IOException {
        CRC32 crc = new CRC32();
        try (FileChannel content = FileChannel.open(file)) {
            crc.update(content.map(FileChannel.MapMode.READ_ONLY, 0, content.size()));
        }
        return crc.getValue();
    }

    /** Into a folder of its own, renamed when whole: of two workers that start at once one wins, and both are right. */
    private static void extract(SortedMap<String, JarEntry> entries, Path folder) throws IOException {
        Path fresh = Files.createTempDirectory(folder.getParent(), UNFINISHED);
        for (String file : entries.keySet()) {
            try (InputStream in = resourceStream(file)) {
                Files.copy(in, fresh.resolve(file));
            }
        }
        StringBuilder sums = new StringBuilder();
        digests(fresh, Digests::computed)
                .forEach((name, digest) ->
                        sums.append(digest).append("  ").append(name).append('\n'));
        Files.writeString(fresh.resolve(SUMS), sums);
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (isWhole(folder, entries)) {
                remove(fresh);
                return;
            }
            // A damaged copy is moved out of the way first; a process that has it loaded keeps its files.
            Path damaged = Files.createTempDirectory(folder.getParent(), UNFINISHED);
            Files.move(folder, damaged, StandardCopyOption.ATOMIC_MOVE);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            remove(damaged);
        }
    }

    private static InputStream resourceStream(String file) throws IOException {
        URL url = resource(file);
        if (url == null) {
            throw new IOException("no " + file + " in ONNX Runtime's jar");
        }
        return url.openStream();
    }

    /** What a process that died while extracting left behind. */
    private static void removeLeftovers(Path parent) throws IOException {
        Instant old = Instant.now().minus(Duration.ofHours(1));
        try (Stream<Path> children = Files.list(parent)) {
            for (Path child : children.toList()) {
                if (child.getFileName().toString().startsWith(UNFINISHED)
                        && Files.getLastModifiedTime(child).toInstant().isBefore(old)) {
                    remove(child);
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** The user's cache folder of this program. */
    static Path cacheFolder() {
        return UserCache.folder().resolve("onnxruntime");
    }

    /** As the folders in the jar are named: {@code linux-x64}. */
    private static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return (os.contains("mac") ? "osx" : os.contains("win") ? "win" : "linux")
                + "-"
                + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch);
    }
}
