package org.aiis.report.bundle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.evidence.Chain;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.testing.Finding;

/**
 * Takes events in their order: begin, described, cases, cases shown again, aggregates, end; nothing twice, nothing after the
 * end.
 */
final class EvidenceReader {
    private final Chain chain = new Chain();
    private final String file;
    private final Evidence.OnCase onCase;
    private Optional<Entry.Begin> begin = Optional.empty();
    private Optional<Entry.Described> described = Optional.empty();
    private Optional<Entry.End> end = Optional.empty();
    private final List<Entry.Merged> merged = new ArrayList<>();
    private final SortedMap<String, SortedMap<Integer, CaseRecord>> common = new TreeMap<>();
    private final SortedMap<String, CaseRecord> cases = new TreeMap<>();
    private final Map<Purpose, Entry.AgainOn> systems = new EnumMap<>(Purpose.class);
    private final Map<Purpose, SortedMap<String, CaseRecord>> repeated = new EnumMap<>(Purpose.class);
    private final SortedMap<String, Entry.Traced> traced = new TreeMap<>();
    private final SortedMap<String, Finding> aggregates = new TreeMap<>();
    private final List<Entry.Resumed> resumed = new ArrayList<>();

    EvidenceReader(String file, Evidence.OnCase onCase) {
        this.file = file;
        this.onCase = onCase;
    }

    void accept(String text) {
        Entry entry = chain.read(text, file);
        long line = chain.length();
        require(line, end.isEmpty(), "no line after the end of the run", "another");
        require(line, begin.isPresent() != entry instanceof Entry.Begin, "one begin, on the first line", name(entry));
        if (entry instanceof Entry.Begin b) {
            begin = Optional.of(b);
        } else if (entry instanceof Entry.Described d) {
            boolean same = described.map(Entry.Described::sut).orElse(d.sut()).equals(d.sut());
            require(line, same, "the system under test described before", "another one");
            described = described.or(() -> Optional.of(d));
        } else if (entry instanceof Entry.CaseDone c) {
            require(line, described.isPresent(), "the system under test described before its first case", c.id());
            require(line, !cases.containsKey(c.id()), "each case once", c.id() + " again");
            require(line, systems.isEmpty(), "all cases before any is shown again", c.id());
            onCase.done(line, c);
            cases.put(c.id(), CaseRecord.of(line, c));
        } else if (entry instanceof Entry.Merged m) {
            require(line, described.isPresent() && cases.isEmpty(), "the parts before the first case", "a part");
            require(
                    line,
                    m.shard().index() == merged.size() + 1,
                    "the parts in their order",
                    m.shard().toString());
            merged.add(m);
        } else if (entry instanceof Entry.InShard s) {
            inShard(line, s);
        } else if (entry instanceof Entry.AgainOn a) {
            boolean same = systems.getOrDefault(a.purpose(), a).sut().equals(a.sut());
            require(line, same, "one system for a purpose", "another one");
            systems.putIfAbsent(a.purpose(), a);
        } else if (entry instanceof Entry.Again a) {
            again(line, a);
        } else if (entry instanceof Entry.Traced t) {
            traced(line, t);
        } else if (entry instanceof Entry.Aggregated a) {
            require(line, aggregates.put(a.id(), a.finding()) == null, "each aggregate once", a.id() + " again");
        } else if (entry instanceof Entry.Resumed r) {
            resumed.add(r);
        } else if (entry instanceof Entry.End e) {
            end = Optional.of(e);
        }
    }

    private void inShard(long line, Entry.InShard shown) {
        CaseRecord counting = cases.get(shown.id());
        boolean known = merged.stream().anyMatch(part -> part.shard().equals(shown.shard()));
        if (counting == null || !known) {
            throw InputException.at(file, line, "a case and a part that were named before", shown.id());
        }
        onCase.inShard(line, shown, counting);
        CaseRecord before = common.computeIfAbsent(shown.id(), id -> new TreeMap<>())
                .put(shown.shard().index(), counting.inShard(line, shown));
        require(line, before == null, "each common case once for a part", shown.id() + " again");
    }

    private void again(long line, Entry.Again again) {
        require(line, systems.containsKey(again.purpose()), "the system that it is shown again to", again.id());
        CaseRecord first = cases.get(again.id());
        if (first == null) {
            throw InputException.at(file, line, "a case that was shown before", again.id());
        }
        SortedMap<String, CaseRecord> done = repeated.computeIfAbsent(again.purpose(), p -> new TreeMap<>());
        require(
                line,
                !done.containsKey(again.id()),
                "each case once for a purpose",
                again.id() + " for " + again.purpose().word() + " again");
        onCase.again(line, again, first, Optional.ofNullable(systems.get(again.purpose())));
        done.put(again.id(), first.again(line, again));
    }

    private void traced(long line, Entry.Traced found) {
        boolean again = repeated.getOrDefault(Purpose.REPEAT, new TreeMap<>()).containsKey(found.id());
        require(line, again, "a case that was repeated before", found.id());
        onCase.traced(line, found);
        require(line, traced.put(found.id(), found) == null, "each death searched once", found.id() + " again");
    }

    Evidence finish() {
        return new Evidence(
                begin.orElseThrow(() -> InputException.of(file + ": empty", "a run writes at least its begin")),
                described.orElseThrow(() -> InputException.of(
                        file + ": no description of the system under test", "resume the run: it did not get far")),
                cases,
                new Shards(merged, common),
                new Repeated(systems, repeated, traced),
                aggregates,
                resumed,
                end,
                chain.head(),
                chain.length());
    }

    private void require(long line, boolean holds, String expected, String found) {
        if (!holds) {
            throw InputException.at(file, line, expected, found);
        }
    }

    private static String name(Entry entry) {
        return entry.getClass().getSimpleName();
    }
}
