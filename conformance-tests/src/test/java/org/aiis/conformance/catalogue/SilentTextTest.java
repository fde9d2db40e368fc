package org.aiis.conformance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.conformance.scheme.Home;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;
import org.junit.jupiter.api.Test;

/** Cases under a shall ask for nothing of which ONNX's text is silent, or says two things. */
class SilentTextTest {
    private static final Collection<TestCase> CASES =
            Catalogue.of(StandardReader.bundled(), Home.find().root()).cases();

    @Test
    void noCaseOfARecurrentLayerSeesTheStepsBehindTheEndOfASequence() {
        List<TestCase> lengths = CASES.stream()
                .filter(c -> c.id().matches("OP-(RNN|GRU|LSTM)-SHAPES/.*/lengths.*"))
                .toList();
        assertThat(lengths).hasSizeGreaterThanOrEqualTo(9);
        assertThat(lengths).allSatisfy(c -> assertThat(values((Stimulus.ModelRun)
                                c.stimulus().get())
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
