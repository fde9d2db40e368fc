package org.aiis.conformance.catalogue;

import static org.aiis.conformance.catalogue.Behaviours.gives;
import static org.aiis.conformance.catalogue.Behaviours.survives;
import static org.aiis.conformance.catalogue.ExchangeModels.F;
import static org.aiis.conformance.catalogue.ExchangeModels.counting;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.FunctionProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.OperatorSetIdProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** Graphs in attributes, functions of a model, sequences and optionals: how the parts of a model go together. */
final class StructureCases implements CaseSource {
    private static final int OPSET = 17;
    private static final String DOMAIN = "org.aiis.test";

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(controlFlow(), sequences(), optionals(), functions(), nesting())
                .flatMap(s -> s);
    }

    private static NodeProto node(String operator, String inputs, String outputs, AttributeProto... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator);
        if (!inputs.isEmpty()) {
            node.addAllInput(List.of(inputs.split(" ")));
        }
        return node.addAllOutput(List.of(outputs.split(" ")))
                .addAllAttribute(List.of(attributes))
                .build();
    }

    private static GraphProto graph(String output, NodeProto... nodes) {
        ModelBuilder graph = new ModelBuilder(OPSET);
        List.of(nodes).forEach(graph::node);
        return graph.openOutput(output, F).graph();
    }

    private static NodeProto either(String condition, String output, GraphProto then, GraphProto otherwise) {
        return node("If", condition, output, Attribute.of("then_branch", then), Attribute.of("else_branch", otherwise));
    }

    private static Tensor truth(long value) {
        return Tensor.ofLongs(ElementType.BOOL, Shape.SCALAR, value);
    }

    private static Tensor scalar(long value) {
        return Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, value);
    }

    /** x is 1 2 3; w is 10 in the model; c is fed. */
    private static Stimulus.ModelRun run(long condition, UnaryOperator<ModelBuilder> nodes) {
        ModelBuilder model = new ModelBuilder(OPSET)
                .input("x", F, 3)
                .input("c", ElementType.BOOL)
                .openOutput("y", F)
                .initializer("w", Tensor.ofFloats(Shape.SCALAR, 10))
                .initializer("one", scalar(1))
                .initializer("three", scalar(3));
        return new Stimulus.ModelRun(nodes.apply(model).build(), Map.of("x", counting(1, 3), "c", truth(condition)));
    }

    private static Map<String, Tensor> y(float... values) {
        return Map.of("y", Tensor.ofFloats(Shape.of(values.length), values));
    }

    private static Stimulus.ModelRun branches(long condition) {
        return run(condition, m -> m.node(node("Neg", "x", "n"))
                .node(either(
                        "c",
                        "y",
                        graph("sum", node("Add", "n w", "sum")),
                        graph("product", node("Mul", "n w", "product")))));
    }

    private static Stream<TestCase> controlFlow() {
        GraphProto inner = graph("deep", node("Add", "x m", "deep"));
        GraphProto outer =
                graph("out", node("Mul", "x w", "m"), either("c", "out", inner, graph("e", node("Neg", "m", "e"))));
        return Stream.of(
                gives("EXCH-CONTROL-FLOW", "if-then", () -> branches(1), y(9, 8, 7)),
                gives("EXCH-CONTROL-FLOW", "if-else", () -> branches(0), y(-10, -20, -30)),
                gives(
                        "EXCH-CONTROL-FLOW",
                        "two-graphs-out",
                        () -> run(1, m -> m.node(either("c", "y", outer, graph("o", node("Identity", "x", "o"))))),
                        y(11, 22, 33)),
                gives("EXCH-CONTROL-FLOW", "loop", StructureCases::looped, y(31, 32, 33)),
                gives("EXCH-CONTROL-FLOW", "scan", StructureCases::scanned, y(11, 12, 13)));
    }

    /** Three times v + w from x on, where w stands around the loop. */
    private static Stimulus.ModelRun looped() {
        GraphProto body = new ModelBuilder(OPSET)
                .input("i", ElementType.INT64)
                .input("go", ElementType.BOOL)
                .openInput("v", F)
                .node(node("Identity", "go", "on"))
                .node(node("Add", "v w", "next"))
                .openOutput("on", ElementType.BOOL)
                .openOutput("next", F)
                .graph();
        return run(1, m -> m.node(node("Loop", "three c x", "y", Attribute.of("body", body))));
    }

    private static Stimulus.ModelRun scanned() {
        GraphProto body = new ModelBuilder(OPSET)
                .openInput("v", F)
                .node(node("Add", "v w", "s"))
                .openOutput("s", F)
                .graph();
        return run(
                1, m -> m.node(node("Scan", "x", "y", Attribute.of("num_scan_inputs", 1), Attribute.of("body", body))));
    }

    private static Stream<TestCase> sequences() {
        NodeProto made = node("SequenceConstruct", "x w1 x", "q");
        UnaryOperator<ModelBuilder> start =
                m -> m.initializer("w1", Tensor.ofFloats(Shape.of(1), 7)).node(made);
        return Stream.of(
                gives(
                        "EXCH-SEQUENCE",
                        "order-and-shapes",
                        () -> run(1, m -> start.apply(m)
                                .node(node("SequenceErase", "q", "r"))
                                .node(node("ConcatFromSequence", "r", "y", Attribute.of("axis", 0)))),
                        y(1, 2, 3, 7)),
                gives(
                        "EXCH-SEQUENCE",
                        "at",
                        () -> run(1, m -> start.apply(m).node(node("SequenceAt", "q one", "y"))),
                        y(7)),
                gives(
                        "EXCH-SEQUENCE",
                        "through-if",
                        () -> run(0, m -> start.apply(m)
                                .node(either(
                                        "c", "r", sequence("SequenceErase", "q", "a"), sequence("Identity", "q", "b")))
                                .node(node("ConcatFromSequence", "r", "y", Attribute.of("axis", 0)))),
                        y(1, 2, 3, 7, 1, 2, 3)),
                gives(
                        "EXCH-SEQUENCE",
                        "length",
                        () -> run(1, m -> start.apply(m)
                                .node(node("SequenceLength", "q", "n"))
                                .node(node("Cast", "n", "f", Attribute.of("to", 1)))
                                .node(node("Mul", "x f", "y"))),
                        y(3, 6, 9)));
    }

    private static GraphProto sequence(String operator, String inputs, String output) {
        return new ModelBuilder(OPSET)
                .node(node(operator, inputs, output))
                .openSequenceOutput(output, F)
                .graph();
    }

    private static Stream<TestCase> optionals() {
        return Stream.of(
                gives("EXCH-OPTIONAL-TYPE", "value", () -> asked(1), Map.of("y", truth(1))),
                gives("EXCH-OPTIONAL-TYPE", "empty", () -> asked(0), Map.of("y", truth(0))),
                gives(
                        "EXCH-OPTIONAL-TYPE",
                        "element",
                        () -> run(
                                1, m -> m.node(node("Optional", "x", "o")).node(node("OptionalGetElement", "o", "y"))),
                        y(1, 2, 3)));
    }

    private static Stimulus.ModelRun asked(long condition) {
        AttributeProto type = AttributeProto.newBuilder()
                .setName("type")
                .setType(AttributeProto.AttributeType.TYPE_PROTO)
                .setTp(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(F.onnx())))
                .build();
        ModelBuilder model = new ModelBuilder(OPSET)
                .input("x", F, 3)
                .openOutput("y", ElementType.BOOL)
                .node(condition == 1 ? node("Optional", "x", "o") : node("Optional", "", "o", type))
                .node(node("OptionalHasElement", "o", "y"));
        return new Stimulus.ModelRun(model.build(), Map.of("x", counting(1, 3)));
    }

    /** b = k · a + c, with k an attribute and c left out or given. */
    private static FunctionProto.Builder affine() {
        return function("Affine", "a c", "b")
                .addAttribute("k")
                .addNode(NodeProto.newBuilder()
                        .setOpType("Constant")
                        .addOutput("factor")
                        .addAttribute(reference("value_float", "k")))
                .addNode(node("Mul", "a factor", "scaled"))
                .addNode(node("Sum", "scaled c", "b"));
    }

    private static AttributeProto.Builder reference(String name, String parameter) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setRefAttrName(parameter);
    }

    private static FunctionProto.Builder function(String name, String inputs, String outputs) {
        return FunctionProto.newBuilder()
                .setDomain(DOMAIN)
                .setName(name)
                .addAllInput(List.of(inputs.split(" ")))
                .addAllOutput(List.of(outputs.split(" ")))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(DOMAIN).setVersion(1));
    }

    private static NodeProto call(String name, String inputs, String outputs, AttributeProto... attributes) {
        return node(name, inputs, outputs, attributes).toBuilder()
                .setDomain(DOMAIN)
                .build();
    }

    private static AttributeProto k(float value) {
        return Attribute.of("k", value);
    }

    private static Stream<TestCase> functions() {
        FunctionProto negated =
                function("Less", "a", "b").addNode(node("Neg", "a", "b")).build();
        FunctionProto twice = function("Twice", "a", "b")
                .addNode(call("Less", "a", "t"))
                .addNode(node("Add", "t t", "b"))
                .build();
        FunctionProto usual = affine().clearAttribute().addAttributeProto(k(5)).build();
        FunctionProto branching = function("Choose", "p a", "b")
                .addNode(node("Neg", "a", "n"))
                .addNode(either("p", "b", graph("s", node("Add", "n a", "s")), graph("t", node("Add", "a a", "t"))))
                .build();
        return Stream.of(
                gives(
                        "EXCH-FUNCTIONS",
                        "attribute",
                        () -> run(1, m -> m.function(affine().build()).node(call("Affine", "x w", "y", k(2)))),
                        y(12, 14, 16)),
                gives(
                        "EXCH-FUNCTIONS",
                        "default-attribute",
                        () -> run(1, m -> m.function(usual).node(call("Affine", "x w", "y"))),
                        y(15, 20, 25)),
                gives(
                        "EXCH-FUNCTIONS",
                        "called-twice",
                        () -> run(1, m -> m.function(affine().build())
                                .node(call("Affine", "x w", "t", k(2)))
                                .node(call("Affine", "t x", "y", k(-1)))),
                        y(-11, -12, -13)),
                gives(
                        "EXCH-FUNCTIONS",
                        "in-a-function",
                        () -> run(1, m -> m.function(twice).function(negated).node(call("Twice", "x", "y"))),
                        y(-2, -4, -6)),
                gives(
                        "EXCH-FUNCTIONS",
                        "with-branches",
                        () -> run(1, m -> m.function(branching).node(call("Choose", "c x", "y"))),
                        y(0, 0, 0)),
                gives(
                        "EXCH-FUNCTIONS",
                        "in-a-branch",
                        () -> run(0, m -> m.function(negated)
                                .node(either(
                                        "c",
                                        "y",
                                        graph("s", node("Identity", "x", "s")),
                                        graph("t", call("Less", "x", "t"))))),
                        y(-1, -2, -3)));
    }

    /** Nested so deeply that a reader which calls itself for each level may run out of stack. */
    private static Stream<TestCase> nesting() {
        Stream<TestCase> graphs = IntStream.of(4, 16, 30, 60, 200, 500)
                .mapToObj(depth -> survives(
                        "ROB-DEEP-NESTING",
                        "branches-" + depth,
                        Grade.QUICK,
                        () -> run(1, m -> m.node(either("c", "y", nested(depth), graph("e", node("Neg", "x", "e")))))));
        Stream<TestCase> types = IntStream.of(4, 60, 500)
                .mapToObj(depth ->
                        survives("ROB-DEEP-NESTING", "sequence-types-" + depth, Grade.QUICK, () -> typed(depth)));
        Stream<TestCase> functions = IntStream.of(4, 60, 500)
                .mapToObj(
                        depth -> survives("ROB-DEEP-NESTING", "functions-" + depth, Grade.QUICK, () -> chained(depth)));
        Stream<TestCase> itself = Stream.of(survives(
                "ROB-DEEP-NESTING",
                "function-that-calls-itself",
                Grade.QUICK,
                () -> run(1, m -> m.function(function("F0", "a", "b")
                                .addNode(call("F0", "a", "b"))
                                .build())
                        .node(call("F0", "x", "y")))));
        return Stream.of(graphs, types, functions, itself).flatMap(s -> s);
    }

    private static GraphProto nested(int depth) {
        GraphProto graph = graph("v" + depth, node("Add", "x w", "v" + depth));
        for (int i = depth - 1; i > 0; i--) {
            graph = graph("v" + i, either("c", "v" + i, graph, graph("e" + i, node("Neg", "x", "e" + i))));
        }
        return graph;
    }

    private static Stimulus.ModelRun typed(int depth) {
        TypeProto type = TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(F.onnx()))
                .build();
        for (int i = 0; i < depth; i++) {
            type = TypeProto.newBuilder()
                    .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(type))
                    .build();
        }
        ValueInfoProto info =
                ValueInfoProto.newBuilder().setName("q").setType(type).build();
        return run(1, m -> m.valueInfo(info).node(node("Neg", "x", "q")).node(node("Identity", "q", "y")));
    }

    private static Stimulus.ModelRun chained(int depth) {
        return run(1, m -> {
            for (int i = 0; i < depth; i++) {
                m.function(function("F" + i, "a", "b")
                        .addNode(i == depth - 1 ? node("Neg", "a", "b") : call("F" + (i + 1), "a", "b"))
                        .build());
            }
            return m.node(call("F0", "x", "y"));
        });
    }
}
