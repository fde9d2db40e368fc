package org.aiis.report.bundle;

import java.util.Arrays;
import java.util.SortedMap;
import org.aiis.spec.testing.Observation;

/**
 * Numbers of a load, as its worker timed them: nearest-rank percentiles in nanoseconds.
 *
 * @param effective settings as they came to be
 */
public record LoadMeasure(
        long queries,
        long samples,
        long totalNanos,
        long p50,
        long p90,
        long p99,
        long max,
        SortedMap<String, String> effective) {
    static LoadMeasure of(Observation.Measured load) {
        long[] sorted = load.latencies().integers();
        Arrays.sort(sorted);
        return new LoadMeasure(
                sorted.length,
                load.samples(),
                load.totalNanos(),
                rank(sorted, 50),
                rank(sorted, 90),
                rank(sorted, 99),
                rank(sorted, 100),
                load.effective());
    }

    private static long rank(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[(int) (((long) sorted.length * percent + 99) / 100) - 1];
    }

    /** Samples a second; 0 when no time was told. */
    public double throughput() {
        return totalNanos > 0 ? samples * 1e9 / totalNanos : 0;
    }
}
