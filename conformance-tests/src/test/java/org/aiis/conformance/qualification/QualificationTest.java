package org.aiis.conformance.qualification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.aiis.conformance.qualification.panel.Fault;
import org.aiis.conformance.qualification.panel.Panel;
import org.aiis.conformance.run.Progress;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.spec.testing.Grade;
import org.junit.jupiter.api.Test;

class QualificationTest {
    private static final Suite SUITE = Suite.load(Home.find());

    private static OperatorFigures figures(String operator, String fault) throws InterruptedException {
        return new Qualification(SUITE, Grade.FULL, operator::equals, f -> f.matches(fault), 300)
                .run(1, Progress.SILENT)
                .operators()
                .get(0);
    }

    @Test
    void thePanelHasSixtyFaultsOfUnlikeNames() {
        List<String> names = Panel.general().stream().map(Fault::name).toList();
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(60);
    }

    @Test
    void outputsRoundedToBfloat16AreFoundOnAdd() throws InterruptedException {
        assertThat(figures("Add", "outputs-bf16").found()).containsKey("outputs-bf16");
    }

    @Test
    void aSoftmaxAlongTheFirstAxisIsFound() throws InterruptedException {
        assertThat(figures("Softmax", "axis-first").found()).containsKey("axis-first");
    }

    @Test
    void aFaultOfStringsIsExcludedOnAnOperatorWithoutStrings() throws InterruptedException {
        assertThat(figures("Relu", "strings-.*").excluded()).hasSizeGreaterThan(3);
    }

    /** NaN in Max is open by decision OP-Max-D1, so ignoring it is no fault. */
    @Test
    void whatTheTextLeavesOpenIsNoFault() throws InterruptedException {
        assertThat(figures("Max", "extreme-ignores-nan").excluded()).containsExactly("extreme-ignores-nan");
    }

    @Test
    void noRightVariantOfAMatrixProductIsRejected() throws InterruptedException {
        assertThat(figures("MatMul", "no-such-fault").rejected()).isEmpty();
    }

    @Test
    void aMutantOfCumSumDies() throws InterruptedException {
        List<Mutants.Fate> fates = new Mutants(SUITE, "CumSum"::equals)
                .of("org.aiis.reference.operators.reduction.CumSum"::equals, 1, () -> {});
        assertThat(fates).filteredOn(Mutants.Fate::killed).hasSizeGreaterThan(20);
    }
}
