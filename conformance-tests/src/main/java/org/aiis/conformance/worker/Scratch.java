package org.aiis.conformance.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Folders that live as long as a pool or a worker. */
final class Scratch {
    private static final String PREFIX = "aiis-workers-";
    private static final Pattern NAMED = Pattern.compile(PREFIX + "([0-9]{1,18})-[0-9]+");

    /** Where Linux keeps files in memory, and no system keeps anything else. */
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /** Less is not taken: containers are given 64 MiB, which one large profile fills. */
    private static final long ROOM = 256L << 20;

    private Scratch() {}

    /** A folder in memory, where there is such with room. It may hold no program: it is often mounted so. */
    static Optional<Path> inMemory() {
        try {
            return Files.isDirectory(SHARED_MEMORY)
                            && Files.isWritable(SHARED_MEMORY)
                            && Files.getFileStore(SHARED_MEMORY).type().equals("tmpfs")
                            && Files.getFileStore(SHARED_MEMORY).getUsableSpace() >= ROOM
                    ? Optional.of(create(SHARED_MEMORY))
                    : Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty(); // The scratch folder does as well, and takes longer.
        }
    }

    static Path create() {
        return create(Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    /** A folder named after this process; those of processes that died without deleting theirs go. */
    static Path create(Path parent) {
        try {
            Path folder = parent.toRealPath();
            Path mine = Files.createTempDirectory(
                    folder, PREFIX + ProcessHandle.current().pid() + "-");
            sweep(folder, Files.getOwner(mine));
            return mine;
        } catch (IOException e) {
            throw new UncheckedIOException("no scratch folder can be made", e);
        }
    }

    private static void sweep(Path parent, UserPrincipal owner) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                // The temporary folder is everybody's: nothing of other users is touched, no link is followed.
                if (isOfTheDead(folder) && isOwn(folder, owner)) {
                    tryToDelete(folder);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void tryToDelete(Path folder) {
        try {
            delete(folder);
        } catch (UncheckedIOException e) {
            // Another run sweeps it too, or it resists. Nothing here depends on its being gone; the next run tries
            // again.
        }
    }

    private static boolean isOwn(Path folder, UserPrincipal owner) {
        try {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner);
        } catch (IOException e) {
            return false; // It went in between, or is not ours to read.
        }
    }

    /** A number that lives on, though as another process, keeps its folder. */
    private static boolean isOfTheDead(Path folder) {
        Matcher named = NAMED.matcher(folder.getFileName().toString());
        return named.matches()
                && ProcessHandle.of(Long.parseLong(named.group(1)))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty();
    }

    /** Deletes a folder and all in it; follows no link. */
    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch folder cannot be deleted", e);
        }
    }
}
