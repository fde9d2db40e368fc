package org.aiis.report.view;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.report.rollup.Proofs;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;

/** What could not be decided, gathered by its reason: one cause often stands behind hundreds of cases. */
final class Undecided {
    private static final int LONGEST = 400;

    private Undecided() {}

    private record Why(String message, String reason) {}

    static List<Page.Undecided> of(Subject subject, Proofs proofs) {
        SortedMap<Why, SortedMap<String, Integer>> gathered =
                new TreeMap<>(Comparator.comparing(Why::message).thenComparing(Why::reason));
        for (Results.RequirementResult result : subject.results().requirements()) {
            SortedMap<String, Finding> findings = proofs.executed(result.id());
            if (findings.isEmpty() && result.verdict() == Verdict.INCONCLUSIVE) {
                add(gathered, new Why("No case of the requirement was executed.", "no case"), result.id(), 0);
            }
            findings.values().stream()
                    .filter(f -> f.verdict() == Verdict.INCONCLUSIVE)
                    .forEach(f -> add(gathered, why(f), result.id(), 1));
        }
        return gathered.entrySet().stream()
                .map(e -> group(e.getKey(), e.getValue()))
                .toList();
    }

    private static Why why(Finding finding) {
        String message = finding.message().isEmpty() ? "no message" : Numbers.cut(finding.message(), LONGEST);
        return new Why(message, finding.reason().orElse("undecided"));
    }

    private static void add(
            SortedMap<Why, SortedMap<String, Integer>> gathered, Why why, String requirement, int cases) {
        gathered.computeIfAbsent(why, w -> new TreeMap<>()).merge(requirement, cases, Integer::sum);
    }

    private static Page.Undecided group(Why why, SortedMap<String, Integer> places) {
        long cases = places.values().stream().mapToLong(n -> n).sum();
        return new Page.Undecided(
                why.message(),
                why.reason(),
                Numbers.grouped(cases),
                places.entrySet().stream()
                        .map(p -> new Page.Place(p.getKey(), p.getValue()))
                        .toList());
    }
}
