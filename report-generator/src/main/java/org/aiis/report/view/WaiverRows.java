package org.aiis.report.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.rollup.Proofs;
import org.aiis.spec.conformity.Waiver;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;

/** Waivers with the failing cases they cover; those granted for one reason stand together. */
final class WaiverRows {
    /** What a reader has to weigh; any other effect is that the waiver did nothing here. */
    private static final Set<String> WEIGHED = Set.of("used", "expired", "its case passes");

    private static final int LONGEST_MESSAGE = 600;

    private final Subject subject;
    private final Proofs proofs;

    WaiverRows(Subject subject, Proofs proofs) {
        this.subject = subject;
        this.proofs = proofs;
    }

    private record Why(
            String effect,
            String reason,
            String reproduction,
            String by,
            String granted,
            String expires,
            String versions) {}

    List<Page.WaiverRow> weighed() {
        Map<Why, List<Waiver>> together = new LinkedHashMap<>();
        for (Results.WaiverUse use : subject.results().waivers()) {
            if (WEIGHED.contains(use.effect())) {
                Waiver waiver = waiver(use);
                together.computeIfAbsent(why(use, waiver), w -> new ArrayList<>())
                        .add(waiver);
            }
        }
        return together.entrySet().stream()
                .map(e -> row(e.getKey(), e.getValue()))
                .toList();
    }

    List<Page.IdleWaiver> idle() {
        return subject.results().waivers().stream()
                .filter(u -> !WEIGHED.contains(u.effect()))
                .map(u -> new Page.IdleWaiver(
                        u.id(), u.requirement(), u.effect(), waiver(u).expires()))
                .toList();
    }

    /** Failing cases that a waiver in force covers, each once. */
    int waived() {
        Set<String> cases = new TreeSet<>();
        for (Results.RequirementResult result : subject.results().requirements()) {
            if (result.waived() > 0) {
                result.failing().stream().filter(id -> waived(result.id(), id)).forEach(cases::add);
            }
        }
        return cases.size();
    }

    boolean waived(String requirement, String id) {
        Finding finding = proofs.executed(requirement).get(id);
        return finding != null
                && finding.verdict() == Verdict.FAIL
                && subject.inputs().waivers().stream()
                        .anyMatch(w -> w.requirement().equals(requirement)
                                && w.covers(id, subject.inputs().required())
                                && inForce(w));
    }

    private boolean inForce(Waiver waiver) {
        String day = subject.evidence().day().toString();
        return waiver.appliesTo(
                        subject.results().sut(), subject.evidence().described().environment())
                && waiver.granted().compareTo(day) <= 0
                && waiver.expires().compareTo(day) >= 0;
    }

    private Waiver waiver(Results.WaiverUse use) {
        return subject.inputs().waivers().stream()
                .filter(w -> w.id().equals(use.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("results name an unknown waiver: " + use.id()));
    }

    private static Why why(Results.WaiverUse use, Waiver w) {
        return new Why(
                use.effect(),
                w.reason(),
                w.reproduction(),
                w.grantedBy(),
                w.granted(),
                w.expires(),
                w.product() + " " + w.fromVersion()
                        + (w.fromVersion().equals(w.toVersion()) ? "" : " to " + w.toVersion())
                        + w.processor().map(WaiverRows::processor).orElse(""));
    }

    private static String processor(Waiver.Processor processor) {
        String with = String.join(", ", processor.with());
        String without = String.join(", ", processor.without());
        return " on processors"
                + (with.isEmpty() ? "" : " with " + with)
                + (with.isEmpty() || without.isEmpty() ? "" : " and")
                + (without.isEmpty() ? "" : " without " + without);
    }

    private Page.WaiverRow row(Why why, List<Waiver> waivers) {
        return new Page.WaiverRow(
                waivers.stream().map(Waiver::id).toList(),
                why.effect(),
                why.reason(),
                why.reproduction(),
                why.by(),
                why.granted(),
                why.expires(),
                why.versions(),
                waivers.stream().flatMap(w -> cases(w).stream()).toList());
    }

    private List<Page.WaivedCase> cases(Waiver waiver) {
        SortedMap<String, Finding> findings = proofs.executed(waiver.requirement());
        return findings.entrySet().stream()
                .filter(f -> waiver.covers(f.getKey(), subject.inputs().required()))
                .map(f -> waivedCase(waiver.requirement(), f.getKey(), f.getValue()))
                .toList();
    }

    private Page.WaivedCase waivedCase(String requirement, String id, Finding finding) {
        CaseRecord done = subject.evidence().cases().get(id);
        return new Page.WaivedCase(
                id,
                requirement,
                Mark.of(finding.verdict()),
                Numbers.cut(Numbers.without(id, finding.message()), LONGEST_MESSAGE),
                finding.worst().map(w -> Numbers.short4(w) + " × the limit"),
                done == null ? 0 : done.line());
    }
}
