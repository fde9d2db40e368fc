package org.aiis.conformance.qualification;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the panel came to on one operator.
 *
 * @param cases cases that were run
 * @param found faults that a case noticed, with the case
 * @param missed faults that show and that no case noticed, with how they show
 * @param excluded faults that no input of the search showed
 * @param rejected right variants that a case failed, with case and message
 */
public record OperatorFigures(
        String operator,
        int cases,
        SortedMap<String, String> found,
        SortedMap<String, String> missed,
        List<String> excluded,
        SortedMap<String, String> rejected) {
    public OperatorFigures {
        found = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(found));
        missed = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(missed));
        excluded = excluded.stream().sorted().toList();
        rejected = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    }

    OperatorFigures(
            String operator,
            int cases,
            Map<String, String> found,
            Map<String, String> missed,
            List<String> excluded,
            Map<String, String> rejected) {
        this(operator, cases, new TreeMap<>(found), new TreeMap<>(missed), excluded, new TreeMap<>(rejected));
    }

    int applicable() {
        return found.size() + missed.size();
    }
}
