package org.aiis.report.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.aiis.report.toy.ToyRun;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Profile;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected values are the rules of the verdict in HOUSE §3. */
class RollupTest {
    @TempDir
    Path folder;

    private final ToyRun run = new ToyRun();

    private Results.RequirementResult requirement(Results results, String id) {
        return results.requirements().stream()
                .filter(r -> r.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Results.ClassResult conformanceClass(Results results, String id) {
        return results.classes().stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRunWhoseShallsAllPassPassesAndSaysItsSize() {
        Results results = run.results(folder);
        assertThat(results.verdict()).isEqualTo(Verdict.PASS);
        assertThat(results.line()).isEqualTo("PASS · 2 of 3 operator × type pairs claimed (1 mandatory) · 0 waived");
        assertThat(results.notCertifiable()).isEmpty();
        assertThat(results.counts()).containsOnlyKeys(Verdict.PASS).containsEntry(Verdict.PASS, 5);
    }

    @Test
    void oneFailingCaseFailsItsRequirementItsClassAndTheRun() {
        Results results = run.failing("EXCH-LOAD/large").results(folder);
        assertThat(requirement(results, "EXCH-LOAD").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(requirement(results, "EXCH-LOAD").failing()).containsExactly("EXCH-LOAD/large");
        assertThat(conformanceClass(results, "exchange").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(conformanceClass(results, "operators").verdict()).isEqualTo(Verdict.PASS);
        assertThat(results.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(results.notCertifiable()).containsExactly("the verdict is FAIL");
    }

    @Test
    void aShouldThatFailsIsReportedAndDoesNotDecide() {
        Results results = run.failing("EXCH-HINT/type").results(folder);
        assertThat(requirement(results, "EXCH-HINT").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(results.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aShallWithoutAnExecutedCaseIsInconclusive() {
        run.toy.catalogue().remove("EXCH-NAMES/order");
        Results results = run.results(folder);
        assertThat(requirement(results, "EXCH-NAMES").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(results.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void anUntestedAndAnExcludedRequirementAreOutOfScopeWithTheReason() {
        run.exclude.add(new Profile.Exclusion("EXCH-NAMES", "not on this device"));
        Results results = run.results(folder);
        assertThat(results.outOfScope())
                .extracting(Results.OutOfScope::id, Results.OutOfScope::reason)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(
                                "EXCH-NAMES", "excluded by the profile: not on this device"),
                        org.assertj.core.groups.Tuple.tuple("EXCH-LATER", "untested: nobody has one"));
        assertThat(results.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void anOperatorNeitherMandatoryNorClaimedIsOutOfScopeWhenNoCaseIsSelected() {
        assertThat(run.results(folder).outOfScope())
                .extracting(Results.OutOfScope::id)
                .contains("OP-Exp-VALUES");
    }

    @Test
    void aMandatoryOperatorWithoutACaseIsInconclusive() {
        run.mandatory = List.of(
                new Profile.Mandatory(List.of("Exp"), List.of(org.aiis.spec.tensor.ElementType.FLOAT32), List.of(13)));
        assertThat(requirement(run.results(folder), "OP-Exp-VALUES").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aWaiverInForceLetsTheRequirementPassAndIsCounted() {
        Results results = run.failing("EXCH-LOAD/large")
                .waiver("EXCH-LOAD", "EXCH-LOAD/large", "2027-01-01")
                .results(folder);
        assertThat(requirement(results, "EXCH-LOAD").verdict()).isEqualTo(Verdict.PASS);
        assertThat(requirement(results, "EXCH-LOAD").waived()).isEqualTo(1);
        assertThat(requirement(results, "EXCH-LOAD").failing()).containsExactly("EXCH-LOAD/large");
        assertThat(results.line()).startsWith("PASS ").endsWith(" · 1 waived");
        assertThat(results.counts()).containsEntry(Verdict.FAIL, 1);
        assertThat(results.waivers()).extracting(Results.WaiverUse::effect).containsExactly("used");
    }

    @Test
    void aWaiverStillHoldsOnItsLastDay() {
        run.failing("EXCH-LOAD/large").waiver("EXCH-LOAD", "EXCH-LOAD/large", "2026-11-23");
        assertThat(run.results(folder).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void anExpiredWaiverMakesItsRequirementInconclusive() {
        Results results = run.failing("EXCH-LOAD/large")
                .waiver("EXCH-LOAD", "EXCH-LOAD/large", "2026-11-22")
                .results(folder);
        assertThat(requirement(results, "EXCH-LOAD").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(results.waivers()).extracting(Results.WaiverUse::effect).containsExactly("expired");
    }

    @Test
    void aWaiverWhoseCasePassesMakesItsRequirementInconclusive() {
        Results results = run.waiver("EXCH-LOAD", "EXCH-LOAD/*", "2027-01-01").results(folder);
        assertThat(requirement(results, "EXCH-LOAD").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(results.waivers()).extracting(Results.WaiverUse::effect).containsExactly("its case passes");
    }

    @Test
    void anUnsteadyFailureMayPassUnderItsWaiver() {
        Results passing =
                run.unsteadyWaiver("EXCH-LOAD", "EXCH-LOAD/large", "2027-01-01").results(folder);
        assertThat(requirement(passing, "EXCH-LOAD").verdict()).isEqualTo(Verdict.PASS);
        assertThat(passing.waivers()).extracting(Results.WaiverUse::effect).containsExactly("unused");

        Results failing = run.failing("EXCH-LOAD/large").results(folder.resolve("failing"));
        assertThat(requirement(failing, "EXCH-LOAD").verdict()).isEqualTo(Verdict.PASS);
        assertThat(failing.line()).endsWith(" · 1 waived");
    }

    @Test
    void aWaiverForAnotherProductChangesNothing() {
        run.failing("EXCH-LOAD/large").waiver("EXCH-LOAD", "EXCH-LOAD/large", "2027-01-01");
        run.name = "Other Runtime";
        assertThat(run.results(folder).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aWaiverDoesNotCoverTheOtherFailuresOfItsRequirement() {
        run.failing("EXCH-LOAD/large").failing("EXCH-LOAD/plain").waiver("EXCH-LOAD", "EXCH-LOAD/large", "2027-01-01");
        assertThat(requirement(run.results(folder), "EXCH-LOAD").verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aWaiverDoesNotCoverWhatCouldNotBeDriven() {
        run.observations.put("EXCH-LOAD/large", new Observation.NotDriven("no such type in Java"));
        run.waiver("EXCH-LOAD", "EXCH-LOAD/large", "2027-01-01");
        assertThat(requirement(run.results(folder), "EXCH-LOAD").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void notApplicableComesFromTheIcsAndOnlyForWhatIsOptional() {
        run.notImplemented.addAll(List.of("EXCH-HINT", "EXCH-LOAD"));
        Results results =
                run.failing("EXCH-HINT/type").failing("EXCH-LOAD/plain").results(folder);
        assertThat(requirement(results, "EXCH-HINT").verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(requirement(results, "EXCH-LOAD").verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aRequirementWhoseCasesAreAllNotApplicableIsNotApplicable() {
        Finding unclaimed = Finding.of(Verdict.NOT_APPLICABLE, "the ICS does not claim it");
        run.written.put("EXCH-LOAD/plain", unclaimed);
        run.written.put("EXCH-LOAD/large", unclaimed);
        Results results = run.results(folder);
        assertThat(requirement(results, "EXCH-LOAD").verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(results.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aCaseThatIsMissingBesideOneThatIsNotApplicableIsNotForgotten() {
        run.written.put("EXCH-LOAD/plain", Finding.of(Verdict.NOT_APPLICABLE, "the ICS does not claim it"));
        run.dropped.add("EXCH-LOAD/large");
        assertThat(requirement(run.results(folder), "EXCH-LOAD").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aMissingSelectedCaseMakesTheRunIncomplete() {
        run.dropped.add("EXCH-LOAD/large");
        Results results = run.results(folder);
        assertThat(results.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(results.notCertifiable()).contains("the run is incomplete: 1 selected cases are missing");
    }

    @Test
    void aRunWithoutAnEndIsIncomplete() {
        run.ended = false;
        Results results = run.results(folder);
        assertThat(results.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(results.notCertifiable()).contains("the run is incomplete: it has no end");
    }

    @Test
    void aNarrowedRunDecidesOnlyWhatItSelectedAndIsNeverCertifiable() {
        run.select = List.of("OP-*");
        Results results = run.results(folder);
        assertThat(results.verdict()).isEqualTo(Verdict.PASS);
        assertThat(results.classes()).extracting(Results.ClassResult::id).contains("operators");
        assertThat(results.outOfScope()).extracting(Results.OutOfScope::id).contains("EXCH-LOAD", "EXCH-NAMES");
        assertThat(results.notCertifiable()).containsExactly("the run was narrowed with --select OP-*");
    }

    @Test
    void aQuickRunAndTheSuitesOwnBackendsAreNeverCertifiable() {
        run.grade = Grade.QUICK;
        run.backend = "faulty:relu";
        assertThat(run.results(folder).notCertifiable())
                .containsExactly(
                        "the run is of grade quick", "the system under test is the suite's own backend faulty:relu");
    }

    @Test
    void aKnownDeviationChangesNoVerdictAndOneThatDoesNotDeviateIsReported() {
        run.deviations.add(new Ics.Deviation("EXCH-LOAD/large", "known"));
        run.deviations.add(new Ics.Deviation("EXCH-NAMES/*", "long gone"));
        Results results = run.failing("EXCH-LOAD/large").results(folder);
        assertThat(results.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(results.deviations())
                .extracting(Results.DeviationUse::effect)
                .containsExactly("deviates", "does not deviate");
    }

    @Test
    void anErrorBlocksEverything() {
        run.written.put("EXCH-HINT/type", org.aiis.spec.testing.Finding.of(Verdict.ERROR, "the fixture is broken"));
        Results results = run.results(folder);
        assertThat(results.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(conformanceClass(results, "exchange").verdict()).isEqualTo(Verdict.ERROR);
    }

    @Test
    void anAggregateRequirementIsProvedByItsFinding() {
        Results results = run.results(folder);
        assertThat(requirement(results, "EXCH-STEADY").verdict()).isEqualTo(Verdict.PASS);
        assertThat(requirement(results, "EXCH-STEADY").cases()).isEqualTo(1);
    }

    @Test
    void aCaseThatWasNotSelectedIsRefused() {
        run.write(folder);
        var narrower = new java.util.TreeMap<>(run.toy.catalogue());
        narrower.remove("EXCH-LOAD/large");
        var files = org.aiis.report.bundle.Folder.scan(folder);
        var evidence = org.aiis.report.bundle.Evidence.read(files, (line, done) -> {});
        assertThatThrownBy(() -> Rollup.of(run.standard, run.inputs(), evidence, new org.aiis.report.toy.Toy(narrower)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("EXCH-LOAD/large");
    }
}
