package org.aiis.conformance.run;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aiis.conformance.crash.Signature;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Repeats;
import org.aiis.spec.evidence.Seat;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Trace;

/**
 * What the log of a run holds so far.
 *
 * @param findings of the cases that were driven
 * @param traces what those cases came down to
 * @param seats which process each of them was shown to
 * @param deaths what those died of that killed their process, or gave no answer
 * @param systems that cases were shown again to
 * @param again cases that were shown again
 * @param alive those that were repeated and at which no process died then
 * @param traced those of them whose death was searched for its cause
 */
record History(
        Entry.Begin begin,
        Optional<Entry.Described> described,
        Map<String, Finding> findings,
        Map<String, Trace> traces,
        Map<String, Seat> seats,
        Map<String, Signature> deaths,
        Map<Purpose, Entry.AgainOn> systems,
        Map<Purpose, Set<String>> again,
        Set<String> alive,
        Set<String> traced,
        boolean ended) {
    /** Of a run that has begun and done nothing. */
    static History of(Entry.Begin begin) {
        return of(begin, List.of());
    }

    static History of(Entry.Begin begin, List<Entry> entries) {
        Optional<Entry.Described> described = Optional.empty();
        Map<String, Finding> findings = new HashMap<>();
        Map<String, Trace> traces = new HashMap<>();
        Map<String, Seat> seats = new HashMap<>();
        Map<String, Signature> deaths = new HashMap<>();
        Set<String> alive = new HashSet<>();
        Set<String> traced = new HashSet<>();
        Map<Purpose, Entry.AgainOn> systems = new EnumMap<>(Purpose.class);
        Map<Purpose, Set<String>> again = new EnumMap<>(Purpose.class);
        boolean ended = false;
        for (Entry entry : entries) {
            if (entry instanceof Entry.CaseDone done) {
                findings.put(done.id(), done.finding());
                traces.put(done.id(), Trace.of(done.observation()));
                done.seat().ifPresent(seat -> seats.put(done.id(), seat));
                Signature.of(done.observation()).ifPresent(death -> deaths.put(done.id(), death));
            } else if (entry instanceof Entry.Described found) {
                described = described.or(() -> Optional.of(found));
            } else if (entry instanceof Entry.AgainOn on) {
                systems.putIfAbsent(on.purpose(), on);
            } else if (entry instanceof Entry.Again shown) {
                again.computeIfAbsent(shown.purpose(), p -> new HashSet<>()).add(shown.id());
                if (shown.purpose() == Purpose.REPEAT && !Repeats.isDeath(shown.finding())) {
                    alive.add(shown.id());
                }
            } else if (entry instanceof Entry.Traced found) {
                traced.add(found.id());
            } else if (entry instanceof Entry.End) {
                ended = true;
            }
        }
        return new History(begin, described, findings, traces, seats, deaths, systems, again, alive, traced, ended);
    }

    Set<String> again(Purpose purpose) {
        return again.getOrDefault(purpose, Set.of());
    }

    /** How many worker processes it had. */
    int processes() {
        return seats.values().stream().mapToInt(Seat::process).max().orElse(0);
    }
}
