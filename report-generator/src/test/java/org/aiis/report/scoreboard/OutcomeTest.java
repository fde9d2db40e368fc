package org.aiis.report.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeTest {
    @ParameterizedTest
    @CsvSource({
        "PASS, , PASS",
        "PASS, unsupported, UNSUPPORTED",
        "FAIL, value, WRONG",
        "FAIL, behaviour, WRONG",
        "FAIL, flushing, WRONG",
        "FAIL, a-word-of-tomorrow, WRONG",
        "FAIL, , WRONG",
        "FAIL, accepted, ACCEPTED",
        "FAIL, rejected, REFUSED",
        "FAIL, rejected-late, REFUSED",
        "FAIL, crashed, CRASHED",
        "FAIL, timed-out, HUNG",
        "FAIL, exceeded, MISBEHAVED",
        "FAIL, protocol, MISBEHAVED",
        "FAIL, placement, ELSEWHERE",
        "INCONCLUSIVE, not-driven, NOT_DRIVEN",
        "INCONCLUSIVE, twin-wrong, UNDECIDED",
        "INCONCLUSIVE, crashed, UNDECIDED",
        "NOT_APPLICABLE, , NOT_APPLICABLE",
        "ERROR, suite, SUITE_ERROR"
    })
    void aFindingFallsIntoOneColumn(Verdict verdict, String reason, Outcome expected) {
        Finding finding = Finding.of(verdict, "");

        assertThat(Outcome.of(reason == null ? finding : finding.because(reason)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void whatFailsIsWhatTheVerdictCallsAFailure(Outcome outcome) {
        assertThat(outcome.fails())
                .isEqualTo(
                        java.util.Set.of("WRONG", "ACCEPTED", "REFUSED", "CRASHED", "HUNG", "MISBEHAVED", "ELSEWHERE")
                                .contains(outcome.name()));
    }

    @Test
    void aCaseCountsWhereItsWorstNodeRan() {
        assertThat(Placed.of(tallied(Map.of("nodes.provider", 3L, "nodes.elsewhere", 1L))))
                .isEqualTo(Placed.ELSEWHERE);
        assertThat(Placed.of(tallied(Map.of("nodes.provider", 3L, "nodes.unknown", 1L))))
                .isEqualTo(Placed.UNKNOWN);
        assertThat(Placed.of(tallied(Map.of("nodes.provider", 3L, "nodes.declared", 1L))))
                .isEqualTo(Placed.DECLARED);
        assertThat(Placed.of(tallied(Map.of("nodes.provider", 3L, "nodes.compiled-away", 1L))))
                .isEqualTo(Placed.DEVICE);
        assertThat(Placed.of(tallied(Map.of("nodes.compiled-away", 2L)))).isEqualTo(Placed.COMPILED_AWAY);
        assertThat(Placed.of(tallied(Map.of("placement.untold", 1L)))).isEqualTo(Placed.UNTOLD);
        assertThat(Placed.of(tallied(Map.of()))).isEqualTo(Placed.NONE);
    }

    private static Finding tallied(Map<String, Long> tallies) {
        return Finding.pass().withTallies(tallies);
    }
}
