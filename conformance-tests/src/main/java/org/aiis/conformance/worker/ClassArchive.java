package org.aiis.conformance.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aiis.conformance.backend.UserCache;
import org.aiis.spec.tensor.Bytes;

/**
 * The classes of the suite's own worker as the Java machine has them loaded and verified (class data sharing, JEP 350). Half of
 * the processor time of a start goes into loading classes, and a run that meets crashes starts many workers. A worker that is
 * started where there is no archive makes one when it ends; later ones start from it. It is named after all that it depends
 * on, and the Java machine checks it once more; what does not fit it does not use.
 */
final class ClassArchive {
    /** Takes a second, and there may be others at work. */
    static final int SECONDS_TO_MAKE = 30;

    private static final String PREFIX = "worker-";
    private static final String SUFFIX = ".jsa";

    /** Archives kept: of some backends and of an older release. Each has 10 to 20 MB. */
    private static final int KEPT = 6;

    private final Optional<Path> file;
    /** Nobody can foresee it: what a model has a runtime write into its scratch folder is never taken for an archive. */
    private final String made = UUID.randomUUID() + SUFFIX;

    private ClassArchive(Optional<Path> file) {
        this.file = file;
    }

    /** Of workers with that class path and that backend. Only where classes come from jars alone, as the Java machine asks. */
    static ClassArchive of(String classPath, String backend) {
        return of(classPath, backend, UserCache.folder().resolve("classes"));
    }

    static ClassArchive of(String classPath, String backend, Path folder) {
        List<String> depends = new ArrayList<>(List.of(
                System.getProperty("java.home"),
                System.getProperty("java.vm.version", ""),
                backend.replaceFirst("[:?].*", "")));
        try {
            for (String entry : classPath.split(Pattern.quote(System.getProperty("path.separator", ":")), -1)) {
                Path jar = Path.of(entry);
                if (!Files.isRegularFile(jar)) {
                    return new ClassArchive(Optional.empty());
                }
                depends.add(jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar));
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            return new ClassArchive(Optional.empty()); // A start without it takes longer, and that is all.
        }
        String digest = Bytes.sha256(String.join("\n", depends).getBytes(StandardCharsets.UTF_8));
        return new ClassArchive(Optional.of(folder.resolve(PREFIX + digest.substring(0, 32) + SUFFIX))
                .filter(ignored -> Files.isWritable(folder)));
    }

    /** Whether the worker has to make it. */
    boolean isMissing() {
        return file.isPresent() && !Files.isRegularFile(file.get());
    }

    /** Options of a worker that is about to start in a scratch folder: to start from the archive, or to make it. */
    List<String> options(Path scratch) {
        if (file.isEmpty()) {
            return List.of();
        }
        // The Java machine reports what it leaves out of an archive on the stream that is kept for crashes.
        return isMissing()
                ? List.of("-XX:ArchiveClassesAtExit=" + scratch.resolve(made), "-Xlog:cds*=off")
                : List.of(
                        "-XX:SharedArchiveFile=" + file.get(),
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:+VerifySharedSpaces",
                        "-Xlog:cds*=off");
    }

    /** Takes over what a worker made that has ended well. */
    void take(Path scratch) {
        Path fresh = scratch.resolve(made);
        if (!isMissing() || file.isEmpty() || !Files.isRegularFile(fresh)) {
            return;
        }
        Path folder = java.util.Objects.requireNonNull(file.get().getParent(), "a file lies in a folder");
        Path beside = folder.resolve(made);
        try {
            Files.copy(fresh, beside);
            Files.move(beside, file.get(), StandardCopyOption.ATOMIC_MOVE);
            sweep(folder);
        } catch (IOException e) {
            deleteIfThere(beside); // The next run makes another.
        }
    }

    private static void sweep(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(entry -> entry.getFileName().toString().endsWith(SUFFIX))
                    .sorted(Comparator.comparing((Path entry) -> entry.toFile().lastModified())
                            .reversed())
                    .skip(KEPT)
                    .forEach(ClassArchive::deleteIfThere);
        }
    }

    private static void deleteIfThere(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It takes room and does no harm.
        }
    }
}
