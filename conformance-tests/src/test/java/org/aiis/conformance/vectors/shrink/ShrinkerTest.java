package org.aiis.conformance.vectors.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Stimulus;
import org.junit.jupiter.api.Test;

/** The fault is a predicate here, so that what is left is exactly what the fault needs. */
class ShrinkerTest {
    private static Stimulus.ModelRun shrunk(Stimulus.ModelRun from, Predicate<Stimulus.ModelRun> fails) {
        return (Stimulus.ModelRun)
                new Shrinker(new Evaluator(), s -> s instanceof Stimulus.ModelRun run && fails.test(run), () -> false)
                        .shrink(from);
    }

    private static Stimulus.ModelRun chain() {
        Bytes model = new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, 4, 6)
                .output("y", ElementType.FLOAT32, 4, 6)
                .node("Abs", List.of("x"), List.of("a"))
                .node("Exp", List.of("a"), List.of("b"))
                .node("Neg", List.of("b"), List.of("y"))
                .build();
        return new Stimulus.ModelRun(model, Map.of("x", sevens()));
    }

    private static Tensor sevens() {
        float[] values = new float[24];
        for (int i = 0; i < values.length; i++) {
            values[i] = i == 17 ? Float.NaN : 1.7f + i;
        }
        return Tensor.ofFloats(Shape.of(4, 6), values);
    }

    private static GraphProto graph(Stimulus.ModelRun run) {
        return Models.parse(run.model()).getGraph();
    }

    private static List<String> operators(Stimulus.ModelRun run) {
        return graph(run).getNodeList().stream().map(NodeProto::getOpType).toList();
    }

    @Test
    void onlyTheNodeThatMattersIsLeft() {
        Stimulus.ModelRun left = shrunk(
                chain(), run -> operators(run).contains("Exp") && run.inputs().size() == 1);

        assertThat(operators(left)).containsExactly("Exp");
        assertThat(left.inputs()).hasSize(1);
        assertThat(left.inputs().values().iterator().next().size()).isEqualTo(1);
    }

    @Test
    void onlyTheElementThatMattersIsLeft() {
        Stimulus.ModelRun left = shrunk(chain(), run -> run.inputs().values().stream()
                .anyMatch(t -> java.util.Arrays.stream(t.reals()).anyMatch(Double::isNaN)));

        assertThat(left.inputs().values().iterator().next().reals()).containsExactly(Double.NaN);
    }

    @Test
    void valuesBecomeAsSimpleAsTheFaultAllows() {
        Stimulus.ModelRun left = shrunk(chain(), run -> run.inputs().values().stream()
                .anyMatch(t -> java.util.Arrays.stream(t.reals()).anyMatch(v -> v > 9.5)));

        assertThat(left.inputs().values().iterator().next().reals()).hasSize(1);
        assertThat(left.inputs().values().iterator().next().real(0))
                .isEqualTo(Math.rint(left.inputs().values().iterator().next().real(0)));
    }

    @Test
    void extentsThatDependOnEachOtherShrinkTogether() {
        Bytes model = new ModelBuilder(17)
                .input("a", ElementType.FLOAT32, 3, 8)
                .input("b", ElementType.FLOAT32, 8, 5)
                .openOutput("y", ElementType.FLOAT32)
                .node("MatMul", List.of("a", "b"), List.of("y"))
                .build();
        Stimulus.ModelRun run = new Stimulus.ModelRun(
                model,
                Map.of(
                        "a", Tensor.ofFloats(Shape.of(3, 8), new float[24]),
                        "b", Tensor.ofFloats(Shape.of(8, 5), new float[40])));
        Evaluator oracle = new Evaluator();

        Stimulus.ModelRun left = shrunk(run, candidate -> {
            try {
                return oracle.evaluate(candidate.model(), candidate.inputs())
                                .outputs()
                                .containsKey("y")
                        && candidate.inputs().get("a").shape().dim(1) >= 2;
            } catch (org.aiis.spec.port.Oracle.Refusal refused) {
                return false;
            }
        });

        assertThat(left.inputs().get("a").shape()).isEqualTo(Shape.of(1, 2));
        assertThat(left.inputs().get("b").shape()).isEqualTo(Shape.of(2, 1));
    }

    @Test
    void integersThatNameAnExtentFollowIt() {
        Bytes model = new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, 6)
                .openOutput("y", ElementType.FLOAT32)
                .initializer("shape", Tensor.ofLongs(ElementType.INT64, Shape.of(2), 1, 6))
                .node("Reshape", List.of("x", "shape"), List.of("y"))
                .build();
        Evaluator oracle = new Evaluator();

        Stimulus.ModelRun left = shrunk(
                new Stimulus.ModelRun(model, Map.of("x", Tensor.ofFloats(Shape.of(6), new float[6]))), candidate -> {
                    try {
                        return oracle.evaluate(candidate.model(), candidate.inputs())
                                        .outputs()
                                        .get("y")
                                        .shape()
                                        .rank()
                                == 2;
                    } catch (org.aiis.spec.port.Oracle.Refusal refused) {
                        return false;
                    }
                });

        assertThat(left.inputs().get("x").size()).isEqualTo(1);
    }

    @Test
    void attributesThatDoNotMatterGo() {
        Bytes model = new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, 2, 2)
                .openOutput("y", ElementType.FLOAT32)
                .node("Softmax", List.of("x"), List.of("y"), Attribute.of("axis", 1L))
                .build();

        Stimulus.ModelRun left = shrunk(
                new Stimulus.ModelRun(model, Map.of("x", Tensor.ofFloats(Shape.of(2, 2), new float[4]))),
                run -> operators(run).contains("Softmax"));

        assertThat(graph(left).getNode(0).getAttributeCount()).isZero();
    }

    @Test
    void nothingIsTakenWhenEverythingMatters() {
        Stimulus.ModelRun whole = chain();

        assertThat(shrunk(whole, run -> run.digest().equals(whole.digest())).digest())
                .isEqualTo(whole.digest());
    }

    @Test
    void aSpentBudgetEndsIt() {
        Stimulus.ModelRun whole = chain();

        assertThat(new Shrinker(new Evaluator(), s -> true, () -> true)
                        .shrink(whole)
                        .digest())
                .isEqualTo(whole.digest());
    }

    @Test
    void bytesThatAreNoModelStayAsTheyAre() {
        Stimulus.ModelRun damaged = new Stimulus.ModelRun(Bytes.own(new byte[] {(byte) 0xff, 1}), Map.of());

        assertThat(new Shrinker(new Evaluator(), s -> true, () -> false).shrink(damaged))
                .isSameAs(damaged);
    }
}
