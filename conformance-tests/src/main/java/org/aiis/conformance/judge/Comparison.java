package org.aiis.conformance.judge;

import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.testing.ErrorPattern;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;

/**
 * What comparing one output gave.
 *
 * @param problem what is wrong, empty when nothing is
 * @param worst largest error in units of its limit
 * @param patterns how what is wrong is wrong, as far as it can be told
 */
public record Comparison(String problem, double worst, SortedMap<String, Long> tallies, Set<ErrorPattern> patterns) {
    public Comparison {
        // What is wrong in a way that cannot be told must not pass for another output's pattern.
        patterns = !problem.isEmpty() && patterns.isEmpty() ? Set.of(ErrorPattern.SOME) : Set.copyOf(patterns);
    }

    /** Without a pattern. */
    Comparison(String problem, double worst, SortedMap<String, Long> tallies) {
        this(problem, worst, tallies, Set.of());
    }

    static Comparison fine() {
        return new Comparison("", 0, new TreeMap<>());
    }

    static Comparison wrong(String problem) {
        return new Comparison(problem, Double.POSITIVE_INFINITY, new TreeMap<>());
    }

    static Comparison wrong(String problem, ErrorPattern pattern) {
        return wrong(problem, Set.of(pattern));
    }

    static Comparison wrong(String problem, Set<ErrorPattern> patterns) {
        return new Comparison(problem, Double.POSITIVE_INFINITY, new TreeMap<>(), patterns);
    }

    /** Both, the first problem told. */
    Comparison and(Comparison other) {
        SortedMap<String, Long> sum = new TreeMap<>(tallies);
        other.tallies.forEach((name, count) -> sum.merge(name, count, Long::sum));
        Set<ErrorPattern> both = EnumSet.noneOf(ErrorPattern.class);
        both.addAll(patterns);
        both.addAll(other.patterns);
        return new Comparison(problem.isEmpty() ? other.problem : problem, Math.max(worst, other.worst), sum, both);
    }

    Finding finding() {
        Finding verdict = problem.isEmpty()
                ? Finding.of(Verdict.PASS, "")
                : Finding.fail("value", problem).showing(patterns);
        return verdict.withWorst(worst).withTallies(tallies);
    }
}
