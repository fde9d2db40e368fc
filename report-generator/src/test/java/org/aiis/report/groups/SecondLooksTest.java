package org.aiis.report.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aiis.report.toy.Toy;
import org.aiis.report.toy.ToyRun;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Repeats;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.evidence.Whose;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondLooksTest {
    private static final String ADD = "OP-Add-VALUES/float32/ordinary";

    @TempDir
    Path folder;

    private final ToyRun run = new ToyRun();

    /** Right by the toy's judge, which looks at the first element, and other bits than before. */
    private static Observation otherBits() {
        return Observation.Outputs.of(Map.of("y", Tensor.ofReals(ElementType.FLOAT32, Shape.of(2), 1, 7)));
    }

    private Results repeating(Purpose purpose, String id, Observation second) {
        run.repeats = new Repeats(1000, 5, 0, true, true);
        run.again.put(purpose, Map.of(id, second));
        return run.results(folder);
    }

    @Test
    void aCaseThatFailsTheSecondTimeIsFlakyAndStillPasses() {
        Results results = repeating(Purpose.REPEAT, "EXCH-NAMES/order", ToyRun.answer(1.5));
        assertThat(results.verdict()).isEqualTo(Verdict.PASS);
        assertThat(results.flaky())
                .extracting(Results.Flaky::id, Results.Flaky::first, Results.Flaky::second)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("EXCH-NAMES/order", Verdict.PASS, Verdict.FAIL));
    }

    @Test
    void aCaseThatPassesTheSecondTimeStillFails() {
        run.failing("EXCH-LOAD/large");
        Results results = repeating(Purpose.REPEAT, "EXCH-LOAD/large", ToyRun.right());
        assertThat(results.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(results.flaky()).extracting(Results.Flaky::id).containsExactly("EXCH-LOAD/large");
    }

    @Test
    void otherBitsWithTheSameVerdictAreFlaky() {
        assertThat(repeating(Purpose.REPEAT, ADD, otherBits()).flaky())
                .extracting(Results.Flaky::what)
                .containsExactly("other outputs, bit for bit, with the same verdict");
    }

    @Test
    void otherBitsOfAnOperatorThatDrawsAreNot() {
        run.toy.operators().put(ADD, List.of("RandomNormal"));
        assertThat(repeating(Purpose.REPEAT, ADD, otherBits()).flaky()).isEmpty();
    }

    @Test
    void otherBitsAreNotWhereNoDeterminismIsClaimed() {
        run.determinism = List.of();
        assertThat(repeating(Purpose.REPEAT, ADD, otherBits()).flaky()).isEmpty();
    }

    @Test
    void aCaseThatPassesWithoutOptimisationIsNamedWithBothVerdicts() {
        run.failing(ADD);
        Results results = repeating(Purpose.UNOPTIMISED, ADD, ToyRun.right());
        assertThat(results.levels())
                .extracting(Results.LevelDifference::optimised, Results.LevelDifference::unoptimised)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Verdict.FAIL, Verdict.PASS));
    }

    @Test
    void otherBitsWithoutOptimisationAreNoDifference() {
        assertThat(repeating(Purpose.UNOPTIMISED, ADD, otherBits()).levels()).isEmpty();
    }

    private Whose label(Observation onCore) {
        run.failing(ADD);
        run.systems.put(Purpose.CORE, Optional.of(run.core()));
        return repeating(Purpose.CORE, ADD, onCore).groups().get(0).whose();
    }

    @Test
    void aFailureThatPassesOnTheCpuProviderIsTheProviders() {
        assertThat(label(ToyRun.right())).isEqualTo(Whose.PROVIDER);
    }

    @Test
    void aFailureThatFailsAlikeOnTheCpuProviderIsTheCores() {
        assertThat(label(ToyRun.answer(1.5))).isEqualTo(Whose.CORE);
    }

    @Test
    void aFailureThatFailsOtherwiseOnTheCpuProviderIsBoths() {
        assertThat(label(new Observation.Crashed(Observation.Phase.RUN, "SIGSEGV", "")))
                .isEqualTo(Whose.BOTH);
    }

    @Test
    void aFailureThatCouldNotBeShownToTheCpuProviderIsTheRuntimes() {
        assertThat(label(new Observation.NotDriven("no kernel"))).isEqualTo(Whose.RUNTIME);
    }

    @Test
    void aFailureOfTheCpuProviderItselfIsTheCores() {
        run.failing(ADD).repeats = new Repeats(0, 0, 0, true, false);
        assertThat(run.results(folder).groups().get(0).whose()).isEqualTo(Whose.CORE);
    }

    @Test
    void aFailureOfARuntimeWithoutSuchAProviderIsTheRuntimes() {
        assertThat(run.failing(ADD).results(folder).groups().get(0).whose()).isEqualTo(Whose.RUNTIME);
    }

    @Test
    void aCpuProviderThatDoesNotStartIsSaidSo() {
        run.failing(ADD).repeats = new Repeats(0, 0, 0, true, false);
        run.systems.put(Purpose.CORE, Optional.empty());
        Results results = run.results(folder);
        assertThat(results.groups().get(0).whose()).isEqualTo(Whose.RUNTIME);
        assertThat(results.repeats().get(0).sentence())
                .isEqualTo("No comparison with a CPU provider: it does not start");
    }

    @Test
    void aFailureOfARuleOfThisStandardIsSaidToBeOne() {
        run.toy = new Toy(new TreeMap<>(Map.of("EXCH-LOAD/plain", List.of("EXCH-LOAD"))));
        run.toy.ofStandard().add("EXCH-LOAD/plain");
        run.failing("EXCH-LOAD/plain");
        assertThat(run.results(folder).groups().get(0).whose()).isEqualTo(Whose.STANDARD);
    }
}
