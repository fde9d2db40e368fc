package org.aiis.conformance.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The machine that a run was made on, as far as it can be read without rights. Names no user, host or path. */
public final class Machine {
    private Machine() {}

    public static SortedMap<String, String> describe() {
        SortedMap<String, String> facts = new TreeMap<>();
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("architecture", System.getProperty("os.arch"));
        facts.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("jvm-vendor", System.getProperty("java.vendor"));
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        first(Path.of("/proc/cpuinfo"), "model name").ifPresent(v -> facts.put("cpu", v));
        first(Path.of("/proc/cpuinfo"), "flags").ifPresent(v -> facts.put("cpu-flags", relevant(v)));
        first(Path.of("/proc/meminfo"), "MemTotal").ifPresent(v -> facts.put("memory", v));
        return facts;
    }

    /**
     * MiB that each of so many workers may hold before it is killed: three quarters of the memory that this process may use,
     * and never less than 2 GiB, so that one that eats without end takes neither the suite nor the machine along.
     */
    public static long memoryEach(int workers) {
        long bytes = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : 0;
        return Math.max(2048, (bytes >> 20) * 3 / 4 / workers);
    }

    private static String relevant(String flags) {
        return Stream.of(flags.split(" "))
                .filter(f -> f.matches("avx.*|fma|f16c|amx.*|sse4_[12]|vnni"))
                .sorted()
                .reduce((a, b) -> a + " " + b)
                .orElse("none of avx, fma, amx");
    }

    private static java.util.Optional<String> first(Path file, String key) {
        if (!Files.isReadable(file)) {
            return java.util.Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(l -> l.startsWith(key) && l.contains(":"))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return java.util.Optional.empty();
        }
    }
}
