package org.aiis.conformance.judge;

import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;

/**
 * What comparing one output gave.
 *
 * @param problem what is wrong, empty when nothing is
 * @param worst largest error in units of its limit
 */
public record Comparison(String problem, double worst, SortedMap<String, Long> tallies) {
    static Comparison fine() {
        return new Comparison("", 0, new TreeMap<>());
    }

    static Comparison wrong(String problem) {
        return new Comparison(problem, Double.POSITIVE_INFINITY, new TreeMap<>());
    }

    /** Both, the first problem told. */
    Comparison and(Comparison other) {
        SortedMap<String, Long> sum = new TreeMap<>(tallies);
        other.tallies.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return new Comparison(problem.isEmpty() ? other.problem : problem, Math.max(worst, other.worst), sum);
    }

    Finding finding() {
        Finding verdict = problem.isEmpty() ? Finding.of(Verdict.PASS, "") : Finding.fail("value", problem);
        return verdict.withWorst(worst).withTallies(tallies);
    }
}
