package org.aiis.conformance.run;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.aiis.report.Reports;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Inputs;
import org.aiis.report.bundle.Layout;
import org.aiis.report.verify.Verification;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.evidence.Shard;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Trace;

/**
 * One bundle of the parts of a session. Each case is taken as its part has it; of a case that is common to all parts the worst
 * finding counts, and what the others made of it stands beside it. Aggregates are judged over all.
 */
public final class Merging {
    private final Suite suite;
    private final Rejudging rejudging;
    private final List<Part> parts;
    private final Set<String> common;
    private final Map<String, Part> counting = new HashMap<>();
    private final SortedMap<String, Finding> findings = new TreeMap<>();

    private Merging(Suite suite, Rejudging rejudging, List<Part> parts) {
        this.suite = suite;
        this.rejudging = rejudging;
        this.parts = parts;
        Inputs inputs = parts.get(0).bundle().inputs();
        Entry.Begin begin = parts.get(0).begin();
        List<String> whole = rejudging.selection(inputs.profile(), inputs.ics(), begin.grade(), begin.select());
        this.common = Shard.common(whole);
        parts.forEach(part -> part.keep(common));
        for (String id : whole) {
            Part part = common.contains(id) ? worst(id) : parts.get(Shard.home(id, parts.size()) - 1);
            CaseRecord done = part.evidence().cases().get(id);
            if (done == null) {
                throw InputException.of(part.path() + ": part " + part.shard() + " lacks case " + id, "run it again");
            }
            counting.put(id, part);
            findings.put(id, done.finding());
        }
    }

    /**
     * Merges bundles into a new folder.
     *
     * @throws InputException when one does not verify, or they are not all parts of one session
     */
    public static Results merge(Suite suite, List<Path> bundles, Path folder, Progress progress) {
        Rejudging rejudging = new Rejudging(suite);
        Reports reports = new Reports(suite.standard(), rejudging);
        for (Path bundle : bundles) {
            progress.stage("verifying " + bundle.getFileName(), 0);
            Verification verification = reports.verify(bundle, done -> progress.tick());
            if (verification.status() != Verification.Status.INTACT_UNKNOWN_ORIGIN) {
                throw InputException.of(bundle + ": " + verification.line(), "only intact bundles are merged");
            }
        }
        List<Part> parts = bundles.stream()
                .map(Part::open)
                .sorted(Comparator.comparingInt((Part part) -> part.shard().index()))
                .toList();
        OneSession.require(parts);
        progress.stage("merging", 0);
        new Merging(suite, rejudging, parts).write(folder);
        progress.stage("rendering", 0);
        return reports.write(folder);
    }

    /** The home of a case counts, unless another part has a worse finding. */
    private Part worst(String id) {
        Part worst = parts.get(Shard.home(id, parts.size()) - 1);
        for (Part part : parts) {
            if (part.common(id)
                            .finding()
                            .verdict()
                            .compareTo(worst.common(id).finding().verdict())
                    > 0) {
                worst = part;
            }
        }
        return worst;
    }

    private void write(Path folder) {
        Run.checkFolder(folder);
        Part first = parts.get(0);
        Inputs inputs = first.bundle().inputs();
        SortedMap<String, String> digests = new TreeMap<>(suite.digests());
        digests.putAll(inputs.write(folder));
        Sut sut = first.evidence().described().sut();
        Entry.Begin begin = new Entry.Begin(
                first.begin().suite(),
                digests,
                first.begin().profile(),
                first.begin().grade(),
                first.begin().select(),
                first.begin().seed(),
                findings.size(),
                first.begin().repeats(),
                Optional.empty(),
                parts.stream()
                        .map(part -> part.begin().at())
                        .min(Comparator.naturalOrder())
                        .orElseThrow());
        try (EvidenceLog log = EvidenceLog.create(folder.resolve(Layout.EVIDENCE))) {
            log.append(begin);
            log.append(new Entry.Described(sut, first.evidence().described().environment()));
            parts.forEach(part -> log.append(part.named()));
            parts.forEach(part -> part.evidence().resumed().forEach(log::append));
            parts.forEach(part -> part.read((line, done) -> cases(part, done, log)));
            Repeats.of(parts, counting, begin, findings).write(log);
            rejudging
                    .aggregate(findings, begin, inputs.profile(), inputs.ics(), sut)
                    .forEach((id, finding) -> log.append(new Entry.Aggregated(id, finding)));
            log.append(new Entry.End(
                    findings.size(),
                    parts.stream()
                            .map(part -> part.evidence().end().orElseThrow().at())
                            .max(Comparator.naturalOrder())
                            .orElseThrow()));
        }
    }

    private void cases(Part part, Entry.CaseDone done, EvidenceLog log) {
        if (part.equals(counting.get(done.id()))) {
            log.append(done.unseated()); // Processes are numbered in each part anew.
            if (common.contains(done.id())) {
                Trace trace = Trace.of(done.observation());
                parts.forEach(other -> log.append(inShard(other, trace, done)));
            }
        }
    }

    /** What another part made of a case, where it is not the same in all. */
    private static Entry.InShard inShard(Part part, Trace trace, Entry.CaseDone counting) {
        Entry.CaseDone there = part.common(counting.id());
        boolean same = there.finding().equals(counting.finding())
                && Trace.of(there.observation()).equals(trace);
        return new Entry.InShard(
                there.id(),
                part.shard(),
                there.stimulus(),
                same ? Optional.empty() : Optional.of(there.observation()),
                there.finding(),
                there.micros());
    }

    /** What the parts showed again, as far as the whole would have. */
    private record Repeats(Map<Purpose, Entry.AgainOn> systems, List<Entry> shown) {
        static Repeats of(
                List<Part> parts, Map<String, Part> counting, Entry.Begin begin, SortedMap<String, Finding> findings) {
            Map<Purpose, Entry.AgainOn> systems = new EnumMap<>(Purpose.class);
            Map<Purpose, SortedSet<String>> asked = new EnumMap<>(Purpose.class);
            for (Purpose purpose : Purpose.values()) {
                asked.put(purpose, begin.repeats().select(purpose, begin.seed(), findings));
                parts.forEach(part -> part.evidence().repeated().system(purpose).ifPresent(on -> {
                    Entry.AgainOn before = systems.getOrDefault(purpose, on);
                    boolean differs = before.sut().isPresent()
                            && on.sut().isPresent()
                            && !before.sut().equals(on.sut());
                    if (differs) {
                        throw InputException.of(
                                part.path() + ": cases were shown again (" + purpose.word()
                                        + ") to another system than in the other parts",
                                "only parts of one session are merged");
                    }
                    systems.put(purpose, before.sut().isEmpty() ? before : on);
                }));
            }
            List<Entry> shown = new java.util.ArrayList<>();
            parts.forEach(part -> part.read(new Evidence.OnCase() {
                @Override
                public void done(long line, Entry.CaseDone done) {}

                @Override
                public void again(long line, Entry.Again again, CaseRecord first, Optional<Entry.AgainOn> system) {
                    boolean started = Optional.ofNullable(systems.get(again.purpose()))
                            .flatMap(Entry.AgainOn::sut)
                            .isPresent();
                    SortedSet<String> ids = asked.get(again.purpose());
                    if (started && part.equals(counting.get(again.id())) && ids != null && ids.contains(again.id())) {
                        shown.add(again);
                    }
                }

                @Override
                public void traced(long line, Entry.Traced traced) {
                    SortedSet<String> ids = asked.get(Purpose.REPEAT);
                    if (part.equals(counting.get(traced.id())) && ids != null && ids.contains(traced.id())) {
                        shown.add(traced);
                    }
                }
            }));
            return new Repeats(systems, shown);
        }

        void write(EvidenceLog log) {
            systems.values().forEach(log::append);
            shown.forEach(log::append);
        }
    }
}
