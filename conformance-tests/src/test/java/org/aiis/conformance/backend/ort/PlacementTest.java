package org.aiis.conformance.backend.ort;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aiis.conformance.backend.ort.Graph.Node;
import org.aiis.conformance.backend.ort.Profile.Event;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.conformance.worker.WorkerSettings;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.NodePlacement.State;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What ONNX Runtime 1.29 makes of nodes before it runs them, and what the placement says of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlacementTest {
    private static final ElementType FLOAT = ElementType.FLOAT32;

    private final WorkerPool pool = WorkerPool.start(WorkerSettings.of("cpu"));

    @AfterAll
    void end() {
        pool.close();
    }

    /** LeakyRelu has no float64 kernel: it is expanded into Cast, Mul, Less and Where. */
    @Test
    void aNodeExpandedAsAFunctionIsFusedIntoTheNodesThatItBecame() {
        Tensor x = Tensor.ofReals(ElementType.FLOAT64, Shape.of(2), 1, -2);
        Bytes model = new Models()
                .input("x", ElementType.FLOAT64, 2)
                .node("first", "LeakyRelu", List.of("x"), List.of("h"))
                .node("", "LeakyRelu", List.of("h"), List.of("y"))
                .output("y", ElementType.FLOAT64, 2)
                .opset(17);
        assertThat(placement(model, x)).hasSize(2).allSatisfy(node -> {
            assertThat(node.state()).isEqualTo(State.FUSED_INTO);
            assertThat(node.by())
                    .contains("(Less, CPUExecutionProvider)", "(Mul, CPUExecutionProvider)")
                    .endsWith("(Where, CPUExecutionProvider)");
        });
    }

    @Test
    void aShapeOfDeclaredExtentsIsFoldedAloneAndBeforeOthers() {
        Bytes alone = new Models()
                .input("x", FLOAT, 2)
                .node("shape", "Shape", List.of("x"), List.of("y"))
                .output("y", ElementType.INT64, 1)
                .opset(17);
        Bytes chain = new Models()
                .input("x", FLOAT, 2)
                .node("shape", "Shape", List.of("x"), List.of("s"))
                .node("same", "Abs", List.of("s"), List.of("t"))
                .node("live", "Reshape", List.of("x", "t"), List.of("y"))
                .output("y", FLOAT, 2)
                .opset(17);
        assertThat(states(alone, floats(2))).containsExactly(State.FOLDED);
        assertThat(states(chain, floats(2))).containsExactly(State.FOLDED, State.FOLDED, State.PROVIDER);
    }

    @Test
    void aClipWithoutBoundsThatBecomesAnIdentityIsEliminated() {
        Bytes model = new Models()
                .input("x", ElementType.INT16, 2)
                .node("clip", "Clip", List.of("x"), List.of("y"))
                .output("y", ElementType.INT16, 2)
                .opset(17);
        assertThat(states(model, Tensor.ofLongs(ElementType.INT16, Shape.of(2), 1, -2)))
                .containsExactly(State.ELIMINATED);
    }

    @Test
    void aConvolutionIsFusedWithItsActivationAndTheConvolutionIsNamed() {
        Bytes model = convolution()
                .node("relu", "Relu", List.of("h"), List.of("y"))
                .output("y", FLOAT, 1, 2, 2, 2)
                .opset(17);
        assertThat(placement(model, floats(1, 2, 4, 4))).hasSize(2).allSatisfy(PlacementTest::isInAConvolution);
    }

    @Test
    void aBatchNormalizationGoesIntoTheWeightsOfTheConvolution() {
        Tensor two = Tensor.ofFloats(Shape.of(2), 1, 2);
        Bytes model = convolution()
                .initializer("s", two)
                .initializer("b", two)
                .initializer("m", two)
                .initializer("v", two)
                .node("norm", "BatchNormalization", List.of("h", "s", "b", "m", "v"), List.of("y"))
                .output("y", FLOAT, 1, 2, 2, 2)
                .opset(17);
        assertThat(placement(model, floats(1, 2, 4, 4))).hasSize(2).allSatisfy(PlacementTest::isInAConvolution);
    }

    @Test
    void allNodesOfAGeluAreFusedIntoIt() {
        Bytes model = new Models()
                .input("x", FLOAT, 2)
                .initializer("root", Tensor.ofFloats(Shape.SCALAR, (float) Math.sqrt(2)))
                .initializer("one", Tensor.ofFloats(Shape.SCALAR, 1))
                .initializer("half", Tensor.ofFloats(Shape.SCALAR, 0.5f))
                .node("a", "Div", List.of("x", "root"), List.of("va"))
                .node("b", "Erf", List.of("va"), List.of("vb"))
                .node("c", "Add", List.of("vb", "one"), List.of("vc"))
                .node("d", "Mul", List.of("x", "vc"), List.of("vd"))
                .node("e", "Mul", List.of("vd", "half"), List.of("y"))
                .output("y", FLOAT, 2)
                .opset(17);
        assertThat(placement(model, floats(2))).hasSize(5).allSatisfy(node -> {
            assertThat(node.state()).isEqualTo(State.FUSED_INTO);
            assertThat(node.by()).endsWith("(Gelu, CPUExecutionProvider)");
        });
    }

    @Test
    void allNodesOfALayerNormalizationAreFusedIntoIt() {
        Tensor three = Tensor.ofFloats(Shape.of(3), 1, 2, 3);
        Bytes model = new Models()
                .input("x", FLOAT, 2, 3)
                .initializer("two", Tensor.ofFloats(Shape.SCALAR, 2))
                .initializer("eps", Tensor.ofFloats(Shape.SCALAR, 1e-5f))
                .initializer("axis", Tensor.ofLongs(ElementType.INT64, Shape.of(1), -1))
                .initializer("scale", three)
                .initializer("bias", three)
                .node("mean", "ReduceMean", List.of("x", "axis"), List.of("m"))
                .node("centred", "Sub", List.of("x", "m"), List.of("d"))
                .node("squared", "Pow", List.of("d", "two"), List.of("q"))
                .node("variance", "ReduceMean", List.of("q", "axis"), List.of("v"))
                .node("plus", "Add", List.of("v", "eps"), List.of("p"))
                .node("root", "Sqrt", List.of("p"), List.of("r"))
                .node("by", "Div", List.of("d", "r"), List.of("z"))
                .node("scaled", "Mul", List.of("z", "scale"), List.of("w"))
                .node("shifted", "Add", List.of("w", "bias"), List.of("y"))
                .output("y", FLOAT, 2, 3)
                .opset(18);
        assertThat(placement(model, floats(2, 3))).hasSize(9).allSatisfy(node -> {
            assertThat(node.state()).isEqualTo(State.FUSED_INTO);
            assertThat(node.by()).endsWith("(LayerNormalization, CPUExecutionProvider)");
        });
    }

    /** The transposition in front of a product is an attribute of the fused product. */
    @Test
    void aTransposeBeforeAProductIsFusedIntoIt() {
        Bytes model = new Models()
                .input("x", FLOAT, 2, 3)
                .node("t", "Transpose", List.of("x"), List.of("a"))
                .node("product", "MatMul", List.of("x", "a"), List.of("y"))
                .output("y", FLOAT, 2, 2)
                .opset(17);
        assertThat(placement(model, floats(2, 3))).hasSize(2).allSatisfy(node -> assertThat(node.by())
                .contains("(FusedMatMul, CPUExecutionProvider)"));
    }

    /** Of two like transpositions one is left; the other's reader is as it always was. */
    @Test
    void aTransposeThatAnotherMakesNeedlessIsEliminated() {
        Bytes model = new Models()
                .input("x", FLOAT, 2, 3)
                .node("t", "Transpose", List.of("x"), List.of("a"))
                .node("relu", "Relu", List.of("a"), List.of("b"))
                .node("u", "Transpose", List.of("x"), List.of("c"))
                .node("sum", "Add", List.of("b", "c"), List.of("y"))
                .output("y", FLOAT, 3, 2)
                .opset(17);
        assertThat(states(model, floats(2, 3)))
                .containsExactlyInAnyOrder(State.ELIMINATED, State.PROVIDER, State.PROVIDER, State.PROVIDER);
    }

    /** As ONNX Runtime moves transpositions: a new one behind the node that was behind the old one. */
    @Test
    void aTransposeThatWasMovedIsFusedIntoTheNewOne() {
        Graph before = graph(node(0, "t", "Transpose", "x", "a"), node(1, "exp", "Exp", "a", "y"));
        Graph after = graph(node(0, "exp", "Exp", "x", "new"), node(1, "", "Transpose", "new", "y"));
        Profile profile = new Profile(Set.of(new Event("exp", "Exp", "P"), new Event("Transpose_2", "Transpose", "P")));
        assertThat(Placement.of(before, profile, () -> Optional.of(after), Optional::empty))
                .containsExactly(
                        new NodePlacement("t", State.FUSED_INTO, "(Transpose, P)"),
                        new NodePlacement("exp", State.PROVIDER, "P"));
    }

    @Test
    void everyProviderOfAnExpandedNodeIsNamed() {
        Graph before = graph(node(0, "n", "LeakyRelu", "x", "y"));
        Graph after = graph(node(0, "", "Mul", "x", "h"), node(1, "", "Where", "h", "y"));
        Profile profile = new Profile(Set.of(new Event("Mul_1", "Mul", "CPU"), new Event("Where_2", "Where", "P")));
        assertThat(Placement.of(before, profile, () -> Optional.of(after), Optional::empty))
                .containsExactly(
                        new NodePlacement("n", State.FUSED_INTO, "(Mul, CPU)"),
                        new NodePlacement("n", State.FUSED_INTO, "(Where, P)"));
    }

    /** Two made nodes of one operator and no name: it cannot be told which ran where, so neither provider is left out. */
    @Test
    void aNodeThatCouldBeEitherOfTwoNamesBothProviders() {
        Graph before = graph(node(0, "n", "HardSwish", "x", "y"));
        Graph after = graph(node(0, "", "Mul", "x", "h"), node(1, "", "Mul", "h", "y"));
        Profile profile = new Profile(Set.of(new Event("Mul_1", "Mul", "CPU"), new Event("Mul_2", "Mul", "P")));
        assertThat(Placement.of(before, profile, () -> Optional.of(after), Optional::empty))
                .extracting(NodePlacement::by)
                .containsExactly("(Mul, CPU)", "(Mul, P)");
    }

    @Test
    void anEventOfAnotherNodeOfTheModelIsNotTakenForThatOfAMadeNode() {
        Graph before = graph(node(0, "", "Mul", "x", "h"), node(1, "n", "LeakyRelu", "h", "y"));
        Graph after = graph(node(0, "", "Mul", "x", "h"), node(1, "", "Mul", "h", "y"));
        Profile profile = new Profile(Set.of(new Event("Mul_0", "Mul", "CPU"), new Event("Mul_2", "Mul", "P")));
        assertThat(Placement.of(before, profile, () -> Optional.of(after), Optional::empty))
                .containsExactly(
                        new NodePlacement("#0/Mul", State.PROVIDER, "CPU"),
                        new NodePlacement("n", State.FUSED_INTO, "(Mul, P)"));
    }

    @Test
    void whatCannotBeToldIsUnknown() {
        Graph before = graph(node(0, "n", "LeakyRelu", "x", "y"));
        Graph after = graph(node(0, "", "Mul", "x", "h"), node(1, "", "Where", "h", "y"));
        Profile partly = new Profile(Set.of(new Event("Where_2", "Where", "P")));
        NodePlacement unknown = new NodePlacement("n", State.UNKNOWN, "");
        assertThat(Placement.of(before, partly, () -> Optional.of(after), Optional::empty))
                .containsExactly(unknown);
        assertThat(Placement.of(before, partly, Optional::empty, Optional::empty))
                .containsExactly(unknown);
    }

    /** A graph with a compiled node cannot be written down: that of the providers' choice tells the rest. */
    @Test
    void whatWasThereAndLeftNoEventIsInACompiledNode() {
        Graph before = graph(node(0, "kept", "Relu", "x", "h"), node(1, "gone", "Identity", "h", "y"));
        Graph asked = graph(node(0, "kept", "Relu", "x", "y"));
        Profile profile = new Profile(Set.of(compiled("P", 0), new Event("other", "Cast", "CPU")));
        assertThat(Placement.of(before, profile, Optional::empty, () -> Optional.of(asked)))
                .containsExactly(
                        new NodePlacement("kept", State.FUSED_INTO, "(compiled, P)"),
                        new NodePlacement("gone", State.ELIMINATED, ""));
    }

    /** Fused after the providers were asked: neither provider is left out, so that no fallback hides behind a compiled node. */
    @Test
    void whatAnotherProviderFusedIsNotTakenForCompiled() {
        Graph before =
                graph(node(0, "a", "Conv", "x", "g"), node(1, "b", "Relu", "g", "h"), node(2, "c", "MatMul", "h", "y"));
        Profile profile = new Profile(Set.of(compiled("P", 0), new Event("fused a", "FusedConv", "CPU")));
        assertThat(Placement.of(before, profile, Optional::empty, () -> Optional.of(before)))
                .extracting(NodePlacement::by)
                .containsExactly(
                        "(FusedConv, CPU)",
                        "(compiled, P)",
                        "(FusedConv, CPU)",
                        "(compiled, P)",
                        "(FusedConv, CPU)",
                        "(compiled, P)");
    }

    @Test
    void ofTwoProvidersThatCompileBothAreNamed() {
        Graph before = graph(node(0, "n", "Relu", "x", "y"));
        Profile profile = new Profile(Set.of(compiled("P", 0), compiled("Q", 1)));
        assertThat(Placement.of(before, profile, Optional::empty, () -> Optional.of(before)))
                .extracting(NodePlacement::by)
                .containsExactly("(compiled, P)", "(compiled, Q)");
        assertThat(Placement.of(before, profile, Optional::empty, Optional::empty))
                .containsExactly(new NodePlacement("n", State.UNKNOWN, ""));
    }

    /** As ONNX Runtime names such a node and its operator. */
    private static Event compiled(String provider, int number) {
        return new Event(
                provider + "_" + provider + "_77_" + number + "_" + number, provider + "_77_" + number, provider);
    }

    private static Graph graph(Node... nodes) {
        return new Graph(List.of(nodes), Set.of());
    }

    private static Node node(int index, String name, String op, String input, String output) {
        return new Node(index, name, op, List.of(input), List.of(output), List.of());
    }

    private static Models convolution() {
        return new Models()
                .input("x", FLOAT, 1, 2, 4, 4)
                .initializer("w", floats(2, 2, 3, 3))
                .node("conv", "Conv", List.of("x", "w"), List.of("h"));
    }

    /** Under its own name, or as the blocked form that ONNX Runtime chooses by the processor. */
    private static void isInAConvolution(NodePlacement node) {
        if (node.state() == State.PROVIDER) {
            assertThat(node.node()).isEqualTo("conv");
        } else {
            assertThat(node.state()).isEqualTo(State.FUSED_INTO);
            assertThat(node.by()).containsPattern("\\((Fused)?Conv, CPUExecutionProvider\\)");
        }
    }

    private List<State> states(Bytes model, Tensor x) {
        return placement(model, x).stream().map(NodePlacement::state).toList();
    }

    private List<NodePlacement> placement(Bytes model, Tensor x) {
        Observation observed = pool.observe(new Stimulus.ModelRun(model, Map.of("x", x)));
        assertThat(observed).isInstanceOf(Observation.Outputs.class);
        return ((Observation.Outputs) observed).placement();
    }

    private static Tensor floats(int... dims) {
        Tensor.Builder tensor = new Tensor.Builder(FLOAT, Shape.of(dims));
        for (int i = 0; i < Shape.of(dims).size(); i++) {
            tensor.setReal(i, i % 5 - 1.5);
        }
        return tensor.build();
    }
}
