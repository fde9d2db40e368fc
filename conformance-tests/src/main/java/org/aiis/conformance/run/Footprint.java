package org.aiis.conformance.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.aiis.conformance.worker.Memory;
import org.aiis.conformance.worker.WorkerPool;

/**
 * What a run took of the machine.
 *
 * @param suite MiB that this process held at most; empty where the system does not tell
 * @param worker MiB that a worker held at most, over those that did not die by themselves
 * @param bundle bytes of the bundle
 */
public record Footprint(OptionalLong suite, OptionalLong worker, long bundle) {
    /** Of a run whose bundle is written and whose workers have not ended. */
    public static Footprint of(WorkerPool pool, Path folder) {
        return new Footprint(Memory.peakMiB(ProcessHandle.current().pid()), pool.peakMemory(), size(folder));
    }

    private static long size(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("the bundle cannot be measured", e);
        }
    }

    /** For the one who waits. */
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "memory at most: suite %s, a worker %s; bundle %.1f MB",
                told(suite),
                told(worker),
                bundle / 1e6);
    }

    private static String told(OptionalLong mebibytes) {
        return mebibytes.isPresent() ? mebibytes.getAsLong() + " MiB" : "not told by this system";
    }
}
