package org.aiis.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.NodePlacement.State;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Observation.Phase;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class StandardJudgeTest {
    private static final Tensor RIGHT = Tensor.ofFloats(Shape.of(2), 1, 2);
    private static final Tensor WRONG = Tensor.ofFloats(Shape.of(2), 1, 3);
    private static final Observation REJECTED =
            new Observation.Rejected(Phase.LOAD, "NOT_IMPLEMENTED", "no such kernel");
    private static final Observation GOOD = Observation.Outputs.of(Map.of("y", RIGHT));
    private static final Observation BAD = Observation.Outputs.of(Map.of("y", WRONG));
    private static final Expectation EXACT = new Expectation.ByOracle(new Tolerance.Exact());
    private static final Terms REQUIRED = terms(Set.of(new OperatorType("Relu", ElementType.FLOAT32)), Set.of());

    @Test
    void theRightOutputPasses() {
        assertThat(judge(EXACT, GOOD, REQUIRED).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aWrongElementIsNamedWithReferenceErrorAndTolerance() {
        Finding finding = judge(new Expectation.ByOracle(new Tolerance.Ulp(4, 0)), BAD, REQUIRED);
        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.message())
                .isEqualTo("OP-Relu-VALUES/x: y[1] = 0x1.8p1, reference 0x1.0p1, 1.05e+06 of its limit, allowed ulp 4");
        assertThat(finding.basis()).isEqualTo(Finding.Basis.ONNX);
        assertThat(finding.worst()).hasValueSatisfying(w -> assertThat(w).isGreaterThan(1e6));
    }

    @Test
    void namesTypesAndShapesAreComparedFirst() {
        assertThat(judge(EXACT, Observation.Outputs.of(Map.of("z", RIGHT)), REQUIRED)
                        .message())
                .contains("outputs [z]");
        assertThat(judge(
                                EXACT,
                                Observation.Outputs.of(
                                        Map.of("y", Tensor.ofReals(ElementType.FLOAT64, Shape.of(2), 1, 2))),
                                REQUIRED)
                        .message())
                .contains("type float64, expected float32");
        assertThat(judge(EXACT, Observation.Outputs.of(Map.of("y", RIGHT.reshaped(Shape.of(1, 2)))), REQUIRED)
                        .message())
                .contains("shape [1, 2], expected [2]");
    }

    @Test
    void aDigestStandsForAnExactMatchOnly() {
        Observation right = digest(RIGHT);
        assertThat(judge(EXACT, right, REQUIRED).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge(EXACT, digest(WRONG), REQUIRED).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judge(new Expectation.ByOracle(new Tolerance.Ulp(1, 0)), right, REQUIRED)
                        .verdict())
                .isEqualTo(Verdict.ERROR);
    }

    @Test
    void rejectingWhatIsRequiredFailsAndWhatIsNotPasses() {
        assertThat(judge(EXACT, REJECTED, REQUIRED).reason()).contains("rejected");
        Finding optional = judge(EXACT, REJECTED, Stated.TERMS);
        assertThat(optional.verdict()).isEqualTo(Verdict.PASS);
        assertThat(optional.message()).contains("rejected as unsupported");
        assertThat(judge(EXACT, BAD, Stated.TERMS).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void deathsTimeOutsAndBreachesOfTheProtocolFailWhateverIsExpected() {
        Expectation any = new Expectation.Survival();
        assertThat(judge(any, new Observation.Crashed(Phase.RUN, "SIGSEGV", ""), Stated.TERMS)
                        .reason())
                .contains("crashed");
        assertThat(judge(any, new Observation.TimedOut(Phase.RUN, 5), Stated.TERMS)
                        .reason())
                .contains("timed-out");
        assertThat(judge(any, new Observation.Violated(Phase.RUN, "?"), Stated.TERMS)
                        .reason())
                .contains("protocol");
        assertThat(judge(any, REJECTED, Stated.TERMS).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge(any, BAD, Stated.TERMS).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge(any, new Observation.NotDriven("no device"), Stated.TERMS)
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void placementOnAnotherProviderFailsAndDeclaredIsNotDriven() {
        assertThat(placed(State.PROVIDER, "P", REQUIRED).verdict()).isEqualTo(Verdict.PASS);
        assertThat(placed(State.FUSED_INTO, "fused_0 P", REQUIRED).verdict()).isEqualTo(Verdict.PASS);
        assertThat(placed(State.FUSED_INTO, "f (Gemm, P)", REQUIRED).verdict()).isEqualTo(Verdict.PASS);
        assertThat(placed(State.PROVIDER, "CPU", REQUIRED).reason()).contains("placement");
        assertThat(placed(State.FUSED_INTO, "P (P, CPUP)", REQUIRED).reason()).contains("placement");

        Set<OperatorType> relu = Set.of(new OperatorType("Relu", ElementType.FLOAT32));
        Finding claimed = placed(State.PROVIDER, "CPU", terms(relu, Set.of("Relu")));
        assertThat(claimed.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(claimed.reason()).contains("not-driven");
        assertThat(claimed.message()).contains("ran on CPU, and not on P, as the ICS declares");
    }

    @Test
    void aDeclaredFallbackOfWhatIsNotClaimedDoesNotApplyAndAWrongValueStaysWrong() {
        Terms declared = terms(Set.of(), Set.of("Relu"));
        TestCase pair = Stated.testCase("OP-Relu-TYPES/float32/opset17/plain", EXACT, run());

        assertThat(judge().judge(pair, on("CPU", RIGHT), declared).verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(judge().judge(pair, on("P", RIGHT), declared).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge().judge(pair, on("CPU", WRONG), declared).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void anUndeclaredFallbackIsToldByTheNodeItsOperatorAndBothProviders() {
        Finding fallback = placed(State.PROVIDER, "CPU", REQUIRED);
        assertThat(fallback.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(fallback.message()).matches(".*node \\S+ \\(Relu\\) ran on CPU, and not on P");
    }

    @Test
    void whatWasCompiledAwayOrIsUnknownWasNotDriven() {
        assertThat(placed(State.FOLDED, "", REQUIRED).reason()).contains("not-driven");
        assertThat(placed(State.FOLDED, "", REQUIRED).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(placed(State.ELIMINATED, "", REQUIRED).reason()).contains("not-driven");
        assertThat(placed(State.ELIMINATED, "", REQUIRED).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(placed(State.UNKNOWN, "", REQUIRED).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aRejectionCountsOnlyBehindATwinThatRanRight() {
        Expectation rejection = new Expectation.Rejection(new Tolerance.Exact());
        assertThat(twins(rejection, GOOD, REJECTED, REQUIRED).verdict()).isEqualTo(Verdict.PASS);
        assertThat(twins(rejection, GOOD, BAD, REQUIRED).message()).contains("ran and gave y = float32[2]{1.0, 3.0}");
        assertThat(twins(rejection, REJECTED, REJECTED, REQUIRED).reason()).contains("twin-rejected");
        assertThat(twins(rejection, REJECTED, REJECTED, Stated.TERMS).verdict()).isEqualTo(Verdict.PASS);
        assertThat(twins(rejection, BAD, REJECTED, REQUIRED).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aRejectionAtRunIsTooLateWhereLoadIsAsked() {
        Observation late = new Observation.Rejected(Phase.RUN, "FAIL", "now");
        assertThat(twins(new Expectation.Rejection(new Tolerance.Exact(), true), GOOD, late, REQUIRED)
                        .reason())
                .contains("rejected-late");
        assertThat(twins(new Expectation.Rejection(new Tolerance.Exact(), true), GOOD, REJECTED, REQUIRED)
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void oneOfTakesTheBest() {
        Expectation either =
                new Expectation.OneOf(List.of(new Expectation.Outputs(new TreeMap<>(Map.of("y", WRONG))), EXACT));
        assertThat(judge(either, BAD, REQUIRED).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge(either, GOOD, REQUIRED).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge(either, Observation.Outputs.of(Map.of("y", Tensor.ofFloats(Shape.of(2), 0, 0))), REQUIRED)
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void aBehaviourFailsWithItsAssertionAndIsNotApplicableWhereItSaysSo() {
        assertThat(judge(new Expectation.Behaviour((seen, t) -> Finding.pass()), GOOD, REQUIRED)
                        .verdict())
                .isEqualTo(Verdict.PASS);
        Finding unmet = judge(
                new Expectation.Behaviour((seen, t) -> {
                    throw new AssertionError("3 is not 4");
                }),
                GOOD,
                REQUIRED);
        assertThat(unmet.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(unmet.message()).contains("3 is not 4");
        Finding unclaimed = judge(
                new Expectation.Behaviour((seen, t) -> {
                    throw new TestAbortedException("not claimed");
                }),
                GOOD,
                REQUIRED);
        assertThat(unclaimed.verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void aFaultOfTheOracleIsAnError() {
        Oracle broken = new Oracle() {
            @Override
            public void check(org.aiis.spec.tensor.Bytes model) {}

            @Override
            public org.aiis.spec.testing.Reference evaluate(Bytes model, Map<String, Tensor> inputs) {
                throw new Oracle.Refusal(true, "no such operator");
            }

            @Override
            public String digest() {
                return "";
            }
        };
        Finding finding = new StandardJudge(broken, StandardReader.bundled()).judge(testCase(EXACT), GOOD, REQUIRED);
        assertThat(finding.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(finding.message()).contains("no such operator");
    }

    @Test
    void rejectionsWithoutAWordAreCounted() {
        Observation silent = new Observation.Rejected(Phase.LOAD, "FAIL", " ");
        assertThat(judge(EXACT, silent, REQUIRED).tallies())
                .containsEntry("rejections", 1L)
                .containsEntry("rejections.silent", 1L);
        assertThat(judge(EXACT, REJECTED, REQUIRED).tallies()).doesNotContainKey("rejections.silent");
    }

    @Test
    void theLevelThatIsClaimedChoosesTheTolerance() {
        Stated one = Stated.of(ElementType.FLOAT32, 1);
        double y = 1 + 2 * 0x1p-23;
        TestCase divided = Stated.testCase(
                "OP-Div-VALUES/x",
                new Expectation.ByOracle(new Tolerance.Ulp(0.5, 0)),
                Tensor.ofFloats(Shape.of(1), 1));
        Observation seen = Observation.Outputs.of(Map.of("y", Tensor.ofReals(ElementType.FLOAT32, Shape.of(1), y)));
        StandardJudge judge = new StandardJudge(Stated.oracle(one), StandardReader.bundled());
        Terms relaxed = new Terms(Accuracy.RELAXED, Set.of(), Set.of(), Set.of(), "P", Set.of(), Map.of());
        assertThat(judge.judge(divided, seen, relaxed).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge.judge(divided, seen, Stated.TERMS).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void whatCouldNotBeShownIsNotApplicableWhereItIsNotClaimed() {
        Observation undriven = new Observation.NotDriven("no such step");
        Observation died = new Observation.Crashed(Phase.RUN, "SIGSEGV", "");
        Expectation unclaimed = new Expectation.Behaviour((seen, terms) -> {
            throw new TestAbortedException("the ICS does not claim it");
        });
        Expectation claimed = new Expectation.Behaviour((seen, terms) -> {
            throw new AssertionError("no outputs");
        });
        assertThat(judge(unclaimed, undriven, REQUIRED).verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(judge(claimed, undriven, REQUIRED).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judge(unclaimed, died, REQUIRED).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aRejectionThatKeptLaterStepsFromBeingShownIsJudgedWhereTheCaseAsksForIt() {
        Observation seen = new Observation.Transcript(
                List.of(REJECTED, new Observation.NotDriven("no model is loaded under 'm'")));
        Expectation.Check check = Expectation.Check.asserting((s, terms) -> {
            throw new AssertionError("no outputs");
        });
        Finding judged = judge(new Expectation.Behaviour(check, true), seen, REQUIRED);
        assertThat(judged.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judged.message()).contains("a session was refused");
        assertThat(judge(new Expectation.Behaviour(check), seen, REQUIRED).verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judge(
                                new Expectation.Behaviour(check, true),
                                new Observation.Transcript(List.of(new Observation.NotDriven("no"), REJECTED)),
                                REQUIRED)
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    private static Finding judge(Expectation expectation, Observation seen, Terms terms) {
        return judge().judge(testCase(expectation), seen, terms);
    }

    private static StandardJudge judge() {
        return new StandardJudge(Stated.oracle(Stated.of(ElementType.FLOAT32, 1, 2)), StandardReader.bundled());
    }

    private static TestCase testCase(Expectation expectation) {
        return Stated.testCase("OP-Relu-VALUES/x", expectation, run());
    }

    private static Stimulus.ModelRun run() {
        Bytes model = new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, 2)
                .openOutput("y", ElementType.FLOAT32)
                .node("Relu", List.of("x"), List.of("y"))
                .build();
        return new Stimulus.ModelRun(model, Map.of("x", RIGHT));
    }

    @Test
    void operatorsThatRanElsewhereAreNamed() {
        Placement placement = new Placement(Map.of("n0", "Relu", "n1", "Abs"), REQUIRED);
        assertThat(placement.operatorsElsewhere(List.of(
                        new NodePlacement("n0", State.PROVIDER, "P"),
                        new NodePlacement("n1", State.PROVIDER, "CPU"),
                        new NodePlacement("n2", State.FOLDED, ""))))
                .containsExactly("Abs");
    }

    private static Observation on(String provider, Tensor y) {
        return new Observation.Outputs(
                new TreeMap<>(Map.of("y", new Recorded.Whole(y))),
                List.of(new NodePlacement("n0", State.PROVIDER, provider)));
    }

    private static Finding placed(State state, String by, Terms terms) {
        TreeMap<String, Recorded> values = new TreeMap<>(Map.of("y", new Recorded.Whole(RIGHT)));
        return judge(EXACT, new Observation.Outputs(values, List.of(new NodePlacement("n0", state, by))), terms);
    }

    private static Finding twins(Expectation expectation, Observation valid, Observation broken, Terms terms) {
        return judge().judge(
                        Stated.testCase("OP-Relu-REJECT/x", expectation, new Stimulus.MustReject(run(), run())),
                        new Observation.Twins(valid, broken),
                        terms);
    }

    private static Observation digest(Tensor tensor) {
        TreeMap<String, Recorded> values = new TreeMap<>();
        values.put("y", new Recorded.Digest(tensor.type(), tensor.shape(), tensor.digest()));
        return new Observation.Outputs(values, List.of());
    }

    private static Terms terms(Set<OperatorType> required, Set<String> fallback) {
        return new Terms(Accuracy.FULL, required, Set.of(), Set.of(), "P", fallback, Map.of());
    }
}
