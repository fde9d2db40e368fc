package org.aiis.conformance.catalogue.coverage;

import static org.aiis.conformance.catalogue.coverage.Protos.call;
import static org.aiis.conformance.catalogue.coverage.Protos.function;
import static org.aiis.conformance.catalogue.coverage.Protos.graph;
import static org.aiis.conformance.catalogue.coverage.Protos.model;
import static org.aiis.conformance.catalogue.coverage.Protos.node;
import static org.aiis.conformance.catalogue.coverage.Protos.number;
import static org.aiis.conformance.catalogue.coverage.Protos.opset;
import static org.aiis.conformance.catalogue.coverage.Protos.reference;
import static org.aiis.conformance.catalogue.coverage.Protos.subgraph;
import static org.aiis.conformance.catalogue.coverage.Protos.tensor;
import static org.aiis.conformance.catalogue.coverage.Protos.untyped;
import static org.aiis.spec.tensor.ElementType.BOOL;
import static org.aiis.spec.tensor.ElementType.FLOAT16;
import static org.aiis.spec.tensor.ElementType.FLOAT32;
import static org.aiis.spec.tensor.ElementType.FLOAT64;
import static org.aiis.spec.tensor.ElementType.INT32;
import static org.aiis.spec.tensor.ElementType.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.conformance.scheme.Home;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.TensorProto;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.ElementType;
import org.junit.jupiter.api.Test;

class BindingsTest {
    private static final Schemas SCHEMAS = Schemas.read(Home.find().root());

    @Test
    void inputsAndInitializersBindTheVariables() {
        GraphProto.Builder graph = graph(List.of(tensor("x", INT32)), List.of(), node("Pow x e -> y"))
                .addInitializer(TensorProto.newBuilder().setName("e").setDataType(FLOAT32.onnx()));
        assertThat(bound(17, graph)).containsExactly("Pow-15 {T=[tensor(int32)], T1=[tensor(float)]}");
    }

    @Test
    void theOpsetDecidesTheVersion() {
        GraphProto.Builder graph = graph(List.of(tensor("x", FLOAT32)), List.of(), node("Relu x -> y"));
        assertThat(bound(13, graph)).containsExactly("Relu-13 {T=[tensor(float)]}");
        assertThat(bound(14, graph)).containsExactly("Relu-14 {T=[tensor(float)]}");
    }

    @Test
    void aTypeFlowsThroughValuesThatAreNotDeclared() {
        assertThat(bound(
                        17,
                        graph(
                                List.of(tensor("x", FLOAT16)),
                                List.of(),
                                node("Cast x -> c", number("to", INT64.onnx())),
                                node("Abs c -> a"),
                                node("Shape a -> s"),
                                node("Neg s -> y"))))
                .containsExactly(
                        "Cast-13 {T1=[tensor(float16)], T2=[tensor(int64)]}",
                        "Abs-13 {T=[tensor(int64)]}",
                        "Shape-15 {T=[tensor(int64)], T1=[tensor(int64)]}",
                        "Neg-13 {T=[tensor(int64)]}");
    }

    @Test
    void nodesNeedNotBeInOrder() {
        assertThat(bound(17, graph(List.of(tensor("x", FLOAT64)), List.of(), node("Abs a -> y"), node("Neg x -> a"))))
                .containsExactly("Neg-13 {T=[tensor(double)]}", "Abs-13 {T=[tensor(double)]}");
    }

    @Test
    void anInputLeftOutBindsNothing() {
        assertThat(bound(
                        17,
                        graph(
                                List.of(tensor("x", FLOAT32), tensor("s", INT64)),
                                List.of(),
                                node("Resize x - - s -> y"))))
                .containsExactly("Resize-13 {T1=[tensor(float)]}");
    }

    @Test
    void nodesOfSubgraphsSeeOuterValuesAndGiveTheirTypes() {
        GraphProto.Builder then = graph(List.of(), List.of(untyped("t")), node("Abs x -> t"));
        GraphProto.Builder otherwise = graph(List.of(), List.of(untyped("e")), node("Neg x -> e"));
        assertThat(bound(
                        17,
                        graph(
                                List.of(tensor("c", BOOL), tensor("x", INT32)),
                                List.of(),
                                node("If c -> r", subgraph("then_branch", then), subgraph("else_branch", otherwise)),
                                node("Sign r -> y"))))
                .containsExactly(
                        "Abs-13 {T=[tensor(int32)]}",
                        "Neg-13 {T=[tensor(int32)]}",
                        "If-16 {B=[tensor(bool)], V=[tensor(int32)]}",
                        "Sign-13 {T=[tensor(int32)]}");
    }

    @Test
    void theBodyOfALoopNeedNotDeclareItsInputs() {
        GraphProto.Builder body = graph(
                List.of(untyped("i"), untyped("go"), untyped("v")),
                List.of(untyped("go2"), untyped("w")),
                node("Identity go -> go2"),
                node("Abs v -> w"));
        assertThat(bound(
                        17,
                        graph(
                                List.of(tensor("n", INT64), tensor("c", BOOL), tensor("x", FLOAT16)),
                                List.of(),
                                node("Loop n c x -> y", subgraph("body", body)))))
                .containsExactly(
                        "Identity-16 {V=[tensor(bool)]}",
                        "Abs-13 {T=[tensor(float16)]}",
                        "Loop-16 {B=[tensor(bool)], I=[tensor(int64)], V=[tensor(float16)]}");
    }

    @Test
    void sequencesAreMadeAndTakenApart() {
        assertThat(bound(
                        17,
                        graph(
                                List.of(tensor("x", FLOAT32), tensor("k", INT64)),
                                List.of(),
                                node("SplitToSequence x -> s"),
                                node("SequenceAt s k -> y"))))
                .containsExactly(
                        "SplitToSequence-11 {S=[seq(tensor(float))], T=[tensor(float)]}",
                        "SequenceAt-11 {I=[tensor(int64)], S=[seq(tensor(float))], T=[tensor(float)]}");
    }

    @Test
    void functionsAreWalkedWithTheTypesAndAttributesOfTheirCall() {
        ModelProto.Builder model = model(
                        13,
                        graph(
                                List.of(tensor("x", INT32)),
                                List.of(),
                                call("Convert x -> c", number("kind", FLOAT64.onnx())),
                                node("Sqrt c -> y")))
                .addOpsetImport(opset("mine", 1))
                .addFunctions(function(
                        "Convert",
                        List.of("in"),
                        List.of("out"),
                        List.of("kind"),
                        node("Relu in -> r"),
                        node("Cast r -> out", reference("to", "kind"))));
        assertThat(bound(model))
                .containsExactly(
                        "Relu-14 {T=[tensor(int32)]}",
                        "Cast-13 {T1=[tensor(int32)], T2=[tensor(double)]}",
                        "Sqrt-13 {T=[tensor(double)]}");
    }

    @Test
    void elementTypesThatTheSuiteDoesNotKnowGoByTheirNames() {
        assertThat(bound(25, graph(List.of(tensor("x", 14)), List.of(), node("Transpose x -> y"))))
                .containsExactly("Transpose-25 {T=[tensor(complex64)]}");
    }

    @Test
    void whatCannotBeToldIsSaid() {
        GraphProto.Builder graph =
                graph(List.of(), List.of(), call("Unknown -> a"), node("Abs a -> b"), node("Shape b -> y"));
        assertThat(Bindings.of(model(17, graph).build(), SCHEMAS))
                .extracting(n -> n.schema().name() + " " + n.undetermined())
                .containsExactly("Abs [T]", "Shape [T]");
    }

    @Test
    void functionsThatCallThemselvesAreRefused() {
        ModelProto.Builder model = model(
                        17, graph(List.of(tensor("x", ElementType.FLOAT32)), List.of(), call("Again x -> y")))
                .addFunctions(function("Again", List.of("in"), List.of("out"), List.of(), call("Again in -> out")));
        assertThatThrownBy(() -> bound(model))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nested deeper than 32");
    }

    private static List<String> bound(int opset, GraphProto.Builder graph) {
        return bound(model(opset, graph));
    }

    private static List<String> bound(ModelProto.Builder model) {
        return Bindings.of(model.build(), SCHEMAS).stream()
                .map(n -> n.schema().name() + "-" + n.schema().since() + " " + n.bound())
                .toList();
    }
}
