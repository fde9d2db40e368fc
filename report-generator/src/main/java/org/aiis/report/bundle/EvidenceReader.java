package org.aiis.report.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.evidence.Chain;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.testing.Finding;

/** Takes events in their order: begin, described, cases, aggregates, end; nothing twice, nothing after the end. */
final class EvidenceReader {
    private final Chain chain = new Chain();
    private final String file;
    private final Evidence.OnCase onCase;
    private Optional<Entry.Begin> begin = Optional.empty();
    private Optional<Entry.Described> described = Optional.empty();
    private Optional<Entry.End> end = Optional.empty();
    private final SortedMap<String, CaseRecord> cases = new TreeMap<>();
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
            onCase.done(line, c);
            cases.put(c.id(), CaseRecord.of(line, c));
        } else if (entry instanceof Entry.Aggregated a) {
            require(line, aggregates.put(a.id(), a.finding()) == null, "each aggregate once", a.id() + " again");
        } else if (entry instanceof Entry.Resumed r) {
            resumed.add(r);
        } else if (entry instanceof Entry.End e) {
            end = Optional.of(e);
        }
    }

    Evidence finish() {
        return new Evidence(
                begin.orElseThrow(() -> InputException.of(file + ": empty", "a run writes at least its begin")),
                described.orElseThrow(() -> InputException.of(
                        file + ": no description of the system under test", "resume the run: it did not get far")),
                cases,
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
