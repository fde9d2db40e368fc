package org.aiis.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;

class AggregatesTest {
    private static final Sut SUT = new Sut(
            "Runtime",
            "Vendor",
            "1.2",
            "cpu",
            "P",
            new TreeMap<>(Map.of("lib.so", "ab".repeat(32))),
            new TreeMap<>(Map.of("threads", "1")));

    @Test
    void everyAggregateIsARequirementOfTheStandardAndIsJudged() {
        var standard = StandardReader.bundled();
        assertThat(Aggregates.REQUIREMENTS)
                .allSatisfy(id -> assertThat(standard.find(id)).isPresent());
        assertThat(Aggregates.judge(Map.of(), List.of(), SUT, Stated.TERMS).keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Aggregates.REQUIREMENTS.stream().map(Aggregates::caseId).toList());
    }

    @Test
    void flushingSomeAndKeepingSomeFails() {
        assertThat(verdict("NUM-FLUSH-UNIFORM", Stated.TERMS, Map.of("flushed.float32", 3L, "kept.float32", 2L)))
                .isEqualTo(Verdict.FAIL);
        assertThat(verdict("NUM-FLUSH-UNIFORM", Stated.TERMS, Map.of("kept.float32", 2L)))
                .isEqualTo(Verdict.PASS);
        assertThat(verdict("NUM-FLUSH-UNIFORM", Stated.TERMS, Map.of("flushed.float32", 2L)))
                .isEqualTo(Verdict.FAIL);
        Terms claimed =
                new Terms(Accuracy.FULL, Set.of(), Set.of(ElementType.FLOAT32), Set.of(), "P", Set.of(), Map.of());
        assertThat(verdict("NUM-FLUSH-UNIFORM", claimed, Map.of("flushed.float32", 2L)))
                .isEqualTo(Verdict.PASS);
        assertThat(verdict("NUM-FLUSH-UNIFORM", claimed, Map.of("kept.float32", 2L)))
                .isEqualTo(Verdict.FAIL);
        assertThat(verdict("NUM-FLUSH-UNIFORM", claimed, Map.of())).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aNodeElsewhereFailsTheShare() {
        assertThat(verdict("EVID-PLACEMENT-SHARE", Stated.TERMS, Map.of("nodes.provider", 9L)))
                .isEqualTo(Verdict.PASS);
        assertThat(verdict("EVID-PLACEMENT-SHARE", Stated.TERMS, Map.of("nodes.provider", 9L, "nodes.elsewhere", 1L)))
                .isEqualTo(Verdict.FAIL);
        assertThat(verdict("EVID-PLACEMENT-SHARE", Stated.TERMS, Map.of())).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void nodesThatAreDeclaredElsewhereCountAgainstTheShareThatTheProfileSets() {
        Map<String, Long> mostlyDeclared = Map.of("nodes.provider", 4L, "nodes.declared", 6L);
        assertThat(verdict("EVID-PLACEMENT-SHARE", Stated.TERMS, mostlyDeclared))
                .isEqualTo(Verdict.PASS);
        assertThat(verdict("EVID-PLACEMENT-SHARE", asking(0.4), mostlyDeclared)).isEqualTo(Verdict.PASS);
        assertThat(verdict("EVID-PLACEMENT-SHARE", asking(0.5), mostlyDeclared)).isEqualTo(Verdict.FAIL);
        assertThat(verdict("EVID-PLACEMENT-SHARE", asking(0.5), Map.of("nodes.declared", 6L)))
                .isEqualTo(Verdict.FAIL);
    }

    private static Terms asking(double share) {
        return new Terms(
                Accuracy.FULL,
                Set.of(),
                Set.of(),
                Set.of(),
                "P",
                Set.of("Relu"),
                Map.of(Aggregates.PLACEMENT_SHARE, share));
    }

    @Test
    void placementThatWasNotToldFails() {
        assertThat(verdict("EVID-PLACEMENT", Stated.TERMS, Map.of("placement.told", 5L)))
                .isEqualTo(Verdict.PASS);
        assertThat(verdict("EVID-PLACEMENT", Stated.TERMS, Map.of("placement.told", 5L, "placement.untold", 1L)))
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void aRejectionWithoutAWordFails() {
        assertThat(verdict("EVID-ERROR-TEXT", Stated.TERMS, Map.of("rejections", 5L)))
                .isEqualTo(Verdict.PASS);
        assertThat(verdict("EVID-ERROR-TEXT", Stated.TERMS, Map.of("rejections", 5L, "rejections.silent", 1L)))
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void aSelectedCaseWithoutAFindingFails() {
        var judged = Aggregates.judge(Map.of("A/1", Finding.pass()), List.of("A/1", "A/2"), SUT, Stated.TERMS);
        assertThat(judged.get("EVID-COMPLETE/aggregate").message())
                .contains("1 of 2")
                .contains("A/2");
    }

    @Test
    void aSystemThatDoesNotSayWhoItIsFails() {
        Sut nameless = new Sut("", "", "", "cpu", "P", new TreeMap<>(), new TreeMap<>());
        var judged = Aggregates.judge(Map.of(), List.of(), nameless, Stated.TERMS);
        for (String id : List.of("EVID-IDENTITY", "EVID-VERSION", "EVID-LIBRARIES", "EVID-SETTINGS")) {
            assertThat(judged.get(Aggregates.caseId(id)).verdict()).as(id).isEqualTo(Verdict.FAIL);
            assertThat(Aggregates.judge(Map.of(), List.of(), SUT, Stated.TERMS)
                            .get(Aggregates.caseId(id))
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        }
    }

    private static Verdict verdict(String requirement, Terms terms, Map<String, Long> tallies) {
        Map<String, Finding> findings = Map.of("A/1", Finding.pass().withTallies(tallies));
        return Aggregates.judge(findings, List.of("A/1"), SUT, terms)
                .get(Aggregates.caseId(requirement))
                .verdict();
    }
}
