package org.aiis.report.verify;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Folder;
import org.aiis.report.bundle.Inputs;
import org.aiis.report.bundle.Layout;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Manifest;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Repeats;
import org.aiis.spec.port.Rejudge;
import org.aiis.spec.testing.Finding;

/** Evidence against the manifest and the inputs, then each observation judged again: written verdicts are not believed. */
final class EvidenceCheck implements Evidence.OnCase {
    private final Inputs inputs;
    private final Rejudge rejudge;
    private final Complaints complaints;
    private final LongConsumer progress;
    private long judged;

    EvidenceCheck(Inputs inputs, Rejudge rejudge, Complaints complaints, LongConsumer progress) {
        this.inputs = inputs;
        this.rejudge = rejudge;
        this.complaints = complaints;
        this.progress = progress;
    }

    /** That evidence, manifest and inputs belong together. */
    static void belongs(Folder folder, Manifest manifest, Evidence evidence, Complaints complaints) {
        Entry.Begin begin = evidence.begin();
        complaints.require(
                manifest.chainHead().equals(evidence.head()),
                Layout.EVIDENCE,
                "its last line is not the one that the manifest seals");
        complaints.require(
                manifest.suite().equals(begin.suite()),
                Layout.MANIFEST,
                "names another suite version than the evidence");
        SortedMap<String, String> expected = new TreeMap<>(manifest.digests());
        expected.put("profile", folder.sha256(Layout.PROFILE));
        expected.put("ics", folder.sha256(Layout.ICS));
        expected.put("waivers", folder.sha256(Layout.WAIVERS));
        complaints.require(
                folder.has(Layout.QUALIFICATION) == begin.digests().containsKey(Layout.FIGURES),
                Layout.QUALIFICATION,
                "a run that begins with figures of the suite has this file, and no other has");
        if (folder.has(Layout.QUALIFICATION)) {
            expected.put(Layout.FIGURES, folder.sha256(Layout.QUALIFICATION));
        }
        expected.forEach((name, digest) -> complaints.require(
                digest.equals(begin.digests().get(name)),
                fileOf(name),
                "its digest is not the one the run began with: " + name));
    }

    private static String fileOf(String name) {
        return switch (name) {
            case "profile" -> Layout.PROFILE;
            case "ics" -> Layout.ICS;
            case "waivers" -> Layout.WAIVERS;
            case Layout.FIGURES -> Layout.QUALIFICATION;
            default -> Layout.MANIFEST;
        };
    }

    /** Judges a case again. */
    @Override
    public void done(long line, Entry.CaseDone recorded) {
        String place = Layout.EVIDENCE + ":" + line;
        complaints.attempt(place, () -> {
            String stimulus = rejudge.stimulusDigest(recorded.id()).orElse("");
            if (stimulus.isEmpty()) {
                complaints.add(place, "no such case: " + recorded.id());
                return;
            }
            shown(place, recorded.id(), recorded.stimulus(), stimulus);
            Finding again = rejudge.judge(recorded.id(), recorded.observation(), inputs.profile(), inputs.ics());
            differs(place, recorded.id(), recorded.finding(), again);
        });
        progress.accept(++judged);
    }

    /** Judges a case that was shown again, by the terms of the system that it was shown to. */
    @Override
    public void again(long line, Entry.Again recorded, CaseRecord first, Optional<Entry.AgainOn> system) {
        String place = Layout.EVIDENCE + ":" + line;
        complaints.attempt(place, () -> {
            shown(place, recorded.id(), recorded.stimulus(), first.stimulus());
            Ics ics = system.flatMap(Entry.AgainOn::sut)
                    .map(sut -> inputs.ics().on(sut.provider()))
                    .orElse(inputs.ics());
            Finding again = recorded.observation()
                    .map(o -> rejudge.judge(recorded.id(), o, inputs.profile(), ics))
                    .orElse(first.finding());
            differs(place, recorded.id() + ", shown again", recorded.finding(), again);
        });
        progress.accept(++judged);
    }

    /** Judges what was seen where a process died again behind other cases. */
    @Override
    public void traced(long line, Entry.Traced recorded) {
        String place = Layout.EVIDENCE + ":" + line;
        complaints.attempt(place, () -> recorded.observation()
                .ifPresent(seen -> complaints.require(
                        Repeats.isDeath(rejudge.judge(
                                recorded.at().orElse(recorded.id()), seen, inputs.profile(), inputs.ics())),
                        place,
                        recorded.id() + ": what was seen behind other cases is no death")));
    }

    /** Judges a common case of a part. */
    @Override
    public void inShard(long line, Entry.InShard recorded, CaseRecord counting) {
        String place = Layout.EVIDENCE + ":" + line;
        complaints.attempt(place, () -> {
            shown(place, recorded.id(), recorded.stimulus(), counting.stimulus());
            Finding again = recorded.observation()
                    .map(o -> rejudge.judge(recorded.id(), o, inputs.profile(), inputs.ics()))
                    .orElse(counting.finding());
            differs(place, recorded.id() + ", in part " + recorded.shard(), recorded.finding(), again);
        });
    }

    private void shown(String place, String id, String recorded, String stimulus) {
        complaints.require(stimulus.equals(recorded), place, id + ": shown another stimulus than this");
    }

    /** That every selected case is there, no other, and that the aggregates follow from the findings. */
    void whole(Evidence evidence) {
        Entry.Begin begin = evidence.begin();
        List<String> selection =
                begin.driven(rejudge.selection(inputs.profile(), inputs.ics(), begin.grade(), begin.select()));
        Set<String> selected = new HashSet<>(selection);
        complaints.require(
                begin.cases() == selected.size(),
                Layout.EVIDENCE + ":1",
                "begins with " + begin.cases() + " cases, this selection has " + selected.size());
        for (String id : evidence.cases().keySet()) {
            complaints.require(selected.contains(id), Layout.EVIDENCE, "case not selected by this run: " + id);
        }
        if (evidence.end().isEmpty()) {
            return;
        }
        for (String id : selected) {
            complaints.require(evidence.cases().containsKey(id), Layout.EVIDENCE, "selected case is missing: " + id);
        }
        complaints.require(
                evidence.end().get().cases() == evidence.cases().size(),
                Layout.EVIDENCE,
                "ends with " + evidence.end().get().cases() + " cases and holds "
                        + evidence.cases().size());
        new ShardCheck(evidence, complaints).check(selection);
        repeats(evidence);
        new DeathCheck(evidence, complaints).check();
        aggregates(evidence);
    }

    /** That what the run had to show again is there, and nothing else: no repeat is left out for what it showed. */
    private void repeats(Evidence evidence) {
        Repeats repeats = evidence.begin().repeats();
        for (Purpose purpose : Purpose.values()) {
            boolean asked = repeats.asks(purpose);
            Optional<Sut> system = evidence.repeated().system(purpose).flatMap(Entry.AgainOn::sut);
            Set<String> recorded = evidence.repeated().of(purpose).keySet();
            boolean same = system.equals(Optional.of(evidence.described().sut()));
            boolean own = purpose == Purpose.CORE && same;
            complaints.require(
                    purpose != Purpose.REPEAT
                            || evidence.repeated().system(purpose).isEmpty()
                            || same,
                    Layout.EVIDENCE,
                    "cases are repeated on another system than the one under test");
            Set<String> expected = system.isEmpty() || own
                    ? Set.of()
                    : repeats.select(purpose, evidence.begin().seed(), evidence.findings());
            complaints.require(
                    expected.isEmpty() || asked,
                    Layout.EVIDENCE,
                    "cases are shown again for " + purpose.word() + ", which the run did not set out to do");
            complaints.require(
                    !asked || evidence.repeated().system(purpose).isPresent() || nothingToShow(evidence, purpose),
                    Layout.EVIDENCE,
                    "the run set out to show cases again for " + purpose.word() + ", and did not");
            expected.stream()
                    .filter(id -> !recorded.contains(id))
                    .forEach(id -> complaints.add(
                            Layout.EVIDENCE,
                            id + ": not shown again for " + purpose.word() + ", as the run set out to"));
            recorded.stream()
                    .filter(id -> !expected.contains(id))
                    .forEach(id -> complaints.add(
                            Layout.EVIDENCE,
                            id + ": shown again for " + purpose.word() + ", which the run did not set out to"));
        }
    }

    private static boolean nothingToShow(Evidence evidence, Purpose purpose) {
        return evidence.begin()
                .repeats()
                .select(purpose, evidence.begin().seed(), evidence.findings())
                .isEmpty();
    }

    private void aggregates(Evidence evidence) {
        SortedMap<String, Finding> again = new TreeMap<>(rejudge.aggregate(
                evidence.findings(),
                evidence.begin(),
                inputs.profile(),
                inputs.ics(),
                evidence.described().sut()));
        Set<String> ids = new java.util.TreeSet<>(again.keySet());
        ids.addAll(evidence.aggregates().keySet());
        for (String id : ids) {
            Finding recorded = evidence.aggregates().get(id);
            Finding computed = again.get(id);
            if (recorded == null || computed == null) {
                complaints.add(Layout.EVIDENCE, "aggregate " + id + (recorded == null ? " is missing" : " is unknown"));
            } else {
                differs(Layout.EVIDENCE, "aggregate " + id, recorded, computed);
            }
        }
    }

    private void differs(String place, String id, Finding recorded, Finding again) {
        if (recorded.verdict() != again.verdict()) {
            complaints.add(place, id + ": recorded " + recorded.verdict() + ", judged again " + again.verdict());
        } else {
            complaints.require(
                    recorded.equals(again), place, id + ": recorded finding is not what the judge says again");
        }
    }
}
