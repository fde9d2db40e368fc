package org.aiis.conformance.catalogue.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each check is seen failing on a system under test that computes something else than the model says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultyTwinTest {
    private final Fixture fixture = new Fixture(Path.of(System.getProperty("aiis.home")));
    private final PipelineCases source = new PipelineCases(Path.of(System.getProperty("aiis.home")));

    @Test
    void aGradientOffByAThousandthFails() {
        UnaryOperator<Bytes> fault = Rewritten.scaled("Concat", 1.001);
        fails("TRAIN-STEP-GRADIENT/first", fault, "gradient of dense");
        fails("TRAIN-PARTIAL-BATCH/20-of-32", fault, "gradient");
    }

    @Test
    void aLossOffByAFiftyThousandthFails() {
        fails("TRAIN-STEP-LOSS/first", Rewritten.scaled("Neg", 1 + 2e-5), "loss");
    }

    @Test
    void adamWithoutCorrectionOfBiasFails() {
        UnaryOperator<Bytes> fault = Rewritten.scaled("Pow", 0);
        fails("TRAIN-STEP-UPDATE/first", fault, "w[");
        fails("TRAIN-STEP-UPDATE/later", fault, "w[");
        fails("TRAIN-TEN-STEPS/batch-32", fault, "loss of step");
    }

    @Test
    void aMeanOverTheNominalBatchFailsOnAPartialOne() {
        fails("TRAIN-PARTIAL-BATCH/20-of-32", nominalBatch(), "gradient");
    }

    @Test
    void trainingOnWrongLabelsFails() {
        fails("TRAIN-TEN-STEPS/batch-32", Rewritten.wrongLabels(), "loss of step");
    }

    @Test
    void aRectifierThatPassesNoGradientBackFails() {
        fails("TRAIN-STEP-GRADIENT/later", Rewritten.scaled("Greater", 1), "step");
        fails("TRAIN-STEP-GRADIENT/later", Rewritten.replaced("Greater", "Less", 0, 1), "dense0");
    }

    @Test
    void aStaleCheckpointFailsToResume() {
        TestCase resume = named("TRAIN-RESUME/5-and-5-steps");
        List<Step> steps = new ArrayList<>(((Stimulus.Script) resume.stimulus().get()).steps());
        int reload = lastLoad(steps);
        steps.add(reload + 1, new Step.Put("w.1", fixture.weights()));
        Finding finding = Stage.judge(resume, Stage.faultless().play(steps), Map.of());
        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.message()).contains("loss of step");
    }

    @Test
    void aRepeatedTrainingWithOtherLastBitsFailsWhereDeterminismIsClaimed() {
        TestCase twice = named("TRAIN-REPEATABLE/40-steps");
        Observation right = Stage.faultless().play(twice.stimulus().get());
        Observation wrong = with(right, "w.0", 1, tensor -> edited(tensor, 7, tensor.bits(7) + 1));
        assertThat(Stage.judge(twice, wrong, Map.of(), "run-to-run").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(Stage.judge(twice, wrong, Map.of()).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aTrainingThatClimbsFails() {
        fails("TRAIN-LOSS-FALLS/5-epochs", Rewritten.swapped("Sub"), "mean loss");
    }

    @Test
    void parametersFittedOnAllRecordsFail() {
        fails("PRE-FIT-TRAINING-ONLY/table", Rewritten.replaced("Gather", "Identity", 0), "after records outside");
    }

    @Test
    void replacementsAndBoundsFittedOnAllRecordsFail() {
        UnaryOperator<Bytes> fault = Rewritten.replaced("Gather", "Identity", 0);
        fails("PRE-MISSING-FITTED/mean", fault, "after records outside");
        fails("PRE-OUTLIER-FITTED/z-score", fault, "after records outside");
        fails("PRE-OUTLIER-FITTED/quartiles", fault, "after records outside");
    }

    @Test
    void aQuartileThatIsNotInterpolatedFails() {
        fails("PRE-OUTLIER-FITTED/quartiles", Rewritten.scaled("GatherElements", 1 + 1e-5), "high");
        fails("PRE-OUTLIER-FITTED/quartiles", Rewritten.replaced("Floor", "Ceil", 0), "[");
    }

    @Test
    void aColumnWithoutValuesThatGetsAnotherConstantFails() {
        // No column is ever seen to be empty: 0 over the records that are present, taken to be one, is 0.
        fails("PRE-MISSING-ALL/constant", Rewritten.replaced("Equal", "Less", 0, 1), "replacement in a column");
    }

    @Test
    void aTestPartThatIsTheEarliestFails() {
        fails(
                "PRE-SPLIT-TIME/share-20",
                Rewritten.nodes(node ->
                        node.getOpType().equals("Less") && node.getInput(0).equals("times")
                                ? List.of(node.toBuilder().setOpType("Greater").build())
                                : List.of(node)),
                "time of the earliest test record");
        fails("PRE-SPLIT-TIME/share-20", Rewritten.replaced("Sub", "Identity", 0), "no test record");
    }

    @Test
    void imagesWithTwoAxesTurnedFail() {
        fails(
                "PRE-IMAGE-LAYOUT/three-channels",
                Rewritten.nodes(node -> node.getOpType().equals("Transpose")
                        ? List.of(node.toBuilder()
                                .clearAttribute()
                                .addAttribute(org.aiis.reference.onnx.Attribute.ints("perm", 0, 3, 2, 1))
                                .build())
                        : List.of(node)),
                "channels last, moved");
    }

    @Test
    void metricsMiscomputedFail() {
        fails("EVAL-CLASS-METRICS/five-classes", Rewritten.replaced("Sub", "Identity", 0), "specificity");
        fails("EVAL-CLASS-METRICS/five-classes", Rewritten.replaced("Add", "Identity", 0), "f1");
        fails("EVAL-AREA/equal-scores", Rewritten.replaced("Equal", "Less", 0, 1), "area");
        fails("EVAL-AREA/equal-scores", Rewritten.replaced("Greater", "GreaterOrEqual", 0, 1), "area");
        fails("EVAL-CALIBRATION-ERROR/ten-bins", Rewritten.replaced("Floor", "Round", 0), "count");
        fails("EVAL-CALIBRATION-ERROR/ten-bins", Rewritten.replaced("Abs", "Identity", 0), "calibration");
        fails("EVAL-REGRESSION-METRICS/flow", Rewritten.replaced("Sqrt", "Identity", 0), "rmse");
        fails("EVAL-REGRESSION-METRICS/flow", Rewritten.replaced("Abs", "Identity", 0), "m");
        fails("EVAL-REGRESSION-METRICS/flow", Rewritten.replaced("GreaterOrEqual", "Greater", 0, 1), "mape");
    }

    @Test
    void alarmsThatNeedMoreThanTheThresholdAndEventsThatCountTwiceFail() {
        UnaryOperator<Bytes> more = Rewritten.replaced("GreaterOrEqual", "Greater", 0, 1);
        fails("EVAL-DETECTION/five-places", more, "false_alarms");
        fails("EVAL-DETECTION/five-places", Rewritten.replaced("Sub", "Identity", 1), "false_alarms");
    }

    @Test
    void aFoldThatTrainsOnItsValidationPartFails() {
        UnaryOperator<Bytes> fault = Rewritten.nodes(node -> node.getOpType().equals("Not")
                ? List.of(node.toBuilder()
                        .setOpType("Equal")
                        .addInput(node.getInput(0))
                        .build())
                : List.of(node));
        fails("EVAL-FOLDS/five", fault, "records of both parts of fold 0");
        fails("EVAL-FOLDS/five", Rewritten.replaced("Mod", "Sub", 0, 1), "");
    }

    @Test
    void aSplitThatLeaksTestRecordsIntoTrainingFails() {
        UnaryOperator<Bytes> everyRecordTrains =
                Rewritten.nodes(node -> node.getOpType().equals("Not")
                        ? List.of(node.toBuilder()
                                .setOpType("Equal")
                                .addInput(node.getInput(0))
                                .build())
                        : List.of(node));
        fails("PRE-SPLIT-DISJOINT/share-20", everyRecordTrains, "places of records");
        fails("PRE-SPLIT-STRATIFIED/share-20", everyRecordTrains, "training part of class");
    }

    @Test
    void aSplitThatLooksAtNoClassFails() {
        fails("PRE-SPLIT-STRATIFIED/share-50", Rewritten.replaced("And", "Or", 0, 1), "class");
    }

    @Test
    void featuresOfAveragesInPlaceOfMaximaFail() {
        UnaryOperator<Bytes> fault = Rewritten.nodes(node -> node.getOpType().equals("MaxPool")
                ? List.of(node.toBuilder().setOpType("AveragePool").build())
                : List.of(node));
        fails("FEAT-CNN-SHAPE/images", fault, "feature");
        fails("FEAT-BATCH-INVARIANT/images", fault, "feature");
    }

    @Test
    void aRectifierLeftOutFails() {
        fails("FEAT-NONNEGATIVE/images", Rewritten.replaced("Relu", "Identity", 0), "feature");
    }

    @Test
    void anImageScaledBy256Fails() {
        fails("PRE-IMAGE-SCALE/levels", Rewritten.scaled("Div", 255.0 / 256), "255 scaled");
    }

    @Test
    void aConfusionMatrixTurnedOverFails() {
        TestCase confusion = named("EVAL-CONFUSION/fashion-mnist");
        Observation right = Stage.faultless().play(confusion.stimulus().get());
        Observation turned = with(right, "confusion", 0, FaultyTwinTest::transposed);
        assertThat(Stage.judge(confusion, turned, Map.of()).verdict()).isEqualTo(Verdict.FAIL);

        TestCase accuracy = named("EVAL-ACCURACY/fashion-mnist");
        Observation padded = with(right, "correct", 0, t -> edited(t, 0, t.bits(0) + 1));
        assertThat(Stage.judge(accuracy, padded, Map.of()).message()).contains("counted on the graph");
        Observation rounded = with(right, "accuracy", 0, t -> edited(t, 0, t.bits(0) + 8));
        assertThat(Stage.judge(accuracy, rounded, Map.of()).verdict()).isEqualTo(Verdict.FAIL);

        Observation shuffled = with(right, "predicted", 0, FaultyTwinTest::reversed);
        assertThat(judged("EVAL-ACCURACY/fashion-mnist", shuffled)).isEqualTo(Verdict.FAIL);
        assertThat(judged("EVAL-PREDICTIONS/fashion-mnist", shuffled)).isEqualTo(Verdict.FAIL);
        assertThat(judged("EVAL-NON-INFERIOR/fashion-mnist", shuffled)).isEqualTo(Verdict.FAIL);

        // The first piece of the held-out images, the eleventh of all, is the first of the training images again.
        Tensor leaked = outputs(right, "fingerprint").get(0).tensor();
        Observation leaking = with(right, "fingerprint", 10, t -> leaked);
        assertThat(judged("EVAL-HELD-OUT/fashion-mnist", leaking)).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aDeployedModelWithStaleWeightsFails() {
        for (String id :
                List.of("DEPL-EXPORT/fashion-mnist", "DEPL-SAME-PREDICTIONS/held-out", "DEPL-OPSET-DECLARED/opset21")) {
            TestCase testCase = named(id);
            List<Step> steps = ((Stimulus.Script) testCase.stimulus().get())
                    .steps().stream()
                            .map(step -> step instanceof Step.LoadExported export
                                    ? new Step.Load(export.model(), export.template(), false)
                                    : step)
                            .toList();
            assertThat(Stage.judge(testCase, Stage.faultless().play(steps), Map.of())
                            .verdict())
                    .as(id)
                    .isEqualTo(Verdict.FAIL);
        }
    }

    @Test
    void aReloadedModelWithOtherLastBitsFailsWhereDeterminismIsClaimed() {
        TestCase reload = named("DEPL-RELOAD/new-session");
        Observation right = Stage.faultless().play(reload.stimulus().get());
        Observation wrong = with(right, "scores", 1, t -> edited(t, 3, t.bits(3) ^ 1));
        assertThat(Stage.judge(reload, wrong, Map.of(), "run-to-run").verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aBatchWhoseLastRecordIsLostFails() {
        TestCase sizes = named("DEPL-BATCH-SIZES/1-31-256");
        Observation right = Stage.faultless().play(sizes.stimulus().get());
        Observation wrong = with(right, "scores", 1, t -> edited(t, t.size() - 1, 0));
        assertThat(Stage.judge(sizes, wrong, Map.of()).message()).contains("batch of 31[309]");
    }

    @Test
    void aLoadOverItsBoundFailsAndOneWithoutBoundDecidesNothing() {
        TestCase latency = named("PERF-SINGLESTREAM-LATENCY/quick");
        Observation load = measured(1000, 2_000_000, 3_000_000_000L);
        assertThat(Stage.judge(latency, load, Map.of("single-stream-p90-millis", 1.0))
                        .verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(Stage.judge(latency, load, Map.of("single-stream-p90-millis", 3.0))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(Stage.judge(latency, load, Map.of()).reason()).contains("no-bound");
        TestCase throughput = named("PERF-OFFLINE-THROUGHPUT/quick");
        assertThat(Stage.judge(throughput, load, Map.of("offline-samples-per-second", 4e4))
                        .verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(Stage.judge(throughput, load, Map.of("offline-samples-per-second", 3e4))
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void aLoadWhoseTimesDoNotAddUpFails() {
        Observation impossible = measured(1000, 2_000_000, 1_000_000_000L);
        assertThat(judged("PERF-SINGLESTREAM/quick", impossible)).isEqualTo(Verdict.FAIL);
    }

    private static Observation measured(int queries, long nanos, long total) {
        Tensor.Builder latencies = new Tensor.Builder(ElementType.INT64, Shape.of(queries));
        for (int i = 0; i < queries; i++) {
            latencies.setBits(i, nanos);
        }
        return new Observation.Transcript(
                List.of(new Observation.Measured(latencies.build(), queries, total, new TreeMap<>(), new TreeMap<>())));
    }

    private void fails(String id, UnaryOperator<Bytes> fault, String message) {
        Finding finding = new Stage(fault).judge(named(id));
        assertThat(finding.verdict()).as("%s: %s", id, finding.message()).isEqualTo(Verdict.FAIL);
        assertThat(finding.message()).as(id).contains(message);
    }

    private Verdict judged(String id, Observation observation) {
        return Stage.judge(named(id), observation, Map.of()).verdict();
    }

    private TestCase named(String id) {
        return source.cases().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
    }

    private static UnaryOperator<Bytes> nominalBatch() {
        return Rewritten.nodes(node -> {
            if (!node.getOpType().equals("Shape")) {
                return List.of(node);
            }
            Tensor nominal = Tensor.ofLongs(ElementType.INT64, Shape.of(1), 32);
            return List.of(node.toBuilder()
                    .setOpType("Constant")
                    .clearInput()
                    .addAttribute(org.aiis.reference.onnx.Attribute.of("value", nominal))
                    .build());
        });
    }

    private static int lastLoad(List<Step> steps) {
        int last = 0;
        for (int i = 0; i < steps.size(); i++) {
            last = steps.get(i) instanceof Step.Load ? i : last;
        }
        return last;
    }

    private static List<Recorded> outputs(Observation observation, String name) {
        return ((Observation.Transcript) observation)
                .steps().stream()
                        .filter(Observation.Outputs.class::isInstance)
                        .map(answer -> ((Observation.Outputs) answer).values())
                        .filter(values -> values.containsKey(name))
                        .map(values -> values.get(name))
                        .toList();
    }

    /** The transcript with the tensor sent back as {@code name} for the {@code which}th time changed. */
    private static Observation with(Observation observation, String name, int which, UnaryOperator<Tensor> change) {
        List<Observation> answers = new ArrayList<>();
        int seen = 0;
        for (Observation answer : ((Observation.Transcript) observation).steps()) {
            if (answer instanceof Observation.Outputs outputs
                    && outputs.values().containsKey(name)
                    && seen++ == which) {
                Map<String, Tensor> values = new TreeMap<>();
                outputs.values().forEach((n, recorded) -> values.put(n, recorded.tensor()));
                values.computeIfPresent(name, (n, tensor) -> change.apply(tensor));
                answers.add(Observation.Outputs.of(values));
            } else {
                answers.add(answer);
            }
        }
        assertThat(seen).isGreaterThan(which);
        return new Observation.Transcript(answers);
    }

    private static Tensor edited(Tensor tensor, int at, long bits) {
        Tensor.Builder copy = new Tensor.Builder(tensor.type(), tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            copy.setBits(i, i == at ? bits : tensor.bits(i));
        }
        return copy.build();
    }

    private static Tensor reversed(Tensor tensor) {
        Tensor.Builder copy = new Tensor.Builder(tensor.type(), tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            copy.setBits(i, tensor.bits(tensor.size() - 1 - i));
        }
        return copy.build();
    }

    private static Tensor transposed(Tensor tensor) {
        int n = tensor.shape().dim(0);
        Tensor.Builder copy = new Tensor.Builder(tensor.type(), tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            copy.setBits(i, tensor.bits(i % n * n + i / n));
        }
        return copy.build();
    }
}
