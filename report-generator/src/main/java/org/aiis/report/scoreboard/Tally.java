package org.aiis.report.scoreboard;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Cases of one system, counted.
 *
 * @param outcomes of which outcome how many, those of none left out; together they are all cases
 * @param waived how many of the failing ones a waiver covers
 */
public record Tally(SortedMap<Outcome, Integer> outcomes, int waived) {
    public Tally {
        outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
    }

    static Tally of(List<Did> cases) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        cases.forEach(did -> counts.merge(did.outcome(), 1, Integer::sum));
        return new Tally(
                new TreeMap<>(counts), (int) cases.stream().filter(Did::waived).count());
    }

    Tally plus(Tally other) {
        SortedMap<Outcome, Integer> sum = new TreeMap<>(outcomes);
        other.outcomes.forEach((outcome, n) -> sum.merge(outcome, n, Integer::sum));
        return new Tally(sum, waived + other.waived);
    }

    public int of(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    public int cases() {
        return outcomes.values().stream().mapToInt(n -> n).sum();
    }
}
