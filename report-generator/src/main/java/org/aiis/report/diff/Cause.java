package org.aiis.report.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.aiis.spec.evidence.Results;

/**
 * Cases that turned alike.
 *
 * @param what they have in common, in words
 * @param smallest the case to look at first
 */
public record Cause(Turned.Direction direction, String what, Turned smallest, List<String> cases) {
    public Cause {
        cases = List.copyOf(cases);
    }

    /**
     * Of the turned cases of a direction: those that fail by the groups that their bundle has them in, the others by what they
     * turned from and to and the operator or requirement that they are about.
     */
    static List<Cause> of(
            Turned.Direction direction,
            Map<String, Turned> turned,
            List<Results.Group> then,
            List<Results.Group> here) {
        Set<String> open = turned.values().stream()
                .filter(t -> t.direction() == direction)
                .map(Turned::id)
                .collect(Collectors.toCollection(TreeSet::new));
        List<Cause> causes = new ArrayList<>();
        for (Results.Group group : direction == Turned.Direction.BETTER ? then : here) {
            List<Turned> own = group.cases().stream()
                    .filter(open::remove)
                    .map(id -> java.util.Objects.requireNonNull(turned.get(id)))
                    .toList();
            add(causes, direction, group.what(), own);
        }
        Map<String, List<Turned>> rest = new LinkedHashMap<>();
        open.stream()
                .map(id -> java.util.Objects.requireNonNull(turned.get(id)))
                .forEach(t -> rest.computeIfAbsent(
                                t.before().word() + " → " + t.now().word() + " " + subject(t.id()),
                                r -> new ArrayList<>())
                        .add(t));
        rest.values().forEach(own -> add(causes, direction, subject(own.get(0).id()), own));
        causes.sort(Comparator.comparing((Cause c) -> -c.cases.size()).thenComparing(Cause::what));
        return causes;
    }

    /** The operator that a case is about, else its requirement. */
    private static String subject(String id) {
        String requirement = id.replaceFirst("/.*", "");
        return requirement.replaceFirst("^OP-(\\w+)-.*", "$1");
    }

    private static void add(List<Cause> causes, Turned.Direction direction, String what, List<Turned> own) {
        if (!own.isEmpty()) {
            causes.add(new Cause(
                    direction, what, own.get(0), own.stream().map(Turned::id).toList()));
        }
    }
}
