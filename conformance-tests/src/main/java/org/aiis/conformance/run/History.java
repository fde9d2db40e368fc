package org.aiis.conformance.run;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Trace;

/**
 * What the log of a run holds so far.
 *
 * @param findings of the cases that were driven
 * @param traces what those cases came down to
 * @param systems that cases were shown again to
 * @param again cases that were shown again
 */
record History(
        Entry.Begin begin,
        Optional<Entry.Described> described,
        Map<String, Finding> findings,
        Map<String, Trace> traces,
        Map<Purpose, Entry.AgainOn> systems,
        Map<Purpose, Set<String>> again,
        boolean ended) {
    /** Of a run that has begun and done nothing. */
    static History of(Entry.Begin begin) {
        return of(begin, List.of());
    }

    static History of(Entry.Begin begin, List<Entry> entries) {
        Optional<Entry.Described> described = Optional.empty();
        Map<String, Finding> findings = new HashMap<>();
        Map<String, Trace> traces = new HashMap<>();
        Map<Purpose, Entry.AgainOn> systems = new EnumMap<>(Purpose.class);
        Map<Purpose, Set<String>> again = new EnumMap<>(Purpose.class);
        boolean ended = false;
        for (Entry entry : entries) {
            if (entry instanceof Entry.CaseDone done) {
                findings.put(done.id(), done.finding());
                traces.put(done.id(), Trace.of(done.observation()));
            } else if (entry instanceof Entry.Described found) {
                described = described.or(() -> Optional.of(found));
            } else if (entry instanceof Entry.AgainOn on) {
                systems.putIfAbsent(on.purpose(), on);
            } else if (entry instanceof Entry.Again shown) {
                again.computeIfAbsent(shown.purpose(), p -> new HashSet<>()).add(shown.id());
            } else if (entry instanceof Entry.End) {
                ended = true;
            }
        }
        return new History(begin, described, findings, traces, systems, again, ended);
    }

    Set<String> again(Purpose purpose) {
        return again.getOrDefault(purpose, Set.of());
    }
}
