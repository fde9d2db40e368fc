package org.aiis.report.rollup;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.aiis.spec.conformity.Waiver;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Verdict;

/** The waivers of a run, weighed on the day it began. */
final class WaiverBook {
    private final List<Waiver> waivers;
    private final Entry.Described described;
    private final LocalDate day;
    private final Set<OperatorType> required;

    /** @param required pairs that are mandatory or claimed */
    WaiverBook(List<Waiver> waivers, Entry.Described described, LocalDate day, Set<OperatorType> required) {
        this.waivers = waivers;
        this.described = described;
        this.day = day;
        this.required = required;
    }

    /** Verdict of a requirement's findings under the waivers. */
    Verdict weigh(String requirement, SortedMap<String, Finding> findings) {
        Verdict verdict = Verdict.NOT_APPLICABLE;
        for (Map.Entry<String, Finding> finding : findings.entrySet()) {
            Verdict own = finding.getValue().verdict();
            boolean fails = own == Verdict.FAIL;
            if (fails && covered(requirement, finding.getKey(), false)) {
                own = Verdict.PASS;
            } else if (fails && covered(requirement, finding.getKey(), true)) {
                own = Verdict.INCONCLUSIVE;
            } else if (own == Verdict.PASS && inDoubt(requirement, finding.getKey())) {
                own = Verdict.INCONCLUSIVE;
            }
            verdict = verdict.worse(own);
        }
        return verdict;
    }

    /** Failing cases that a waiver in force covers. */
    List<String> waived(String requirement, SortedMap<String, Finding> findings) {
        return findings.entrySet().stream()
                .filter(f -> f.getValue().verdict() == Verdict.FAIL && covered(requirement, f.getKey(), false))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether a case that passes contradicts a waiver. */
    private boolean inDoubt(String requirement, String caseId) {
        return waivers.stream().anyMatch(w -> inForce(w, requirement) && w.covers(caseId, required) && !w.mayPass());
    }

    private boolean covered(String requirement, String caseId, boolean expired) {
        return waivers.stream()
                .anyMatch(w -> inForce(w, requirement) && w.covers(caseId, required) && w.expired(day) == expired);
    }

    /** Whether a case fails now so, now otherwise, as a waiver of this run says. */
    boolean unsteady(String caseId) {
        return waivers.stream().anyMatch(w -> w.mayPass() && inForce(w, w.requirement()) && w.covers(caseId, required));
    }

    private boolean inForce(Waiver waiver, String requirement) {
        return waiver.requirement().equals(requirement) && applies(waiver) && granted(waiver);
    }

    private boolean applies(Waiver waiver) {
        return waiver.appliesTo(described.sut(), described.environment());
    }

    private boolean granted(Waiver waiver) {
        return !day.isBefore(LocalDate.parse(waiver.granted()));
    }

    /** What each waiver did. */
    List<Results.WaiverUse> uses(Proofs proofs) {
        return waivers.stream()
                .map(w -> use(w, proofs.executed(w.requirement())))
                .toList();
    }

    private Results.WaiverUse use(Waiver waiver, SortedMap<String, Finding> findings) {
        List<Verdict> covered = findings.entrySet().stream()
                .filter(f -> waiver.covers(f.getKey(), required))
                .map(f -> f.getValue().verdict())
                .toList();
        int failing = (int) covered.stream().filter(v -> v == Verdict.FAIL).count();
        return new Results.WaiverUse(waiver.id(), waiver.requirement(), effect(waiver, covered), failing);
    }

    private String effect(Waiver waiver, List<Verdict> covered) {
        if (!applies(waiver)) {
            return "for another product, version or processor";
        } else if (!granted(waiver)) {
            return "not yet granted on the day of the run";
        } else if (covered.isEmpty()) {
            return "covers no case of this run";
        } else if (waiver.expired(day)) {
            return "expired";
        }
        if (covered.contains(Verdict.PASS) && !waiver.mayPass()) {
            return "its case passes";
        }
        return covered.contains(Verdict.FAIL) ? "used" : "unused";
    }
}
