package org.aiis.conformance.qualification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.qualification.panel.Fault;
import org.aiis.conformance.qualification.panel.Panel;
import org.aiis.conformance.run.Progress;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.spec.codec.InputException;
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

    private static Figures measured(String... operators) throws InterruptedException {
        return new Qualification(SUITE, Grade.QUICK, List.of(operators)::contains, f -> f.matches("out.*|axis.*"), 20)
                .run(1, Progress.SILENT);
    }

    /** Published figures that hold two operators as measured and every other one as if nothing applied to it. */
    private static Figures published(Figures measured, String staleOne) {
        List<OperatorFigures> rows = new ArrayList<>();
        SortedMap<String, Figures.Share> shares = new TreeMap<>(measured.byOperator());
        for (String operator : SUITE.standard().operators().keySet()) {
            String digest = operator.equals(staleOne) ? "other" : SUITE.lock().operator(operator);
            shares.putIfAbsent(operator, new Figures.Share(0, 0));
            rows.add(new OperatorFigures(
                    operator,
                    digest,
                    0,
                    new TreeMap<>(),
                    new TreeMap<>(),
                    List.of(),
                    new TreeMap<>(),
                    new TreeMap<>()));
        }
        return new Figures(
                "then",
                "once",
                measured.grade(),
                measured.search(),
                measured.patience(),
                measured.faults(),
                measured.variants(),
                measured.pairs(),
                measured.excluded(),
                measured.applicable(),
                measured.found(),
                0,
                measured.byFault(),
                shares,
                rows);
    }

    @Test
    void figuresOfAnOperatorTakeThePlaceOfItsPublishedOnes() throws InterruptedException {
        Figures both = measured("Not", "Softmax");
        Figures one = measured("Softmax");
        Figures again = one.into(SUITE, Path.of("panel.json"), published(both, "Softmax"));
        assertThat(List.of(
                        again.pairs(),
                        again.applicable(),
                        again.found(),
                        again.excluded(),
                        again.byOperator().get("Softmax")))
                .isEqualTo(List.of(
                        both.pairs(),
                        both.applicable(),
                        both.found(),
                        both.excluded(),
                        one.byOperator().get("Softmax")));
        assertThat(again.catalogue()).isEqualTo(one.catalogue());
        assertThat(again.whole()).isEqualTo("once");
    }

    @Test
    void figuresOfOneOperatorAreNotPublishedWhereAnothersCasesChanged() throws InterruptedException {
        Figures both = measured("Not", "Softmax");
        assertThatThrownBy(() -> measured("Softmax").into(SUITE, Path.of("panel.json"), published(both, "Not")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("other cases of Not");
    }

    @Test
    void aMutantOfCumSumDies() throws InterruptedException {
        List<Mutants.Fate> fates = new Mutants(SUITE, "CumSum"::equals)
                .of("org.aiis.reference.operators.reduction.CumSum"::equals, 1, () -> {});
        assertThat(fates).filteredOn(Mutants.Fate::killed).hasSizeGreaterThan(20);
    }
}
