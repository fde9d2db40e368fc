package org.aiis.report.scoreboard;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.aiis.spec.codec.InputException;

/**
 * What can be compared: cases that every bundle holds and that showed every system the same, bit for bit.
 *
 * @param ids of these cases
 * @param rest for each bundle, what of it is left out
 */
public record Common(NavigableSet<String> ids, List<Rest> rest) {

    /**
     * Cases of a bundle that are not compared.
     *
     * @param absent cases that another bundle lacks
     * @param other cases of the same name that showed another system something else
     */
    public record Rest(int absent, int other) {}

    /** Of the cases whose ids are wanted. */
    static Common of(List<Entrant> entrants, Predicate<String> wanted) {
        NavigableSet<String> everywhere = new TreeSet<>();
        entrants.get(0).cases().keySet().stream().filter(wanted).forEach(everywhere::add);
        entrants.forEach(entrant -> everywhere.retainAll(entrant.cases().keySet()));
        NavigableSet<String> same = new TreeSet<>(everywhere);
        same.removeIf(id ->
                entrants.stream().map(e -> did(e, id).stimulus()).distinct().count() > 1);
        if (same.isEmpty()) {
            throw InputException.of(
                    "these bundles have no case in common" + (everywhere.isEmpty() ? "" : " that shows the same"),
                    "compare runs whose --select, profile and catalogue overlap: "
                            + String.join(
                                    ", ", entrants.stream().map(Common::says).toList()));
        }
        List<Rest> rest = new ArrayList<>();
        for (Entrant entrant : entrants) {
            int all = (int) entrant.cases().keySet().stream().filter(wanted).count();
            rest.add(new Rest(all - everywhere.size(), everywhere.size() - same.size()));
        }
        return new Common(same, rest);
    }

    private static String says(Entrant entrant) {
        return entrant.bundle() + " holds " + entrant.cases().size() + " cases";
    }

    static Did did(Entrant entrant, String id) {
        Did did = entrant.cases().get(id);
        if (did == null) {
            throw new IllegalStateException("not a common case: " + id);
        }
        return did;
    }
}
