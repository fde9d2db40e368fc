package org.aiis.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aiis.conformance.qualification.Figures;
import org.aiis.conformance.qualification.OperatorFigures;
import org.junit.jupiter.api.Test;

class QualifyCommandTest {
    private static final Map<String, String> NOTHING = Map.of();

    private static int exitCode(Map<String, String> rejected, Map<String, String> oracle) {
        OperatorFigures add = new OperatorFigures(
                "Add",
                "digest",
                1,
                new TreeMap<>(Map.of("axis", "case")),
                new TreeMap<>(),
                List.of(),
                new TreeMap<>(rejected),
                new TreeMap<>(oracle));
        return QualifyCommand.exitCode(new Figures(
                "digest",
                "digest",
                "full",
                60,
                60,
                1,
                1,
                1,
                new TreeMap<>(),
                1,
                1,
                rejected.size(),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(add)));
    }

    @Test
    void aSuiteThatRejectsNothingRightAndWhoseOracleAnswersIsSound() {
        assertThat(exitCode(NOTHING, NOTHING)).isZero();
    }

    @Test
    void aRightVariantThatACaseRejectsIsAnErrorOfTheSuite() {
        assertThat(exitCode(Map.of("fma", "OP-Add-VALUES/float32/opset17/uniform: 3 ulp"), NOTHING))
                .isEqualTo(1);
    }

    @Test
    void soIsAnInputOnWhichTheOracleFails() {
        assertThat(exitCode(NOTHING, Map.of("IndexOutOfBoundsException", "Add of int4")))
                .isEqualTo(1);
    }
}
