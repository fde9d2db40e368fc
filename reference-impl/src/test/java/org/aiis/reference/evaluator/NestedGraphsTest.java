package org.aiis.reference.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.FunctionProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.OperatorSetIdProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Graphs in attributes, functions of a model, and values that are no tensors. */
class NestedGraphsTest {
    private static final Tensor X = Tensor.ofFloats(Shape.of(2), 1, 2);

    private static Tensor y(Bytes model, Map<String, Tensor> inputs) {
        return new Evaluator().values(model, inputs).get("y");
    }

    private static Oracle.Refusal refused(Bytes model) {
        return catchThrowableOfType(Oracle.Refusal.class, () -> y(model, Map.of("x", X)));
    }

    private static GraphProto branch(String operator) {
        return new ModelBuilder(21)
                .node(operator, List.of("x", "w"), List.of(operator + "ed"))
                .openOutput(operator + "ed", ElementType.FLOAT32)
                .graph();
    }

    private static Bytes either(GraphProto then, GraphProto otherwise, long condition) {
        return new ModelBuilder(21)
                .input("x", X)
                .initializer("c", Tensor.ofLongs(ElementType.BOOL, Shape.SCALAR, condition))
                .initializer("w", Tensor.ofFloats(Shape.SCALAR, 10))
                .node(
                        "If",
                        List.of("c"),
                        List.of("y"),
                        Attribute.of("then_branch", then),
                        Attribute.of("else_branch", otherwise))
                .openOutput("y", ElementType.FLOAT32)
                .build();
    }

    @Test
    void aBranchSeesTheValuesAroundIt() {
        assertThat(y(either(branch("Add"), branch("Mul"), 1), Map.of("x", X)))
                .isEqualTo(Tensor.ofFloats(Shape.of(2), 11, 12));
        assertThat(y(either(branch("Add"), branch("Mul"), 0), Map.of("x", X)))
                .isEqualTo(Tensor.ofFloats(Shape.of(2), 10, 20));
    }

    @Test
    void aNodeInABranchMayNotWriteANameThatStandsAroundIt() {
        GraphProto shadowing = new ModelBuilder(21)
                .node("Neg", List.of("x"), List.of("w"))
                .openOutput("w", ElementType.FLOAT32)
                .graph();
        assertThat(refused(either(shadowing, branch("Mul"), 1))).hasMessageContaining("'w' is written twice");
    }

    @Test
    void whatABranchWritesIsNotSeenOutside() {
        Bytes model = Bytes.own(Models.parse(either(branch("Add"), branch("Mul"), 1)).toBuilder()
                .setGraph(Models.parse(either(branch("Add"), branch("Mul"), 1)).getGraph().toBuilder()
                        .clearOutput()
                        .addOutput(ValueInfoProto.newBuilder()
                                .setName("Added")
                                .setType(TypeProto.newBuilder()
                                        .setTensorType(
                                                TypeProto.Tensor.newBuilder().setElemType(1)))))
                .build()
                .toByteArray());
        assertThat(refused(model)).hasMessageContaining("'Added' is produced by nothing");
    }

    @Test
    void branchesOfUnequalTypesAreRefused() {
        GraphProto integers = new ModelBuilder(21)
                .node("Shape", List.of("x"), List.of("s"))
                .openOutput("s", ElementType.INT64)
                .graph();
        assertThat(refused(either(integers, branch("Mul"), 1))).hasMessageContaining("branches");
    }

    @Test
    void aLoopWithoutEndIsRefusedAtRun() {
        GraphProto body = new ModelBuilder(21)
                .input("i", ElementType.INT64)
                .input("c", ElementType.BOOL)
                .node("Identity", List.of("c"), List.of("more"))
                .openOutput("more", ElementType.BOOL)
                .graph();
        // A loop must carry something or give an output, so that it carries its own condition.
        GraphProto carrying = body.toBuilder()
                .addInput(info("v"))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Identity")
                        .addInput("v")
                        .addOutput("w"))
                .addOutput(info("w"))
                .build();
        Bytes model = new ModelBuilder(21)
                .input("x", X)
                .node("Loop", List.of("", "", "x"), List.of("y"), Attribute.of("body", carrying))
                .openOutput("y", ElementType.FLOAT32)
                .build();
        assertThat(refused(model)).hasMessageContaining("more steps").matches(r -> !r.atLoad());
    }

    private static ValueInfoProto info(String name) {
        return ValueInfoProto.newBuilder().setName(name).build();
    }

    @Test
    void aLoopCarriesAndGathers() {
        // Fibonacci: (a, b) → (b, a + b), gathering a: 0 1 1 2 3.
        GraphProto body = new ModelBuilder(21)
                .input("i", ElementType.INT64)
                .input("c", ElementType.BOOL)
                .input("a", ElementType.FLOAT32)
                .input("b", ElementType.FLOAT32)
                .node("Identity", List.of("c"), List.of("more"))
                .node("Identity", List.of("b"), List.of("next"))
                .node("Add", List.of("a", "b"), List.of("sum"))
                .node("Identity", List.of("a"), List.of("seen"))
                .openOutput("more", ElementType.BOOL)
                .openOutput("next", ElementType.FLOAT32)
                .openOutput("sum", ElementType.FLOAT32)
                .openOutput("seen", ElementType.FLOAT32)
                .graph();
        Bytes model = new ModelBuilder(21)
                .initializer("m", Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, 5))
                .initializer("zero", Tensor.ofFloats(Shape.SCALAR, 0))
                .initializer("one", Tensor.ofFloats(Shape.SCALAR, 1))
                .node("Loop", List.of("m", "", "zero", "one"), List.of("", "", "y"), Attribute.of("body", body))
                .openOutput("y", ElementType.FLOAT32)
                .build();
        assertThat(y(model, Map.of())).isEqualTo(Tensor.ofFloats(Shape.of(5), 0, 1, 1, 2, 3));
    }

    private static Bytes calling(FunctionProto... functions) {
        ModelProto model = Models.parse(new ModelBuilder(21)
                .importing("here", 1)
                .input("x", X)
                .node("here", "Leaky", List.of("x"), List.of("y"), List.of(Attribute.of("slope", 0.5f)))
                .openOutput("y", ElementType.FLOAT32)
                .build());
        return Bytes.own(
                model.toBuilder().addAllFunctions(List.of(functions)).build().toByteArray());
    }

    private static FunctionProto.Builder leaky() {
        return FunctionProto.newBuilder()
                .setDomain("here")
                .setName("Leaky")
                .addInput("a")
                .addInput("unused")
                .addOutput("b")
                .addAttribute("slope")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain("here").setVersion(1));
    }

    private static NodeProto.Builder node(String operator, String input, String output) {
        return NodeProto.newBuilder().setOpType(operator).addInput(input).addOutput(output);
    }

    @Test
    void aFunctionTakesTheAttributesOfItsCall() {
        FunctionProto function = leaky().addNode(node("Neg", "a", "n"))
                .addNode(node("LeakyRelu", "n", "b")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("alpha")
                                .setType(AttributeProto.AttributeType.FLOAT)
                                .setRefAttrName("slope")))
                .build();
        assertThat(y(calling(function), Map.of("x", X))).isEqualTo(Tensor.ofFloats(Shape.of(2), -0.5f, -1));
    }

    @Test
    void anInputThatACallLeavesOutIsLeftOutInTheBody() {
        FunctionProto function =
                leaky().addNode(node("Clip", "a", "b").addInput("unused")).build();
        assertThat(y(calling(function), Map.of("x", X))).isEqualTo(X);
    }

    @Test
    void aFunctionThatCallsItselfIsRefused() {
        FunctionProto function =
                leaky().addNode(node("Leaky", "a", "b").setDomain("here")).build();
        assertThat(refused(calling(function))).hasMessageContaining("calls itself");
    }

    @Test
    void functionsThatDoubleEachOtherAreRefusedBeforeTheyFillTheMemory() {
        FunctionProto[] functions = new FunctionProto[30];
        functions[0] = doubled("Leaky", "F1");
        for (int i = 1; i < functions.length; i++) {
            functions[i] = doubled("F" + i, "F" + (i + 1));
        }
        functions[29] =
                leaky().setName("F29").addNode(node("Identity", "a", "b")).build();
        assertThat(refused(calling(functions))).hasMessageContaining("more than 100000 nodes");
    }

    private static FunctionProto doubled(String name, String callee) {
        return leaky().setName(name)
                .addNode(node(callee, "a", "t").setDomain("here"))
                .addNode(node(callee, "t", "b").setDomain("here"))
                .build();
    }

    @Test
    void aSequenceKeepsOrderAndShapes() {
        Bytes model = new ModelBuilder(21)
                .input("x", X)
                .initializer("s", Tensor.ofFloats(Shape.of(1), 7))
                .initializer("first", Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, 0))
                .node("SequenceConstruct", List.of("x", "s"), List.of("two"))
                .node("SequenceInsert", List.of("two", "s", "first"), List.of("three"))
                .node("ConcatFromSequence", List.of("three"), List.of("y"), Attribute.of("axis", 0))
                .openOutput("y", ElementType.FLOAT32)
                .build();
        assertThat(y(model, Map.of("x", X))).isEqualTo(Tensor.ofFloats(Shape.of(4), 7, 1, 2, 7));
    }

    @Test
    void anEmptyOptionalIsNoValue() {
        AttributeProto type = AttributeProto.newBuilder()
                .setName("type")
                .setType(AttributeProto.AttributeType.TYPE_PROTO)
                .setTp(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(1)))
                .build();
        Bytes model = new ModelBuilder(21)
                .node("Optional", List.of(), List.of("o"), type)
                .node("OptionalHasElement", List.of("o"), List.of("y"))
                .openOutput("y", ElementType.BOOL)
                .build();
        assertThat(y(model, Map.of())).isEqualTo(Tensor.ofLongs(ElementType.BOOL, Shape.SCALAR, 0));
        Bytes taken = new ModelBuilder(21)
                .input("x", X)
                .node("Optional", List.of(), List.of("o"), type)
                .node("OptionalGetElement", List.of("o"), List.of("y"))
                .openOutput("y", ElementType.FLOAT32)
                .build();
        assertThat(refused(taken)).hasMessageContaining("is empty");
    }

    @Test
    void nothingHasNoElement() {
        for (List<String> inputs : List.of(List.<String>of(), List.of(""))) {
            Bytes model = new ModelBuilder(21)
                    .node("OptionalHasElement", inputs, List.of("y"))
                    .openOutput("y", ElementType.BOOL)
                    .build();
            assertThat(y(model, Map.of())).isEqualTo(Tensor.ofLongs(ElementType.BOOL, Shape.SCALAR, 0));
        }
    }

    @Test
    void aSequenceAtTheBoundaryIsRefusedWithAReason() {
        ModelProto model = Models.parse(new ModelBuilder(21)
                .input("x", X)
                .node("SequenceConstruct", List.of("x"), List.of("y"))
                .build());
        Bytes bytes = Bytes.own(model.toBuilder()
                .setGraph(model.getGraph().toBuilder()
                        .addOutput(ValueInfoProto.newBuilder()
                                .setName("y")
                                .setType(TypeProto.newBuilder()
                                        .setSequenceType(TypeProto.Sequence.newBuilder()
                                                .setElemType(TypeProto.newBuilder()
                                                        .setTensorType(TypeProto.Tensor.newBuilder()
                                                                .setElemType(1)))))))
                .build()
                .toByteArray());
        assertThat(refused(bytes)).hasMessageContaining("seq(float32)").matches(Oracle.Refusal::atLoad);
    }

    @Test
    void aTensorWhereASequenceBelongsIsRefusedAtLoad() {
        Bytes model = new ModelBuilder(21)
                .input("x", X)
                .node("SequenceLength", List.of("x"), List.of("y"))
                .openOutput("y", ElementType.INT64)
                .build();
        assertThat(refused(model)).hasMessageContaining("may not be float32").matches(Oracle.Refusal::atLoad);
    }
}
