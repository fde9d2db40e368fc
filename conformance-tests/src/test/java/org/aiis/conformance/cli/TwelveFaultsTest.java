package org.aiis.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.evidence.Whose;
import org.aiis.spec.testing.ErrorPattern;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twelve faults in one implementation, eight in its provider and four in the core below it: over a thousand cases fail, and
 * they come out as about as many groups as there are faults, each with the label of where its fault sits.
 */
@org.junit.jupiter.api.Tag("long")
class TwelveFaultsTest {
    private static final String OF_PROVIDER =
            "nan-swallowed+infinity-clamped+tail-dropped+tf32-products+leaky-alpha+perm-reversed+dies-on-erf"
                    + "+floor-for-round";
    private static final String OF_CORE = "zero-sign-lost+softmax-axis+exclusive-ignored+argmax-last";

    private static final List<String> OPERATORS = List.of(
            "Add",
            "Mul",
            "Neg",
            "Exp",
            "Max",
            "Min",
            "LeakyRelu",
            "Round",
            "Transpose",
            "CumSum",
            "ArgMax",
            "Softmax",
            "LogSoftmax",
            "MatMul");

    @TempDir
    static Path folder;

    private static Bundle bundle;

    @BeforeAll
    static void aRunOfAllOfThem() {
        Path out = folder.resolve("bundle");
        List<String> command = new ArrayList<>(List.of(
                "run",
                "--grade",
                "full",
                "--backend",
                "faulty:" + OF_PROVIDER + "/" + OF_CORE,
                "--select",
                "OP-Erf-TYPES",
                "--out",
                out.toString()));
        OPERATORS.forEach(operator -> command.addAll(List.of("--select", "OP-" + operator + "-*")));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = Main.execute(stream, stream, command.toArray(String[]::new));
        assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isEqualTo(1);
        bundle = Bundle.open(out);
    }

    private static List<CaseRecord> failing() {
        return bundle.evidence().cases().values().stream()
                .filter(done -> done.finding().verdict() == Verdict.FAIL)
                .toList();
    }

    @Test
    void overAThousandCasesFail() {
        assertThat((OF_PROVIDER + "+" + OF_CORE).split("\\+")).hasSize(12);
        assertThat(failing()).hasSizeGreaterThan(1000);
    }

    /** What a signature of operator, reason and pattern alone would give, so that the number below means something. */
    @Test
    void aSignatureAloneGivesManyMoreGroups() {
        Set<String> signatures = new TreeSet<>();
        failing()
                .forEach(done -> signatures.add(OperatorType.ofCase(done.id()) + " "
                        + done.finding().reason() + " " + done.finding().patterns()));
        assertThat(signatures).hasSizeGreaterThan(100);
    }

    @Test
    void theyComeOutAsAtMostFifteenGroups() {
        List<String> cases = new ArrayList<>();
        bundle.results().groups().forEach(group -> cases.addAll(group.cases()));

        assertThat(bundle.results().groups()).hasSizeLessThanOrEqualTo(15);
        assertThat(cases)
                .containsExactlyInAnyOrderElementsOf(
                        failing().stream().map(CaseRecord::id).toList());
    }

    @Test
    void eachFaultHasAGroupWithTheLabelOfWhereItSits() {
        labelled(Whose.PROVIDER, pattern(ErrorPattern.NAN_LOST));
        labelled(Whose.PROVIDER, pattern(ErrorPattern.SATURATED));
        labelled(Whose.PROVIDER, pattern(ErrorPattern.TAIL));
        labelled(Whose.PROVIDER, operator("MatMul"));
        labelled(Whose.PROVIDER, operator("LeakyRelu"));
        labelled(Whose.PROVIDER, operator("Transpose"));
        labelled(Whose.PROVIDER, operator("Round"));
        labelled(Whose.PROVIDER, operator("Erf").and(group -> group.kind().equals("crashed")));
        labelled(Whose.CORE, pattern(ErrorPattern.ZERO_SIGN));
        labelled(Whose.CORE, operator("Softmax").and(group -> group.operators().contains("LogSoftmax")));
        labelled(Whose.CORE, operator("CumSum"));
        // All results of ArgMax that show the fault of the core lose their tail on the provider as well.
        labelled(Whose.BOTH, operator("ArgMax"));
        assertThat(bundle.results().groups())
                .filteredOn(group -> group.whose() != Whose.PROVIDER && group.whose() != Whose.CORE)
                .extracting(Results.Group::operators)
                .containsExactly(List.of("ArgMax"));
    }

    private static void labelled(Whose whose, java.util.function.Predicate<Results.Group> which) {
        assertThat(bundle.results().groups().stream().filter(which))
                .isNotEmpty()
                .allMatch(group -> group.whose() == whose);
    }

    /** The group of an error that is seen in many operators. */
    private static java.util.function.Predicate<Results.Group> pattern(ErrorPattern pattern) {
        return group -> group.what().startsWith("wrong values, " + pattern.words());
    }

    /** The groups of an operator, and of others that fail with it. */
    private static java.util.function.Predicate<Results.Group> operator(String operator) {
        return group -> group.operators().contains(operator) && !group.what().startsWith("wrong values, ");
    }
}
