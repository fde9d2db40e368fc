package org.aiis.conformance.qualification.dots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** C = 16 spreads of N = 16 evaluations lie between right and defective evaluations of whole networks. */
class SensitivityExperimentTest {
    private static final double SPREADS = 16;

    @Test
    void rightEvaluationsStayWithinTheSpreadsAndDefectiveOnesDoNot() {
        List<SensitivityExperiment.Line> lines = SensitivityExperiment.run(16, 6);
        lines.forEach(line -> System.out.printf(
                "%-22s %-6s largest %9.2f smallest %9.2f spreads%n",
                line.way(), line.right() ? "right" : "wrong", line.largest(), line.smallest()));
        assertThat(lines)
                .filteredOn(SensitivityExperiment.Line::right)
                .hasSize(8)
                .allSatisfy(line -> assertThat(line.largest()).as(line.way()).isLessThan(SPREADS));
        assertThat(lines).filteredOn(line -> !line.right()).hasSize(5).allSatisfy(line -> assertThat(line.smallest())
                .as(line.way())
                .isGreaterThan(SPREADS));
    }
}
