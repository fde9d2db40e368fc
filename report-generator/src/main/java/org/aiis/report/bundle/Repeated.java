package org.aiis.report.bundle;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Purpose;

/**
 * What was shown again after the main pass.
 *
 * @param systems that cases were shown again to, by purpose
 * @param cases what came of it, by purpose and id
 * @param traced what was searched for the cause of its death, by id
 */
public record Repeated(
        Map<Purpose, Entry.AgainOn> systems,
        Map<Purpose, SortedMap<String, CaseRecord>> cases,
        SortedMap<String, Entry.Traced> traced) {
    /** Nothing. */
    public static final Repeated NONE = new Repeated(Map.of(), Map.of(), new TreeMap<>());

    public Repeated {
        systems = Map.copyOf(systems);
        Map<Purpose, SortedMap<String, CaseRecord>> sorted = new EnumMap<>(Purpose.class);
        cases.forEach((purpose, byId) -> sorted.put(purpose, Collections.unmodifiableSortedMap(new TreeMap<>(byId))));
        cases = Collections.unmodifiableMap(sorted);
        traced = Collections.unmodifiableSortedMap(new TreeMap<>(traced));
    }

    public SortedMap<String, CaseRecord> of(Purpose purpose) {
        return cases.getOrDefault(purpose, Collections.emptySortedMap());
    }

    /** What came of a case that was shown again. */
    public Optional<CaseRecord> of(Purpose purpose, String id) {
        return Optional.ofNullable(of(purpose).get(id));
    }

    /** What the search for the cause of the death at a case came to. */
    public Optional<Entry.Traced> traced(String id) {
        return Optional.ofNullable(traced.get(id));
    }

    public Optional<Entry.AgainOn> system(Purpose purpose) {
        return Optional.ofNullable(systems.get(purpose));
    }
}
