package org.aiis.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.Catalogue;
import org.aiis.conformance.scheme.Home;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Reference;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bounds that are written out are those of the judge: on them it passes an element, a step beyond it fails it. */
class AcceptanceTest {
    private static final Standard STANDARD = StandardReader.bundled();
    private static final Oracle ORACLE = new Evaluator();
    private static final StandardJudge JUDGE = new StandardJudge(ORACLE, STANDARD);
    private static final Terms TERMS =
            new Terms(Accuracy.RELAXED, Set.of(), Set.of(), Set.of(), "", Set.of(), Map.of());

    /** One case for each kind of tolerance and each width, with special values among them. */
    static Stream<TestCase> cases() {
        Set<String> operators =
                Set.of("Exp", "Sigmoid", "Log", "Add", "Sqrt", "MatMul", "ReduceProd", "Softmax", "Erf", "Abs");
        return Catalogue.of(STANDARD, Home.find().root()).cases().stream()
                .filter(c -> c.expectation() instanceof Expectation.ByOracle)
                .filter(c -> c.pair().isPresent()
                        && operators.contains(c.pair().get().operator())
                        && c.pair().get().type().isFloat())
                .filter(c -> c.requirements().get(0).endsWith("-TYPES")
                        || c.requirements().get(0).endsWith("-SPECIAL"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theJudgeAcceptsTheBoundAndNothingBeyond(TestCase testCase) {
        Stimulus.ModelRun run = (Stimulus.ModelRun) testCase.stimulus().get();
        Reference reference = ORACLE.evaluate(run.model(), run.inputs());
        var accepted = Acceptance.of(
                STANDARD,
                testCase,
                ((Expectation.ByOracle) testCase.expectation()).tolerance(),
                reference,
                run.inputs(),
                TERMS);
        for (var output : accepted.entrySet()) {
            Tensor right = reference.outputs().get(output.getKey()).rounded();
            int stride = Math.max(1, right.size() / 12);
            for (int i = 0; i < right.size(); i += stride) {
                for (Tensor edge :
                        new Tensor[] {output.getValue().low(), output.getValue().high()}) {
                    assertThat(judged(testCase, reference, output.getKey(), i, edge.real(i)))
                            .as("%s[%d] at its bound %s", output.getKey(), i, edge.real(i))
                            .isEqualTo(Verdict.PASS);
                }
                double high = output.getValue().high().real(i);
                if (Double.isFinite(high)) {
                    double beyond = high + right.type().format().ulp(high);
                    assertThat(judged(testCase, reference, output.getKey(), i, beyond))
                            .as("%s[%d] a step beyond its bound %s", output.getKey(), i, high)
                            .isEqualTo(Verdict.FAIL);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSignOfAZeroCountsWhereTheJudgeSaysSo(TestCase testCase) {
        Stimulus.ModelRun run = (Stimulus.ModelRun) testCase.stimulus().get();
        Reference reference = ORACLE.evaluate(run.model(), run.inputs());
        Tensor right = reference.outputs().get("y") == null
                ? reference.outputs().get(reference.outputs().firstKey()).rounded()
                : reference.outputs().get("y").rounded();
        String name =
                reference.outputs().containsKey("y") ? "y" : reference.outputs().firstKey();
        Acceptance accepted = Acceptance.of(
                        STANDARD,
                        testCase,
                        ((Expectation.ByOracle) testCase.expectation()).tolerance(),
                        reference,
                        run.inputs(),
                        TERMS)
                .get(name);
        for (int i = 0; i < right.size(); i++) {
            if (right.real(i) == 0 && reference.outputs().get(name).real(i) == 0) {
                Verdict other = judged(testCase, reference, name, i, -right.real(i));
                assertThat(accepted.sign().bits(i) != 0).as("%s[%d]", name, i).isEqualTo(other == Verdict.FAIL);
            }
        }
    }

    /** The verdict on the reference with one element replaced. */
    private static Verdict judged(TestCase testCase, Reference reference, String output, int i, double value) {
        TreeMap<String, Tensor> outputs = new TreeMap<>();
        reference.outputs().forEach((name, v) -> outputs.put(name, v.rounded()));
        Tensor right = outputs.get(output);
        Tensor.Builder changed = new Tensor.Builder(right.type(), right.shape());
        for (int k = 0; k < right.size(); k++) {
            changed.setBits(k, right.bits(k));
        }
        FloatFormat format = right.type().format();
        changed.setBits(i, format.encode(value));
        outputs.put(output, changed.build());
        return JUDGE.judge(testCase, Observation.Outputs.of(outputs), TERMS).verdict();
    }
}
