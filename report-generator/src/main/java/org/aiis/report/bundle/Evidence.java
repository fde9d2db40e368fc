package org.aiis.report.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.testing.Finding;

/**
 * Evidence without its tensors, cases sorted by id.
 *
 * @param shards the parts that it was merged from
 * @param repeated what was shown again after the main pass
 * @param aggregates findings over all cases, by id
 * @param end when all selected cases were in; empty for a run that was interrupted
 * @param head digest of the last line
 */
public record Evidence(
        Entry.Begin begin,
        Entry.Described described,
        SortedMap<String, CaseRecord> cases,
        Shards shards,
        Repeated repeated,
        SortedMap<String, Finding> aggregates,
        List<Entry.Resumed> resumed,
        Optional<Entry.End> end,
        String head,
        long lines) {
    public Evidence {
        cases = Collections.unmodifiableSortedMap(new TreeMap<>(cases));
        aggregates = Collections.unmodifiableSortedMap(new TreeMap<>(aggregates));
        resumed = List.copyOf(resumed);
    }

    /** Sees each case while its observation is at hand. */
    @FunctionalInterface
    public interface OnCase {
        void done(long line, Entry.CaseDone done);

        /** Sees a common case of a part, beside the one that counts. */
        default void inShard(long line, Entry.InShard shown, CaseRecord counting) {}

        /** Sees a case shown again, beside what the evidence says of the first time. */
        default void again(long line, Entry.Again again, CaseRecord first, Optional<Entry.AgainOn> system) {}

        /** Sees what a search for the cause of a death came to. */
        default void traced(long line, Entry.Traced traced) {}
    }

    /** Reads evidence.jsonl line by line, checking the chain and the order of events. */
    public static Evidence read(Folder folder, OnCase onCase) {
        try (InputStream in = folder.open(Layout.EVIDENCE)) {
            EvidenceReader reader = new EvidenceReader(Layout.EVIDENCE, onCase);
            Lines lines = new Lines(in, Layout.EVIDENCE);
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                reader.accept(line.get());
            }
            return reader.finish();
        } catch (IOException e) {
            throw InputException.because(Layout.EVIDENCE + ": cannot be read", e);
        }
    }

    /** The day the run began, or the last of its parts, UTC: waivers are weighed on it. */
    public LocalDate day() {
        return Stream.concat(Stream.of(begin.at()), shards.merged().stream().map(Entry.Merged::began))
                .map(Evidence::day)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static LocalDate day(String at) {
        try {
            return OffsetDateTime.parse(at)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDate();
        } catch (DateTimeParseException e) {
            throw InputException.because(Layout.EVIDENCE + ": time of a begin", e);
        }
    }

    /** Findings by case id. */
    public SortedMap<String, Finding> findings() {
        SortedMap<String, Finding> findings = new TreeMap<>();
        cases.forEach((id, done) -> findings.put(id, done.finding()));
        return findings;
    }
}
