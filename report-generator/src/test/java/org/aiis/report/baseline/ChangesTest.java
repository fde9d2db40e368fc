package org.aiis.report.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.toy.ToyRun;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Repeats;
import org.aiis.spec.testing.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangesTest {
    @TempDir
    Path folder;

    private final ToyRun before = new ToyRun();
    private final ToyRun now = new ToyRun();

    private Changes changes() {
        return Changes.between(
                Bundle.open(before.sealed(folder.resolve("before"))), Bundle.open(now.sealed(folder.resolve("now"))));
    }

    @Test
    void aFailureIsNewFixedOrStillThere() {
        before.failing("EXCH-LOAD/large").failing("EXCH-NAMES/order");
        now.failing("EXCH-LOAD/large").failing("EXCH-LOAD/plain");
        Changes changes = changes();
        assertThat(changes.fresh()).containsExactly("EXCH-LOAD/plain");
        assertThat(changes.fixed()).containsExactly("EXCH-NAMES/order");
        assertThat(changes.still()).containsExactly("EXCH-LOAD/large");
        assertThat(changes.notes()).isEmpty();
    }

    @Test
    void aFailureThatIsNotDrivenNowIsNotFixed() {
        before.failing("EXCH-LOAD/large");
        now.observations.put("EXCH-LOAD/large", new Observation.NotDriven("no tensor"));
        Changes changes = changes();
        assertThat(changes.fixed()).isEmpty();
        assertThat(changes.undecided()).containsExactly("EXCH-LOAD/large");
    }

    @Test
    void aFailureThatPassesWhenItIsShownAgainIsFlakyAndNotNew() {
        now.failing("EXCH-LOAD/large").repeats = new Repeats(0, 5, 0, false, false);
        now.again.put(Purpose.REPEAT, Map.of("EXCH-LOAD/large", ToyRun.right()));
        Changes changes = changes();
        assertThat(changes.fresh()).isEmpty();
        assertThat(changes.flaky()).containsExactly("EXCH-LOAD/large");
    }

    @Test
    void aFailingCaseThatTheBaselineDoesNotHaveIsNewAndSaidSo() {
        before.select = java.util.List.of("OP-*");
        now.failing("EXCH-LOAD/large");
        Changes changes = changes();
        assertThat(changes.fresh()).containsExactly("EXCH-LOAD/large");
        assertThat(changes.notes()).anyMatch(note -> note.contains("4 cases of this run are not in the baseline"));
    }

    @Test
    void anotherSystemUnderTestIsNoted() {
        now.name = "Other Runtime";
        assertThat(changes().notes())
                .containsExactly("another system under test than in the baseline: Example Runtime 1.4.2"
                        + " (CPUExecutionProvider, backend cpu) there, Other Runtime 1.4.2"
                        + " (CPUExecutionProvider, backend cpu) here");
    }
}
