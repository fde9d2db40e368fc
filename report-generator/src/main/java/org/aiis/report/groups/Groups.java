package org.aiis.report.groups;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.aiis.report.bundle.Evidence;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.evidence.Whose;
import org.aiis.spec.port.Rejudge;
import org.aiis.spec.testing.ErrorPattern;
import org.aiis.spec.testing.Verdict;

/** The failing cases of a run, gathered by what they have in common. */
public final class Groups {
    private static final int NAMED_PATTERNS = 2;

    private Groups() {}

    /**
     * The groups of the failing cases of a run.
     *
     * @param waived failing cases that a waiver covers
     * @param unsteady cases of which a waiver says that they fail one time so and another time otherwise
     */
    public static List<Results.Group> of(
            Evidence evidence, Rejudge rejudge, Set<String> waived, Predicate<String> unsteady) {
        List<Failing> failing = evidence.cases().values().stream()
                .filter(done -> done.finding().verdict() == Verdict.FAIL)
                .map(done -> Failing.of(done, evidence, rejudge, unsteady.test(done.id())))
                .toList();
        List<Results.Group> groups = new ArrayList<>();
        Grouping.of(failing).forEach((explanation, cases) -> groups.add(group(explanation, cases, waived)));
        groups.sort(Comparator.comparing(
                        (Results.Group g) -> g.waived() == g.cases().size())
                .thenComparing(g -> g.waived() - g.cases().size())
                .thenComparing(g -> -g.cases().size())
                .thenComparing(Results.Group::what)
                .thenComparing(Results.Group::whose));
        return groups;
    }

    private static Results.Group group(Explanation explanation, Collection<Failing> cases, Set<String> waived) {
        List<Failing> sorted = cases.stream()
                .sorted(Comparator.comparing(Failing::afterAnother)
                        .thenComparing(Failing::bytes)
                        .thenComparing(Failing::id))
                .toList();
        Set<String> subjects = new TreeSet<>();
        Set<String> types = new TreeSet<>();
        SortedMap<ErrorPattern, Integer> patterns = new TreeMap<>();
        sorted.forEach(f -> {
            subjects.add(f.subject());
            f.type().ifPresent(types::add);
            f.patterns().forEach(p -> patterns.merge(p, 1, Integer::sum));
        });
        return new Results.Group(
                what(explanation, subjects, patterns) + later(sorted),
                explanation.kind(),
                sorted.stream().allMatch(Failing::decision) ? Whose.STANDARD : explanation.where(),
                (int) sorted.stream().filter(f -> waived.contains(f.id())).count(),
                sorted.get(0).id(),
                List.copyOf(subjects),
                List.copyOf(types),
                List.copyOf(patterns.keySet()),
                sorted.stream().map(Failing::id).toList());
    }

    private static String what(
            Explanation explanation, Set<String> subjects, SortedMap<ErrorPattern, Integer> patterns) {
        String in = subjects.size() > 3 ? subjects.size() + " operators or requirements" : String.join(", ", subjects);
        String detail = explanation.detail();
        return switch (explanation.kind()) {
            case "value" ->
                detail.isEmpty() ? "wrong values of " + in + patterns(patterns) : "wrong values, " + detail + ": " + in;
            case "rejected" -> "refused: " + in + told(detail);
            case "rejected-late" -> "refused too late: " + in + told(detail);
            case "accepted" -> "ran what it ought to refuse: " + in;
            case "crashed" -> "process died: " + in + told(detail);
            case Failing.ONCE -> "process died once and not again: " + in;
            case "timed-out" -> "no answer in time: " + in + told(detail);
            case "exceeded" -> "took more than its limit: " + in + told(detail);
            case "protocol" -> "broke the worker protocol: " + in + told(detail);
            case "placement" -> "ran elsewhere: " + in;
            default -> explanation.kind() + ": " + in;
        };
    }

    /** How many of the cases only met the damage that others had done. */
    private static String later(List<Failing> cases) {
        List<Failing> later = cases.stream().filter(Failing::afterAnother).toList();
        if (later.isEmpty()) {
            return "";
        }
        Set<String> causes = new TreeSet<>();
        later.forEach(f -> causes.add(f.cause()));
        return "; " + later.size() + " of " + cases.size() + " at a later case of the same process, after "
                + causes.stream().limit(NAMED_PATTERNS).collect(Collectors.joining(", "))
                + (causes.size() > NAMED_PATTERNS ? " and " + (causes.size() - NAMED_PATTERNS) + " more" : "");
    }

    private static String told(String detail) {
        return detail.isEmpty() ? "" : " – " + detail;
    }

    /** The most frequent ones. */
    private static String patterns(SortedMap<ErrorPattern, Integer> patterns) {
        List<String> words = patterns.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<ErrorPattern, Integer> e) -> -e.getValue())
                        .thenComparing(Map.Entry::getKey))
                .limit(NAMED_PATTERNS)
                .map(e -> e.getKey().words())
                .toList();
        String more = patterns.size() > words.size() ? "; …" : "";
        return words.isEmpty() ? "" : " (" + String.join("; ", words) + more + ")";
    }
}
