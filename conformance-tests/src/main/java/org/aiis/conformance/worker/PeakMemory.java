package org.aiis.conformance.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The most memory that a process ever held, as Linux tells it: {@code VmHWM}, without what is swapped out. */
public final class PeakMemory {
    private PeakMemory() {}

    /** In MiB, rounded up; empty where it cannot be told: no Linux, or the process has gone. */
    public static OptionalLong mebibytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> (Long.parseLong(line.replaceAll("\\D+", "")) + 1023) >> 10)
                    .findFirst();
        } catch (IOException | UncheckedIOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
