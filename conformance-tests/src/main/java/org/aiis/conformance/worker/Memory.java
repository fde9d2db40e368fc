package org.aiis.conformance.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Memory of processes as Linux tells it. A limit on address space ({@code ulimit -v}) would refuse the terabytes that CUDA and
 * a Java heap reserve and never touch, so the parent looks instead.
 */
public final class Memory {
    private static final Pattern RESIDENT = line("VmRSS");
    private static final Pattern PEAK = line("VmHWM");

    private Memory() {}

    /** The most that a process ever held, in MiB, rounded up, without what is swapped out; empty where it cannot be told. */
    public static OptionalLong peakMiB(long pid) {
        OptionalLong peak = kibibytes(pid, PEAK);
        return peak.isPresent() ? OptionalLong.of((peak.getAsLong() + 1023) >> 10) : peak;
    }

    /** What a process holds, in KiB; 0 where it cannot be told. */
    static long residentKiB(long pid) {
        return kibibytes(pid, RESIDENT).orElse(0);
    }

    /** Whether the memory of a process can be told: this is Linux, and the process lives. */
    static boolean isTold(long pid) {
        return kibibytes(pid, RESIDENT).isPresent();
    }

    /** Of a process and its descendants, in KiB. */
    static long familyKiB(ProcessHandle process) {
        return LongStream.concat(
                        LongStream.of(process.pid()), process.descendants().mapToLong(ProcessHandle::pid))
                .map(Memory::residentKiB)
                .sum();
    }

    private static Pattern line(String field) {
        return Pattern.compile("^" + field + ":\\s*([0-9]+)", Pattern.MULTILINE);
    }

    /** A line of {@code /proc/PID/status}; a process may name itself in bytes that are no UTF-8. */
    private static OptionalLong kibibytes(long pid, Pattern line) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            Matcher found = line.matcher(Files.readString(status, StandardCharsets.ISO_8859_1));
            return found.find() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
