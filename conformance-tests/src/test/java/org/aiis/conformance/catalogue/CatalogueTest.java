package org.aiis.conformance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aiis.conformance.scheme.Home;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static final Standard STANDARD = StandardReader.bundled();
    private static final Catalogue CATALOGUE =
            Catalogue.of(STANDARD, Home.find().root());

    @Test
    void everyOperatorAndTypeOfTheTableHasACase() {
        assertThat(Coverage.missing(STANDARD, CATALOGUE)).isEmpty();
    }

    @Test
    void aCatalogueWithoutCasesLeavesEveryPairOut() {
        assertThat(Coverage.missing(STANDARD, Catalogue.of(STANDARD, List.of())))
                .hasSizeGreaterThan(300);
    }

    @Test
    void theSizesAreThoseOfTheTwoGrades() {
        long quick = quick().count();
        long full = CATALOGUE.cases().stream()
                .filter(c -> c.grade() != Grade.EXHAUSTIVE)
                .count();
        assertThat(full).isBetween(4000L, 60_000L);
        assertThat(quick).isBetween(1600L, 20_000L);
    }

    @Test
    void quickTouchesEachRequirementAndEachPairThatFullTouches() {
        assertThat(requirements(quick())).isEqualTo(requirements(CATALOGUE.cases().stream()));
        assertThat(pairs(quick())).isEqualTo(pairs(CATALOGUE.cases().stream()));
    }

    @Test
    void aStimulusIsTheSameEachTimeItIsMade() {
        quick().limit(300).forEach(c -> assertThat(c.stimulus().get().digest())
                .as(c.id())
                .isEqualTo(c.stimulus().get().digest()));
    }

    @Test
    void noTwoCasesOfAnOperatorShowTheSameUnlessShapesLeaveNoChoice() {
        var digests = CATALOGUE.cases().stream()
                .filter(c -> c.id().contains("-VALUES/"))
                .map(c -> c.stimulus().get().digest())
                .toList();
        assertThat(Set.copyOf(digests).size()).isGreaterThan(digests.size() * 95 / 100);
    }

    @Test
    void twinsDiffer() {
        CATALOGUE.cases().stream()
                .filter(c -> c.expectation() instanceof Expectation.Rejection)
                .forEach(c -> {
                    Stimulus.MustReject twins =
                            (Stimulus.MustReject) c.stimulus().get();
                    assertThat(twins.valid().digest())
                            .as(c.id())
                            .isNotEqualTo(twins.broken().digest());
                });
    }

    @Test
    void anIdUsedTwiceIsRefused() {
        CaseSource twice = () -> Stream.of(some("EXCH-LOAD/x", "EXCH-LOAD"), some("EXCH-LOAD/x", "EXCH-LOAD"));
        assertThatThrownBy(() -> Catalogue.of(STANDARD, List.of(twice))).hasMessageContaining("two cases have the id");
    }

    @Test
    void aCaseOfAnUnknownRequirementIsRefused() {
        CaseSource stray = () -> Stream.of(some("EXCH-NONE/x", "EXCH-NONE"));
        assertThatThrownBy(() -> Catalogue.of(STANDARD, List.of(stray))).hasMessageContaining("no chapter holds");
    }

    @Test
    void anUnknownIdNamesTheNearest() {
        String id = CATALOGUE.cases().iterator().next().id();
        assertThatThrownBy(() -> CATALOGUE.get(id + "x")).hasMessageContaining("did you mean '" + id + "'");
    }

    @Test
    void aSmallerCatalogueFallsShortOfTheLock() {
        CatalogueLock lock = CatalogueLock.of(small("EXCH-LOAD/a", "EXCH-LOAD/b"));
        assertThat(lock.shortfall(small("EXCH-LOAD/a", "EXCH-LOAD/b"))).isEmpty();
        assertThat(lock.shortfall(small("EXCH-LOAD/a"))).containsExactly("EXCH: 1 cases, the lock file says 2");
    }

    private static Catalogue small(String... ids) {
        return Catalogue.of(STANDARD, List.of(() -> Stream.of(ids).map(id -> some(id, "EXCH-LOAD"))));
    }

    private static TestCase some(String id, String requirement) {
        return new TestCase(
                id,
                List.of(requirement),
                Grade.QUICK,
                Optional.empty(),
                () -> Stimulus.Script.of(),
                new Expectation.Survival(),
                "test");
    }

    private static Stream<TestCase> quick() {
        return CATALOGUE.cases().stream().filter(c -> c.grade() == Grade.QUICK);
    }

    private static Set<String> requirements(Stream<TestCase> cases) {
        return cases.flatMap(c -> c.requirements().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<OperatorType> pairs(Stream<TestCase> cases) {
        return cases.flatMap(c -> c.pair().stream()).collect(Collectors.toCollection(TreeSet::new));
    }
}
