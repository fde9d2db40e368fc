package org.aiis.report.bundle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.spec.evidence.Entry;

/**
 * The parts that evidence was merged from.
 *
 * @param merged the parts; empty for a run that was driven as one
 * @param common what came of the cases that all parts hold, by id and number of the part
 */
public record Shards(List<Entry.Merged> merged, SortedMap<String, SortedMap<Integer, CaseRecord>> common) {
    /** Of a run that was driven as one. */
    public static final Shards NONE = new Shards(List.of(), Collections.emptySortedMap());

    public Shards {
        merged = List.copyOf(merged);
        SortedMap<String, SortedMap<Integer, CaseRecord>> sorted = new TreeMap<>();
        common.forEach((id, byShard) -> sorted.put(id, Collections.unmodifiableSortedMap(new TreeMap<>(byShard))));
        common = Collections.unmodifiableSortedMap(sorted);
    }

    /** In what the machines of the parts differ, and how: {@code cpu: 1/2 EPYC; 2/2 Xeon}. */
    public List<String> differences() {
        Set<String> names = new TreeSet<>();
        merged.forEach(part -> names.addAll(part.environment().keySet()));
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            note(name, part -> part.environment().getOrDefault(name, "not told"), differences);
        }
        note("workers", part -> Integer.toString(part.workers()), differences);
        return differences;
    }

    private void note(String name, java.util.function.Function<Entry.Merged, String> value, List<String> differences) {
        if (merged.stream().map(value).distinct().count() > 1) {
            differences.add(name + ": "
                    + String.join(
                            "; ",
                            merged.stream()
                                    .map(part -> part.shard() + " " + value.apply(part))
                                    .toList()));
        }
    }
}
