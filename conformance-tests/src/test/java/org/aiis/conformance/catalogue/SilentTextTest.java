package org.aiis.conformance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.conformance.judge.StandardJudge;
import org.aiis.conformance.scheme.Home;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;

/** Cases under a shall ask for nothing of which ONNX's text is silent, or says two things. */
class SilentTextTest {
    private static final Collection<TestCase> CASES =
            Catalogue.of(StandardReader.bundled(), Home.find().root()).cases();

    private static final StandardJudge JUDGE = new StandardJudge(new Evaluator(), StandardReader.bundled());
    private static final Terms TERMS =
            new Terms(Accuracy.RELAXED, Set.of(), Set.of(), Set.of(), "", Set.of(), Map.of());

    @Test
    void noCaseOfARecurrentLayerSeesTheStepsBehindTheEndOfASequence() {
        List<TestCase> lengths = CASES.stream()
                .filter(c -> c.id().matches("OP-(RNN|GRU|LSTM)-SHAPES/.*/lengths.*"))
                .toList();
        assertThat(lengths).hasSizeGreaterThanOrEqualTo(9);
        assertThat(lengths).allSatisfy(c -> assertThat(
                        values((Stimulus.ModelRun) c.stimulus().get())
                                .flatMap(y -> IntStream.range(0, y.size()).mapToObj(y::real)))
                .as(c.id())
                .doesNotContain(0.0));
    }

    @Test
    void theScalesOfResizeAreWhatItsLengthsGiveWhereTheElementsDiffer() {
        List<TestCase> resize = CASES.stream()
                .filter(c -> c.id().matches("OP-Resize-(VALUES|TYPES|SHAPES|SPECIAL)/.*"))
                .filter(c -> !c.id().contains("half-pixel-symmetric"))
                .toList();
        assertThat(resize).hasSizeGreaterThan(100).allSatisfy(c -> {
            Stimulus.ModelRun run = (Stimulus.ModelRun) c.stimulus().get();
            ModelProto model = Models.parse(run.model());
            NodeProto node = model.getGraph().getNode(0);
            Tensor x = run.inputs().get("x0");
            if (node.getInputCount() == 3 && x.type().isFloat() && differ(x)) {
                Tensor scales = tensor(model, run, node.getInput(2));
                int[] axes = axes(node, x.shape().rank());
                for (int i = 0; i < scales.size(); i++) {
                    assertThat(x.shape().dim(axes[i]) * scales.real(i))
                            .as("%s, axis %d", c.id(), axes[i])
                            .isEqualTo(Math.rint(x.shape().dim(axes[i]) * scales.real(i)));
                }
            }
        });
    }

    /** ONNX says what fmod 0 and 1 are, and nothing of other numbers. */
    @Test
    void noOtherValueOfFmodHasToBeRefused() {
        assertThat(CASES).extracting(TestCase::id).noneMatch(id -> id.matches("OP-Mod-REJECT/.*fmod-\\d+"));
    }

    /** ONNX's text has the mean of (X − mean)², its function body E(x²) − E(x)², here summed in float32 one by one. */
    @Test
    void layerNormalizationByItsFunctionBodyIsRight() {
        TestCase offset = CASES.stream()
                .filter(c -> c.id().equals("OP-LayerNormalization-VALUES/float32/opset17/offset"))
                .findFirst()
                .orElseThrow();
        Stimulus.ModelRun run = (Stimulus.ModelRun) offset.stimulus().get();
        ModelProto model = Models.parse(run.model());
        NodeProto node = model.getGraph().getNode(0);
        Tensor x = run.inputs().get("x0");
        Tensor scale = tensor(model, run, node.getInput(1));
        Tensor shift = tensor(model, run, node.getInput(2));
        int length = x.shape().dim(1);
        float[] y = new float[x.size()];
        for (int row = 0; row < x.shape().dim(0); row++) {
            float sum = 0;
            float squares = 0;
            for (int i = 0; i < length; i++) {
                float value = (float) x.real(row * length + i);
                sum += value;
                squares += value * value;
            }
            float mean = sum / length;
            float deviation = (float) Math.sqrt(squares / length - mean * mean + 1e-5f);
            for (int i = 0; i < length; i++) {
                float normal = ((float) x.real(row * length + i) - mean) / deviation;
                y[row * length + i] = normal * (float) scale.real(i) + (float) shift.real(i);
            }
        }
        Observation observed = Observation.Outputs.of(Map.of("y", Tensor.ofFloats(x.shape(), y)));
        assertThat(JUDGE.judge(offset, observed, TERMS).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void theSignOfAZeroThatReluGivesIsOpenInTheCasesOfOtherRequirementsToo() {
        Stimulus.Script script = (Stimulus.Script) CASES.stream()
                .filter(c -> c.id().equals("EXCH-DYNAMIC/rows-1-4-2"))
                .findFirst()
                .orElseThrow()
                .stimulus()
                .get();
        assertThat(script.steps().stream()
                        .filter(Step.Run.class::isInstance)
                        .flatMap(step -> ((Step.Run) step).inputs().values().stream())
                        .map(feed -> ((Step.Feed.Inline) feed).tensor())
                        .flatMap(x -> IntStream.range(0, x.size()).mapToObj(x::real)))
                .isNotEmpty()
                .allMatch(value -> value > 0);
    }

    private static Stream<Tensor> values(Stimulus.ModelRun run) {
        return new Evaluator()
                .evaluate(run.model(), run.inputs()).outputs().values().stream().map(value -> value.rounded());
    }

    private static boolean differ(Tensor x) {
        return IntStream.range(1, x.size()).anyMatch(i -> x.bits(i) != x.bits(0));
    }

    private static Tensor tensor(ModelProto model, Stimulus.ModelRun run, String name) {
        return model.getGraph().getInitializerList().stream()
                .filter(t -> t.getName().equals(name))
                .map(TensorProtos::read)
                .findFirst()
                .orElseGet(() -> run.inputs().get(name));
    }

    private static int[] axes(NodeProto node, int rank) {
        return node.getAttributeList().stream()
                .filter(a -> a.getName().equals("axes"))
                .map(AttributeProto::getIntsList)
                .findFirst()
                .map(axes -> axes.stream()
                        .mapToInt(axis -> Math.floorMod(axis.intValue(), rank))
                        .toArray())
                .orElseGet(() -> IntStream.range(0, rank).toArray());
    }
}
