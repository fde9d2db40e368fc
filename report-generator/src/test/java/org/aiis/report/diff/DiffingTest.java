package org.aiis.report.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.scoreboard.Outcome;
import org.aiis.report.toy.ToyRun;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Repeats;
import org.aiis.spec.testing.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffingTest {
    private static final String CASE = "EXCH-LOAD/large";

    @TempDir
    Path folder;

    private final ToyRun before = new ToyRun();
    private final ToyRun now = new ToyRun();

    private BundleDiff diff() {
        return Diffing.between(
                List.of("before", "now"),
                Bundle.open(before.sealed(folder.resolve("before"))),
                Bundle.open(now.sealed(folder.resolve("now"))),
                id -> true,
                now.toy,
                List.of(),
                cases -> {});
    }

    @Test
    void twoRunsThatAreAlikeDifferInNothing() {
        BundleDiff diff = diff();
        assertThat(diff.worse()).isFalse();
        assertThat(diff.same()).isEqualTo(diff.cases());
        assertThat(diff.facts()).isEmpty();
        assertThat(diff.turned()).isEmpty();
        assertThat(diff.moved()).isEmpty();
        assertThat(diff.requirements()).isEmpty();
    }

    @Test
    void aCaseThatFailsNowIsWorseAndOneThatPassesNowIsBetter() {
        before.failing("EXCH-NAMES/order");
        now.failing(CASE);
        BundleDiff diff = diff();
        assertThat(diff.worse()).isTrue();
        assertThat(diff.turned(Turned.Direction.WORSE)).isEqualTo(1);
        assertThat(diff.turned(Turned.Direction.BETTER)).isEqualTo(1);
        assertThat(diff.causes().get(0).cases()).containsExactly(CASE);
        assertThat(diff.causes().get(0).direction()).isEqualTo(Turned.Direction.WORSE);
        assertThat(diff.requirements()).anyMatch(r -> r.id().equals("EXCH-LOAD") && r.turned() == 1);
    }

    @Test
    void onlyBetterIsNotWorse() {
        before.failing(CASE);
        assertThat(diff().worse()).isFalse();
    }

    @Test
    void aDeathInPlaceOfAWrongValueIsOtherwiseAndARefusalInPlaceOfAnAnswerIsWorse() {
        assertThat(Turned.Direction.of(Outcome.WRONG, Outcome.CRASHED)).isEqualTo(Turned.Direction.OTHERWISE);
        assertThat(Turned.Direction.of(Outcome.PASS, Outcome.UNSUPPORTED)).isEqualTo(Turned.Direction.WORSE);
        assertThat(Turned.Direction.of(Outcome.SUITE_ERROR, Outcome.WRONG)).isEqualTo(Turned.Direction.BETTER);
    }

    @Test
    void aCaseThatIsNoLongerDrivenIsWorse() {
        now.observations.put("EXCH-NAMES/order", new Observation.NotDriven("no such step"));
        BundleDiff diff = diff();
        assertThat(diff.turned())
                .extracting(Turned::id, Turned::direction)
                .containsExactly(tuple("EXCH-NAMES/order", Turned.Direction.WORSE));
    }

    @Test
    void aCaseThatDidSomethingElseInItsOwnRunIsFlakyAndNotWorse() {
        now.failing(CASE).repeats = new Repeats(0, 5, 0, false, false);
        now.again.put(Purpose.REPEAT, Map.of(CASE, ToyRun.right()));
        BundleDiff diff = diff();
        assertThat(diff.turned(Turned.Direction.FLAKY)).isEqualTo(1);
        assertThat(diff.worse()).isFalse();
    }

    @Test
    void numbersThatMovedAreToldInStepsWhereBothPassOrNot() {
        before.observations.put(CASE, ToyRun.answer(3));
        now.observations.put(CASE, ToyRun.answer(Math.nextUp(3f)));
        BundleDiff diff = diff();
        assertThat(diff.turned()).isEmpty();
        assertThat(diff.moved()).hasSize(1);
        assertThat(diff.movements().get(0).requirement()).isEqualTo("EXCH-LOAD");
        assertThat(diff.movements().get(0).steps()).isEqualTo(1);
        assertThat(diff.movements().get(0).limits()).isEqualTo(Optional.empty());
    }

    @Test
    void versionMachineAndStatementAreFacts() {
        now.name = "Other Runtime";
        now.environment.put("driver", "570.1");
        assertThat(diff().facts())
                .contains(new Fact("system", "name", "Example Runtime", "Other Runtime"))
                .contains(new Fact("machine", "driver", "", "570.1"));
    }

    @Test
    void casesOfOneBundleAloneAreCounted() {
        before.select = List.of("EXCH-*");
        BundleDiff diff = diff();
        assertThat(diff.onlyBefore()).isZero();
        assertThat(diff.onlyNow()).isPositive();
        assertThat(diff.facts()).contains(new Fact("run", "selection", "EXCH-*", ""));
    }

    @Test
    void bundlesWithoutACaseInCommonAreRefused() {
        before.select = List.of("EXCH-*");
        now.select = List.of("OP-*");
        assertThatThrownBy(this::diff).isInstanceOf(InputException.class).hasMessageContaining("no case in common");
    }
}
