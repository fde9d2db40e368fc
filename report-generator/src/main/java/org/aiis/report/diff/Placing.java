package org.aiis.report.diff;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.CaseRecord;

/**
 * Cases whose nodes ran elsewhere than before.
 *
 * @param before nodes by where they ran, in words
 */
public record Placing(String before, String now, List<String> cases) {
    public Placing {
        cases = List.copyOf(cases);
    }

    /** By what changed, the most frequent first. */
    static List<Placing> of(Bundle then, Bundle here, Collection<String> ids) {
        return ids.stream()
                .filter(id ->
                        told(then, id) && told(here, id) && !words(then, id).equals(words(here, id)))
                .collect(Collectors.groupingBy(id -> List.of(words(then, id), words(here, id)), Collectors.toList()))
                .entrySet()
                .stream()
                .map(e -> new Placing(e.getKey().get(0), e.getKey().get(1), e.getValue()))
                .sorted((a, b) -> a.cases.size() != b.cases.size()
                        ? b.cases.size() - a.cases.size()
                        : (a.before + a.now).compareTo(b.before + b.now))
                .toList();
    }

    private static boolean told(Bundle bundle, String id) {
        return !tallies(bundle, id).isEmpty();
    }

    private static String words(Bundle bundle, String id) {
        return tallies(bundle, id).entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey().substring(NODES.length()))
                .collect(Collectors.joining(", "));
    }

    private static final String NODES = "nodes.";

    private static SortedMap<String, Long> tallies(Bundle bundle, String id) {
        CaseRecord done = Objects.requireNonNull(bundle.evidence().cases().get(id));
        SortedMap<String, Long> nodes = new TreeMap<>();
        done.finding().tallies().forEach((name, count) -> {
            if (name.startsWith(NODES) && count > 0) {
                nodes.put(name, count);
            }
        });
        return nodes;
    }
}
