package org.aiis.report.rollup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Inputs;
import org.aiis.report.groups.Deaths;
import org.aiis.report.groups.Groups;
import org.aiis.report.groups.SecondLooks;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Glob;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.port.Rejudge;
import org.aiis.spec.standard.ConformanceClass;
import org.aiis.spec.standard.Level;
import org.aiis.spec.standard.Requirement;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Verdict;

/** Adds findings up: cases to requirements, requirements to classes, classes to the verdict. */
public final class Rollup {
    private final Standard standard;
    private final Inputs inputs;
    private final Evidence evidence;
    private final Rejudge rejudge;
    private final Proofs proofs;
    private final Scope scope;
    private final WaiverBook waivers;
    private final List<Results.RequirementResult> requirements = new ArrayList<>();
    private final List<Results.OutOfScope> outOfScope = new ArrayList<>();
    private final Set<String> waivedCases = new TreeSet<>();

    private Rollup(Standard standard, Inputs inputs, Evidence evidence, Rejudge rejudge) {
        this.standard = standard;
        this.inputs = inputs;
        this.evidence = evidence;
        this.rejudge = rejudge;
        this.proofs = Proofs.of(standard, inputs, evidence, rejudge);
        this.scope = new Scope(inputs, narrowed(), proofs);
        this.waivers = new WaiverBook(inputs.waivers(), evidence.described(), evidence.day(), inputs.required());
    }

    /**
     * Results of a run.
     *
     * @throws InputException when the evidence holds a case that the run did not select
     */
    public static Results of(Standard standard, Inputs inputs, Evidence evidence, Rejudge rejudge) {
        return new Rollup(standard, inputs, evidence, rejudge).results();
    }

    private Results results() {
        if (!proofs.extra().isEmpty()) {
            throw InputException.of(
                    "evidence.jsonl: case " + proofs.extra().iterator().next() + " was not selected by this run",
                    "profile, ICS and selection are those of another run, or a case was slipped in");
        }
        List<Results.ClassResult> classes = inputs.profile().classes().stream()
                .map(standard::conformanceClass)
                .map(this::conformanceClass)
                .filter(c -> !narrowed() || c.requirements() > 0)
                .toList();
        Verdict verdict =
                classes.stream().map(Results.ClassResult::verdict).reduce(Verdict.NOT_APPLICABLE, Verdict::worse);
        if (classes.isEmpty() || !complete()) {
            verdict = verdict.worse(Verdict.INCONCLUSIVE);
        }
        if (anyError()) {
            verdict = Verdict.ERROR;
        }
        SecondLooks looks = new SecondLooks(inputs, evidence, rejudge);
        return new Results(
                evidence.begin().suite(),
                Standard.STATUS,
                new Results.ProfileRef(
                        inputs.profile().profile(), inputs.profile().version()),
                evidence.begin().grade(),
                sut(),
                verdict,
                line(verdict),
                counts(),
                classes,
                requirements,
                outOfScope,
                waivers.uses(proofs),
                inputs.ics().knownDeviations().stream().map(this::deviation).toList(),
                Groups.of(evidence, rejudge, waivedCases, waivers::unsteady),
                looks.repeats(),
                looks.flaky(),
                Deaths.of(evidence),
                looks.levels(),
                Certifiable.reasonsAgainst(verdict, evidence, inputs.profile(), proofs.missing(), complete()));
    }

    private Results.ClassResult conformanceClass(ConformanceClass c) {
        List<Results.RequirementResult> own = new ArrayList<>();
        for (Requirement requirement : c.requirements()) {
            scope.outOf(requirement)
                    .ifPresentOrElse(
                            reason -> outOfScope.add(
                                    new Results.OutOfScope(requirement.id(), requirement.level(), reason)),
                            () -> own.add(requirement(requirement)));
        }
        requirements.addAll(own);
        Verdict verdict = own.stream()
                .filter(r -> r.level() == Level.SHALL || r.verdict() == Verdict.ERROR)
                .map(Results.RequirementResult::verdict)
                .reduce(Verdict::worse)
                .orElse(Verdict.INCONCLUSIVE);
        Set<String> cases = new TreeSet<>();
        own.forEach(r -> cases.addAll(proofs.executed(r.id()).keySet()));
        int waived = own.stream().mapToInt(Results.RequirementResult::waived).sum();
        return new Results.ClassResult(c.id(), c.title(), verdict, own.size(), cases.size(), waived);
    }

    private Results.RequirementResult requirement(Requirement requirement) {
        SortedMap<String, Finding> findings = proofs.executed(requirement.id());
        List<String> waived = waivers.waived(requirement.id(), findings);
        waivedCases.addAll(waived);
        Verdict verdict = findings.isEmpty() ? Verdict.INCONCLUSIVE : waivers.weigh(requirement.id(), findings);
        if (scope.notApplicable(requirement) && verdict != Verdict.ERROR) {
            verdict = Verdict.NOT_APPLICABLE;
        }
        List<String> failing = findings.entrySet().stream()
                .filter(f -> f.getValue().verdict() != Verdict.PASS)
                .map(Map.Entry::getKey)
                .toList();
        return new Results.RequirementResult(
                requirement.id(),
                requirement.level(),
                requirement.conformanceClass(),
                verdict,
                findings.size(),
                waived.size(),
                failing);
    }

    private Results.DeviationUse deviation(Ics.Deviation deviation) {
        List<Verdict> covered = evidence.cases().values().stream()
                .filter(c -> Glob.matches(deviation.cases(), c.id()))
                .map(c -> c.finding().verdict())
                .toList();
        int deviating = (int) covered.stream().filter(v -> v == Verdict.FAIL).count();
        String effect = covered.isEmpty()
                ? "matches no case of this run"
                : deviating == 0 ? "does not deviate" : deviating < covered.size() ? "deviates in part" : "deviates";
        return new Results.DeviationUse(deviation.cases(), deviation.reason(), effect, deviating);
    }

    /** {@code PASS · 212 of 640 operator × type pairs claimed (180 mandatory) · 3 waived}. */
    private String line(Verdict verdict) {
        Set<OperatorType> all = new TreeSet<>();
        standard.operators().values().forEach(row -> row.types()
                .forEach(t -> all.add(new OperatorType(row.operator(), t))));
        Set<OperatorType> claimed = new TreeSet<>(inputs.required());
        claimed.retainAll(all);
        return verdict + " · " + claimed.size() + " of " + all.size() + " operator × type pairs claimed ("
                + inputs.profile().mandatory().size() + " mandatory) · " + waivedCases.size() + " waived"
                + evidence.begin().shard().map(part -> " · part " + part).orElse("");
    }

    private SortedMap<Verdict, Integer> counts() {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (CaseRecord done : evidence.cases().values()) {
            counts.merge(done.finding().verdict(), 1, Integer::sum);
        }
        return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    private boolean anyError() {
        Collection<Finding> all = new ArrayList<>(evidence.findings().values());
        all.addAll(evidence.aggregates().values());
        return all.stream().anyMatch(f -> f.verdict() == Verdict.ERROR);
    }

    private boolean complete() {
        return evidence.end().isPresent() && proofs.missing().isEmpty();
    }

    private boolean narrowed() {
        return evidence.begin().narrowed();
    }

    private Sut sut() {
        return evidence.described().sut();
    }
}
