package org.aiis.report.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.bundle.LoadMeasure;
import org.aiis.report.rollup.Proofs;
import org.aiis.spec.conformity.Waiver;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;

/** Puts the page together. */
final class PageBuilder {
    /** Tallies of single cases printed; aggregates are all printed. */
    private static final int MOST_TALLIES = 60;

    private final Subject subject;
    private final Proofs proofs;
    private final RequirementRows rows;

    PageBuilder(Subject subject, Proofs proofs) {
        this.subject = subject;
        this.proofs = proofs;
        this.rows = new RequirementRows(subject, proofs);
    }

    Page build() {
        Results results = subject.results();
        Facts facts = new Facts(subject);
        List<Page.Failures> failures = rows.failures();
        return new Page(
                results.sut().name() + " " + results.sut().version(),
                Mark.of(results.verdict()),
                results.line(),
                sentence(results),
                results.status(),
                facts.scope(),
                Caveats.standing(subject),
                results.notCertifiable(),
                counts(results),
                Numbers.grouped(subject.evidence().cases().size()),
                results.classes().stream().map(this::classRow).toList(),
                failures,
                failures.stream().mapToInt(f -> f.cases().size() + f.more()).sum(),
                Undecided.of(subject, proofs),
                rows.chapters(),
                results.requirements().size(),
                results.waivers().stream().map(this::waiver).toList(),
                leftOut(results),
                results.outOfScope().size(),
                results.deviations().stream()
                        .map(d -> new Page.DeviationRow(d.cases(), d.reason(), d.effect(), d.deviating()))
                        .toList(),
                subject.evidence().cases().values().stream()
                        .flatMap(c -> c.measure().map(m -> load(c, m)).stream())
                        .toList(),
                tallies(),
                (int) Math.max(0, tallied() - MOST_TALLIES),
                facts.environment(),
                Caveats.commands(subject),
                Caveats.limits(subject));
    }

    private static String sentence(Results results) {
        long passing = results.classes().stream()
                .filter(c -> c.verdict() == Verdict.PASS)
                .count();
        return passing + " of " + results.classes().size() + " conformance classes pass. "
                + switch (results.verdict()) {
                    case PASS -> "Every applicable shall has at least one executed case, and all of them pass.";
                    case FAIL -> "At least one applicable shall is broken.";
                    case INCONCLUSIVE -> "At least one applicable shall could not be decided; that is not a pass.";
                    case ERROR -> "The suite itself failed: this is no verdict on the system under test.";
                    case NOT_APPLICABLE -> "Nothing applies.";
                };
    }

    private static List<Page.Count> counts(Results results) {
        long whole = results.counts().values().stream().mapToLong(n -> n).sum();
        long before = 0;
        List<Page.Count> counts = new ArrayList<>();
        for (Map.Entry<Verdict, Integer> count : results.counts().entrySet()) {
            counts.add(new Page.Count(
                    Mark.of(count.getKey()),
                    Numbers.grouped(count.getValue()),
                    Numbers.share(before, whole),
                    Numbers.share(count.getValue(), whole)));
            before += count.getValue();
        }
        return counts;
    }

    private Page.ClassRow classRow(Results.ClassResult result) {
        int passing = (int) subject.results().requirements().stream()
                .filter(r -> r.conformanceClass().equals(result.id()) && r.verdict() == Verdict.PASS)
                .count();
        return new Page.ClassRow(
                result.id(),
                result.title(),
                Mark.of(result.verdict()),
                passing,
                result.requirements(),
                result.cases(),
                result.waived());
    }

    private Page.WaiverRow waiver(Results.WaiverUse use) {
        Waiver waiver = subject.inputs().waivers().stream()
                .filter(w -> w.id().equals(use.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("results name an unknown waiver: " + use.id()));
        return new Page.WaiverRow(
                use.id(),
                use.requirement(),
                use.effect(),
                use.cases(),
                String.join(", ", waiver.cases()),
                waiver.product() + " " + waiver.fromVersion() + " to " + waiver.toVersion(),
                waiver.reason(),
                waiver.reproduction(),
                waiver.grantedBy(),
                waiver.granted(),
                waiver.expires());
    }

    private static List<Page.Left> leftOut(Results results) {
        SortedMap<String, List<String>> byReason = new TreeMap<>();
        results.outOfScope().forEach(o -> byReason.computeIfAbsent(o.reason(), r -> new ArrayList<>())
                .add(o.id()));
        return byReason.entrySet().stream()
                .map(e -> new Page.Left(e.getKey(), e.getValue()))
                .toList();
    }

    private static Page.LoadRow load(CaseRecord done, LoadMeasure m) {
        return new Page.LoadRow(
                done.id(),
                Mark.of(done.finding().verdict()),
                Numbers.grouped(m.queries()),
                Numbers.short4(m.throughput()),
                Numbers.duration(m.p50()),
                Numbers.duration(m.p90()),
                Numbers.duration(m.p99()),
                Numbers.duration(m.max()));
    }

    /** Single cases that carry tallies. */
    private long tallied() {
        return subject.evidence().cases().values().stream()
                .filter(c -> !c.finding().tallies().isEmpty())
                .count();
    }

    private List<Page.Tally> tallies() {
        List<Page.Tally> tallies = new ArrayList<>();
        subject.evidence().aggregates().forEach((id, finding) -> tally(id, finding)
                .ifPresent(tallies::add));
        subject.evidence().cases().values().stream()
                .flatMap(c -> tally(c.id(), c.finding()).stream())
                .limit(MOST_TALLIES)
                .forEach(tallies::add);
        return tallies;
    }

    private static Optional<Page.Tally> tally(String id, Finding finding) {
        if (finding.tallies().isEmpty()) {
            return Optional.empty();
        }
        List<Page.Fact> facts = finding.tallies().entrySet().stream()
                .map(t -> new Page.Fact(t.getKey(), Numbers.grouped(t.getValue())))
                .toList();
        return Optional.of(new Page.Tally(id, Mark.of(finding.verdict()), Numbers.cut(finding.message(), 300), facts));
    }
}
