package org.aiis.report.diff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How far the numbers of a requirement's cases moved.
 *
 * @param cases that were compared
 * @param moved of these, cases that gave other numbers
 * @param limits the largest difference in units of what the standard allows
 * @param steps the largest difference in values of the type, and what such a step is called
 * @param special elements that became NaN or infinite, or no longer are
 * @param unlike cases with outputs of other names, types or shapes
 * @param digestsOnly cases of which it is not known how far, since only digests were kept
 * @param errorBefore largest error against the oracle of the moved cases, in units of its limit, before
 * @param errorNow the same now
 * @param furthest the case that moved most
 */
public record Movement(
        String requirement,
        int cases,
        int moved,
        Optional<Double> limits,
        double steps,
        String unit,
        long special,
        int unlike,
        int digestsOnly,
        Optional<Double> errorBefore,
        Optional<Double> errorNow,
        String furthest) {
    private static final Comparator<Moved> FURTHEST = Comparator.comparing(Moved::far)
            .thenComparing(Moved::steps)
            .reversed()
            .thenComparing(Moved::id);

    /**
     * By requirement, the one that moved most first.
     */
    static List<Movement> of(Collection<Moved> moved, Map<String, Integer> compared) {
        SortedMap<String, List<Moved>> by = new TreeMap<>();
        moved.forEach(m ->
                by.computeIfAbsent(requirement(m.id()), r -> new ArrayList<>()).add(m));
        List<Movement> all = new ArrayList<>();
        List<Moved> first = new ArrayList<>();
        by.forEach((requirement, own) -> first.add(own.stream().min(FURTHEST).orElseThrow()));
        first.sort(FURTHEST);
        first.forEach(furthest -> {
            String requirement = requirement(furthest.id());
            List<Moved> own = by.getOrDefault(requirement, List.of());
            all.add(new Movement(
                    requirement,
                    compared.getOrDefault(requirement, own.size()),
                    own.size(),
                    largest(own, Moved::limits),
                    own.stream().mapToDouble(Moved::steps).max().orElse(0),
                    own.stream()
                            .max(Comparator.comparing(Moved::steps))
                            .map(Moved::unit)
                            .orElse(""),
                    own.stream()
                            .mapToLong(m -> m.apart().map(Apart::special).orElse(0L))
                            .sum(),
                    (int) own.stream()
                            .filter(m ->
                                    m.apart().filter(a -> !a.unlike().isEmpty()).isPresent())
                            .count(),
                    (int) own.stream().filter(Moved::digestsOnly).count(),
                    largest(own, Moved::errorBefore),
                    largest(own, Moved::errorNow),
                    furthest.id()));
        });
        return all;
    }

    private static Optional<Double> largest(List<Moved> moved, Function<Moved, Optional<Double>> of) {
        return moved.stream().flatMap(m -> of.apply(m).stream()).max(Comparator.naturalOrder());
    }

    static String requirement(String caseId) {
        return caseId.replaceFirst("/.*", "");
    }
}
