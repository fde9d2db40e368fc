package org.aiis.report.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.report.rollup.Proofs;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.testing.Verdict;

/** Puts the page together. */
final class PageBuilder {
    private final Subject subject;
    private final Proofs proofs;
    private final WaiverRows waivers;
    private final RequirementRows rows;

    PageBuilder(Subject subject, Proofs proofs) {
        this.subject = subject;
        this.proofs = proofs;
        this.waivers = new WaiverRows(subject, proofs);
        this.rows = new RequirementRows(subject, proofs, waivers);
    }

    Page build() {
        Results results = subject.results();
        Facts facts = new Facts(subject);
        Causes causes = new Causes(results);
        Measures measures = new Measures(subject);
        int waived = waivers.waived();
        List<Page.Failures> failures = rows.failures();
        return new Page(
                results.sut().name() + " " + results.sut().version(),
                Mark.of(results.verdict()),
                results.line(),
                sentence(results, waived),
                results.status(),
                facts.scope(),
                Caveats.standing(subject),
                results.notCertifiable(),
                counts(results),
                Numbers.grouped(subject.evidence().cases().size()),
                results.classes().stream().map(this::classRow).toList(),
                causes.causes(),
                causes.looks(),
                causes.flaky(),
                causes.deaths(),
                causes.levels(),
                failures,
                failures.stream().mapToInt(f -> f.cases().size() + f.more()).sum(),
                Undecided.of(subject, proofs),
                rows.chapters(),
                results.requirements().size(),
                waivers.weighed(),
                waivers.idle(),
                waived,
                leftOut(results),
                results.outOfScope().size(),
                results.deviations().stream()
                        .map(d -> new Page.DeviationRow(d.cases(), d.reason(), d.effect(), d.deviating()))
                        .toList(),
                measures.totals(),
                measures.cases(),
                measures.notes(),
                facts.environment(),
                Caveats.commands(subject),
                Caveats.limits(subject));
    }

    private static String sentence(Results results, int waived) {
        long passing = results.classes().stream()
                .filter(c -> c.verdict() == Verdict.PASS)
                .count();
        return passing + " of " + results.classes().size() + " conformance classes pass. "
                + switch (results.verdict()) {
                    case PASS ->
                        "Every applicable shall has at least one executed case, and all of them pass"
                                + (waived == 0
                                        ? "."
                                        : ", but for " + waived
                                                + (waived == 1 ? " failing case that is" : " failing cases that are")
                                                + " waived.");
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

    private static List<Page.Left> leftOut(Results results) {
        SortedMap<String, List<String>> byReason = new TreeMap<>();
        results.outOfScope().forEach(o -> byReason.computeIfAbsent(o.reason(), r -> new ArrayList<>())
                .add(o.id()));
        return byReason.entrySet().stream()
                .map(e -> new Page.Left(e.getKey(), e.getValue()))
                .toList();
    }
}
