package org.aiis.conformance.qualification.dots;

import static org.assertj.core.api.Assertions.assertThat;

import org.aiis.conformance.run.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The bar of the experiment: what the standard's criterion has to reach beside the published ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DotExperimentTest {
    private DotTable table = new DotTable(
            "",
            0,
            java.util.List.of(),
            java.util.List.of(),
            java.util.List.of(),
            new DotTable.FalseFail(0, 1, 1, "", 1, 0, 0, 0, 0));

    @BeforeAll
    void run() {
        table = DotExperiment.run(Size.QUICK, Progress.SILENT);
    }

    @Test
    void noRightImplementationIsRejected() {
        assertThat(ours().correct().hits()).isZero();
        assertThat(ours().claimed().hits()).isZero();
        assertThat(ours().correct().of()).isGreaterThan(10_000);
        assertThat(ours().claimed().of()).isGreaterThan(3_000);
    }

    @Test
    void fewerDefectsAreMissedThanByAnyPublishedCriterionThatRejectsNoMore() {
        assertThat(ours().defective().percent()).isLessThan(1.9);
        assertThat(table.criteria())
                .filteredOn(DotTable.Line::published)
                .hasSize(5)
                .filteredOn(line -> line.correct().hits() <= ours().correct().hits())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.defective().percent())
                        .as(line.criterion())
                        .isGreaterThan(ours().defective().percent()));
    }

    @Test
    void aFalseFailInAWholeRunIsRarerThanOneInAHundred() {
        assertThat(table.falseFail().derived()).isLessThan(0.01);
        assertThat(table.falseFail().measured()).isLessThan(0.01);
    }

    @Test
    void everyImplementationAndEveryDefectHadItsTurn() {
        assertThat(table.right())
                .allSatisfy(line ->
                        assertThat(line.tensors()).as(line.implementation()).isPositive());
        assertThat(table.defects())
                .allSatisfy(
                        line -> assertThat(line.applicable()).as(line.defect()).isPositive());
    }

    private DotTable.Line ours() {
        return table.criteria().get(0);
    }
}
