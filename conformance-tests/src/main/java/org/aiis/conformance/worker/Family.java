package org.aiis.conformance.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A worker process and all that it started. A child whose parent has gone is nobody's descendant, and one that holds the
 * pipe of the answers keeps its reader waiting for ever: both are found through {@code /proc}, by the name that the worker
 * was given in its environment, or by the pipes that they hold. Without {@code /proc} only descendants are found.
 */
final class Family {
    private static final Path PROC = Path.of("/proc");

    /** A process that starts others as fast as they are ended is looked for so often and no more. */
    private static final int ROUNDS = 10;

    private final String name = UUID.randomUUID().toString();
    private Set<String> pipes = Set.of();

    /** For the environment of the worker, which its children inherit. */
    String name() {
        return name;
    }

    /** Remembers the pipes of a worker that has just started. */
    void born(Process worker) {
        Set<String> held = new HashSet<>();
        Path descriptors = PROC.resolve(Long.toString(worker.pid())).resolve("fd");
        for (int descriptor = 0; descriptor <= 3; descriptor++) {
            link(descriptors.resolve(Integer.toString(descriptor)), held);
        }
        pipes = Set.copyOf(held);
    }

    /** Ends the worker and everything that belongs to it. */
    void end(Process worker) {
        worker.descendants().forEach(ProcessHandle::destroyForcibly);
        worker.destroyForcibly();
        endOrphans();
    }

    /** Ends what a worker that has gone left behind. */
    void endOrphans() {
        for (int round = 0; round < ROUNDS; round++) {
            if (!endOnce()) {
                return;
            }
        }
    }

    /** Whether anything was found. */
    private boolean endOnce() {
        boolean found = false;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[1-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (pid != ProcessHandle.current().pid() && belongs(process, pid)) {
                    found |= ProcessHandle.of(pid)
                            .filter(ProcessHandle::destroyForcibly)
                            .isPresent();
                }
            }
        } catch (IOException | NumberFormatException e) {
            return false; // No /proc, or it went away under the reader: descendants are all that is known.
        }
        return found;
    }

    private boolean belongs(Path process, long pid) {
        return named(process.resolve("environ")) || !isChild(pid) && holds(process.resolve("fd"));
    }

    /** A worker that is just being started holds copies of all pipes for a moment. */
    private static boolean isChild(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(ProcessHandle::parent)
                .filter(ProcessHandle.current()::equals)
                .isPresent();
    }

    private boolean named(Path environment) {
        try {
            return new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1)
                    .contains(Launch.FAMILY + "=" + name);
        } catch (IOException e) {
            return false; // Another user's, or gone.
        }
    }

    private boolean holds(Path descriptors) {
        Set<String> held = new HashSet<>();
        try (Stream<Path> all = Files.list(descriptors)) {
            all.forEach(descriptor -> link(descriptor, held));
        } catch (IOException | java.io.UncheckedIOException e) {
            return false;
        }
        return held.stream().anyMatch(pipes::contains);
    }

    private static void link(Path descriptor, Set<String> held) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            if (target.startsWith("pipe:")) {
                held.add(target);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // Closed in between, another user's, or a system without /proc: not known to be held.
        }
    }
}
