package org.aiis.report.groups;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.aiis.spec.evidence.Whose;

/**
 * Gathers failing cases under as few explanations as will do. First errors that are seen in many operators, the one that
 * explains most first; then operators, each with all that is left of it; then cases of other requirements, which join an
 * operator that they use; last, operators that fail the same cases come together.
 */
final class Grouping {
    /** So many cases, and this share of those of either, make two operators one fault. */
    private static final int SHARED_CASES = 2;

    private static final double SHARED = 0.5;

    private final Map<Explanation, Set<Failing>> groups = new LinkedHashMap<>();

    private Grouping() {}

    static Map<Explanation, Set<Failing>> of(List<Failing> failing) {
        Grouping grouping = new Grouping();
        Set<Failing> open = new LinkedHashSet<>(failing);
        grouping.wide(open, holding(failing));
        grouping.narrow(open);
        grouping.siblings();
        return grouping.groups;
    }

    /** Errors that are seen in enough operators to be one fault, whatever else those cases show. */
    private static Set<Explanation> holding(List<Failing> failing) {
        Map<Explanation, Set<Failing>> seen = new HashMap<>();
        failing.forEach(f -> Explanation.wide(f)
                .forEach(e -> seen.computeIfAbsent(e, x -> new HashSet<>()).add(f)));
        return seen.entrySet().stream()
                .filter(e -> e.getKey().holds(e.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void wide(Set<Failing> open, Set<Explanation> holding) {
        for (Optional<Explanation> next = best(open, holding); next.isPresent(); next = best(open, holding)) {
            Explanation best = next.get();
            Set<Failing> explained = open.stream()
                    .filter(f -> Explanation.wide(f).anyMatch(best::equals))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            groups.put(best, explained);
            open.removeAll(explained);
        }
    }

    /** The error that explains most of what is still open. */
    private static Optional<Explanation> best(Set<Failing> open, Set<Explanation> holding) {
        Map<Explanation, Integer> explained = new HashMap<>();
        open.forEach(f -> Explanation.wide(f)
                .distinct()
                .filter(holding::contains)
                .forEach(e -> explained.merge(e, 1, Integer::sum)));
        return explained.entrySet().stream()
                .min(Comparator.comparing((Map.Entry<Explanation, Integer> e) -> -e.getValue())
                        .thenComparing(e -> e.getKey().toString()))
                .map(Map.Entry::getKey);
    }

    private void narrow(Set<Failing> open) {
        List<Failing> own = open.stream()
                .filter(f -> f.ofOperator() && f.where() != Whose.BOTH)
                .toList();
        own.forEach(f -> put(Explanation.narrow(f), f));
        open.stream()
                .filter(f -> f.ofOperator() && f.where() == Whose.BOTH)
                .forEach(f -> put(joined(f).orElseGet(() -> Explanation.narrow(f)), f));
        open.stream()
                .filter(f -> !f.ofOperator())
                .forEach(f -> put(joined(f).orElseGet(() -> Explanation.narrow(f)), f));
    }

    private void put(Explanation explanation, Failing failing) {
        groups.computeIfAbsent(explanation, e -> new LinkedHashSet<>()).add(failing);
    }

    /** The largest group of an operator of the case that fails as it does, where it does. */
    private Optional<Explanation> joined(Failing failing) {
        return groups.entrySet().stream()
                .filter(e -> e.getKey().kind().equals(Explanation.kind(failing)))
                .filter(e -> failing.where() == Whose.BOTH || e.getKey().where() == failing.where())
                .filter(e -> failing.ofOperator()
                        ? e.getKey().about(failing.subject())
                        : failing.operators().stream().anyMatch(e.getKey()::about))
                .max(Comparator.comparing((Map.Entry<Explanation, Set<Failing>> e) ->
                                e.getValue().size())
                        .thenComparing(e -> e.getKey().toString()))
                .map(Map.Entry::getKey);
    }

    private void siblings() {
        List<Explanation> narrow = new ArrayList<>(
                groups.keySet().stream().filter(e -> !e.subject().isEmpty()).toList());
        for (int i = 0; i < narrow.size(); i++) {
            for (int j = i + 1; j < narrow.size(); j++) {
                if (alike(narrow.get(i), narrow.get(j))) {
                    group(narrow.get(i)).addAll(group(narrow.get(j)));
                    groups.remove(narrow.remove(j--));
                }
            }
        }
    }

    private Set<Failing> group(Explanation explanation) {
        return java.util.Objects.requireNonNull(groups.get(explanation));
    }

    private boolean alike(Explanation one, Explanation other) {
        if (one.where() != other.where() || !one.kind().equals(other.kind())) {
            return false;
        }
        Set<String> mine = forms(group(one));
        Set<String> theirs = forms(group(other));
        long shared = mine.stream().filter(theirs::contains).count();
        return shared >= SHARED_CASES && shared >= SHARED * Math.max(mine.size(), theirs.size());
    }

    private static Set<String> forms(Set<Failing> cases) {
        return cases.stream().filter(Failing::ofOperator).map(Failing::form).collect(Collectors.toSet());
    }
}
