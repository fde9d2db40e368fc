package org.aiis.conformance.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Resident memory as Linux tells it. A limit on address space ({@code ulimit -v}) would refuse the terabytes that CUDA and a
 * Java heap reserve and never touch, so the parent looks instead.
 */
final class Memory {
    private Memory() {}

    /** Of one process, in KiB; 0 where it cannot be told. */
    static long residentKiB(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException | NumberFormatException e) {
            return 0; // No Linux, or the process has gone.
        }
    }

    /** Of a process and its descendants, in KiB. */
    static long familyKiB(ProcessHandle process) {
        return LongStream.concat(
                        LongStream.of(process.pid()), process.descendants().mapToLong(ProcessHandle::pid))
                .map(Memory::residentKiB)
                .sum();
    }
}
