package org.aiis.conformance.qualification;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the panel came to on one operator.
 *
 * @param catalogue digest of the cases of this operator, of every grade
 * @param cases cases that were run
 * @param found faults that a case noticed, with the case
 * @param missed faults that show and that no case noticed, with how they show
 * @param excluded faults that no input of the search showed
 * @param rejected right variants that a case failed, with case and message
 * @param oracle exceptions of the oracle that are no refusal, with a node that drew them: to be mended there
 */
public record OperatorFigures(
        String operator,
        String catalogue,
        int cases,
        SortedMap<String, String> found,
        SortedMap<String, String> missed,
        List<String> excluded,
        SortedMap<String, String> rejected,
        SortedMap<String, String> oracle) {
    public OperatorFigures {
        found = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(found));
        missed = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(missed));
        excluded = excluded.stream().sorted().toList();
        rejected = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
        oracle = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(oracle));
    }

    int applicable() {
        return found.size() + missed.size();
    }

    /** Faults that were tried. */
    int pairs() {
        return applicable() + excluded.size();
    }

    OperatorFigures brief() {
        return new OperatorFigures(operator, catalogue, cases, new TreeMap<>(), missed, List.of(), rejected, oracle);
    }
}
