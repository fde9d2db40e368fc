package org.aiis.conformance.performance;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.tensor.Tensor;

/**
 * What a load generator measured.
 *
 * @param latencies nanoseconds a query, int64, in order of issue
 * @param samples samples done
 * @param totalNanos from the first issue to the last completion
 * @param effective settings as they came to be, by name
 */
public record Load(Tensor latencies, long samples, long totalNanos, SortedMap<String, String> effective) {
    public Load {
        effective = Collections.unmodifiableSortedMap(new TreeMap<>(effective));
    }
}
