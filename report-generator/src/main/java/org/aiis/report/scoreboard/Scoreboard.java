package org.aiis.report.scoreboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.standard.Standard;

/**
 * Systems × classes × operators, over the cases that all bundles have in common. It compares and certifies nothing: the verdict
 * on a system stands in its own report.
 *
 * @param entrants the systems, in the order of their bundles; the first is A
 * @param rest for each, its cases that are not compared
 * @param cases how many are compared
 * @param rows by class, then by operator or requirement
 * @param notes in what the bundles differ
 */
public record Scoreboard(
        List<Entrant> entrants, List<Common.Rest> rest, int cases, List<Row> rows, List<String> notes) {
    /** Most bundles on one page: the systems are lettered. */
    public static final int MOST = 16;

    public Scoreboard {
        entrants = List.copyOf(entrants);
        rest = List.copyOf(rest);
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /**
     * Compares systems over the common cases whose ids are wanted.
     *
     * @throws InputException when they have no case in common
     */
    public static Scoreboard of(List<Entrant> entrants, Standard standard, Predicate<String> wanted) {
        if (entrants.isEmpty() || entrants.size() > MOST) {
            throw InputException.of(
                    entrants.size() + " bundles", "a scoreboard shows 1 to " + MOST + " of them side by side");
        }
        Common common = Common.of(entrants, wanted);
        SortedMap<Places.Place, List<String>> places = new TreeMap<>();
        Places known = new Places(standard);
        common.ids().forEach(id -> places.computeIfAbsent(known.of(id), place -> new ArrayList<>())
                .add(id));
        List<Row> rows = places.entrySet().stream()
                .map(e -> row(e.getKey(), e.getValue(), entrants))
                .toList();
        return new Scoreboard(entrants, common.rest(), common.ids().size(), rows, Differences.of(entrants));
    }

    private static Row row(Places.Place place, List<String> ids, List<Entrant> entrants) {
        List<Tally> tallies = entrants.stream()
                .map(e -> Tally.of(ids.stream().map(id -> Common.did(e, id)).toList()))
                .toList();
        int differing = (int) ids.stream()
                .filter(id -> entrants.stream()
                                .map(e -> Common.did(e, id).outcome())
                                .distinct()
                                .count()
                        > 1)
                .count();
        return new Row(place.conformanceClass(), place.subject(), place.ofOperator(), ids, tallies, differing);
    }

    /** What a system made of a compared case. */
    public Did did(int system, String id) {
        return Common.did(entrants.get(system), id);
    }

    /** The letter of a system. */
    public static String key(int system) {
        return Differences.key(system);
    }

    /** All compared cases of each system. */
    public List<Tally> totals() {
        return sum(rows);
    }

    /** Classes in the order of the rows, with a tally for each system. */
    public Map<String, List<Tally>> classes() {
        Map<String, List<Row>> byClass = new java.util.LinkedHashMap<>();
        rows.forEach(row -> byClass.computeIfAbsent(row.conformanceClass(), c -> new ArrayList<>())
                .add(row));
        Map<String, List<Tally>> classes = new java.util.LinkedHashMap<>();
        byClass.forEach((name, own) -> classes.put(name, sum(own)));
        return classes;
    }

    private List<Tally> sum(List<Row> some) {
        return IntStream.range(0, entrants.size())
                .mapToObj(i -> some.stream()
                        .map(row -> row.tallies().get(i))
                        .reduce(new Tally(new TreeMap<>(), 0), Tally::plus))
                .toList();
    }
}
