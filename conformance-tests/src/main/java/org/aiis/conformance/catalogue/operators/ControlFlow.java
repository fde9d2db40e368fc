package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.since;
import static org.aiis.conformance.catalogue.operators.Sequences.node;

import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** If, Loop and Scan. Their graphs move data for every type, and calculate for those that all arithmetic takes. */
final class ControlFlow {
    private static final ElementType LONG = ElementType.INT64;
    private static final ElementType BOOL = ElementType.BOOL;

    private ControlFlow() {}

    private static boolean calculated(ElementType type, int opset) {
        return type == ElementType.FLOAT32 || type == ElementType.FLOAT64 || type == LONG || type == ElementType.INT32;
    }

    private static boolean sequences(ElementType type, int opset) {
        return Sequences.holds(type);
    }

    private static boolean optionals(ElementType type, int opset) {
        return Sequences.holds(type) && opset >= 16;
    }

    static List<Declaration> declarations() {
        return List.of(either(), loop(), scan());
    }

    private static Tensor truth(long value) {
        return Tensor.ofLongs(BOOL, Shape.SCALAR, value);
    }

    private static Tensor count(long value) {
        return Tensor.ofLongs(LONG, Shape.SCALAR, value);
    }

    private static ModelBuilder graph(Setting s) {
        return new ModelBuilder(s.opset());
    }

    /** A graph without inputs of one node whose result is its output. */
    private static GraphProto one(
            Setting s, String output, String operator, String inputs, AttributeProto... attributes) {
        return graph(s).node(node(operator, inputs, output, attributes))
                .openOutput(output, s.type())
                .graph();
    }

    private static OneNode branches(Setting s, long condition, GraphProto then, GraphProto otherwise) {
        return s.node()
                .feed(truth(condition))
                .with(Attribute.of("then_branch", then), Attribute.of("else_branch", otherwise));
    }

    /** The first of two tensors around it where the condition is true, else the second. */
    private static OneNode choice(Setting s, long condition) {
        return branches(s, condition, one(s, "then", "Identity", "x1"), one(s, "else", "Identity", "x2"))
                .beside(s.tensor(5, 7))
                .beside(s.tensor(3, 2));
    }

    private static OneNode sequences(Setting s, long condition) {
        return s.node()
                .feed(truth(condition))
                .with(
                        Attribute.of("then_branch", sequence(s, "then", "x1 x2")),
                        Attribute.of("else_branch", sequence(s, "else", "x2 x1")))
                .beside(s.tensor(5, 7))
                .beside(s.tensor(3))
                .besideConstant(count(0))
                .behind(List.of("t"), node("SequenceAt", "t x3", "y0"), node("SequenceLength", "t", "y1"))
                .giving(s.type(), LONG);
    }

    private static GraphProto sequence(Setting s, String output, String inputs) {
        return graph(s).node(node("SequenceConstruct", inputs, output))
                .openSequenceOutput(output, s.type())
                .graph();
    }

    private static Declaration either() {
        return Declaration.of("If", s -> choice(s, 1))
                .families(Family.UNIFORM, Family.WIDE)
                .value("else", s -> choice(s, 0))
                .value("sequence-then", ControlFlow::sequences, s -> sequences(s, 1))
                .value("sequence-else", ControlFlow::sequences, s -> sequences(s, 0))
                .value("optional", ControlFlow::optionals, s -> optionals(s, 1))
                .value("optional-empty", ControlFlow::optionals, s -> optionals(s, 0))
                .value("optional-sequence", ControlFlow::optionals, ControlFlow::optionalSequences)
                .value("calculated", ControlFlow::calculated, s -> branches(
                                s, 0, one(s, "sum", "Add", "x1 x2"), one(s, "product", "Mul", "x1 x2"))
                        .beside(s.tensor(5, 7))
                        .beside(s.tensor(5, 7)))
                .shape("condition-rank-1", s -> choice(s, 0).replacing(0, Tensor.ofLongs(BOOL, Shape.of(1), 0)))
                .shape("nested", s -> branches(
                                s,
                                1,
                                graph(s).node(node(
                                                "If",
                                                "x3",
                                                "inner",
                                                Attribute.of("then_branch", one(s, "a", "Identity", "x1")),
                                                Attribute.of("else_branch", one(s, "b", "Identity", "x2"))))
                                        .openOutput("inner", s.type())
                                        .graph(),
                                one(s, "c", "Identity", "x1"))
                        .beside(s.tensor(5))
                        .beside(s.tensor(3))
                        .beside(truth(0)))
                .shape("two-outputs", s -> branches(s, 1, pair(s, "a", "b", "x1", "x2"), pair(s, "c", "d", "x2", "x1"))
                        .beside(s.tensor(5))
                        .beside(s.tensor(3))
                        .giving(s.type(), s.type()))
                .shape("own-initializer", s -> branches(
                                s,
                                0,
                                one(s, "a", "Identity", "x1"),
                                graph(s).initializer("w", s.tensor(3))
                                        .node(node("Identity", "w", "b"))
                                        .openOutput("b", s.type())
                                        .graph())
                        .beside(s.tensor(5)))
                .shape("same-names", s -> branches(s, 0, one(s, "a", "Identity", "x1"), one(s, "a", "Identity", "x2"))
                        .beside(s.tensor(5))
                        .beside(s.tensor(3)))
                .shape("rank-0", s -> branches(s, 1, one(s, "a", "Identity", "x1"), one(s, "b", "Identity", "x1"))
                        .beside(s.tensor()))
                .shape("zero-size", s -> branches(s, 1, one(s, "a", "Identity", "x1"), one(s, "b", "Identity", "x1"))
                        .beside(s.tensor(0, 3)))
                .shape("dynamic", s -> choice(s, 1).dynamic())
                .reject("else-missing", n -> n.without("else_branch"))
                .reject("condition-not-bool", n -> n.replacing(0, count(1)))
                .reject(
                        "outputs-unequal",
                        s -> choice(s, 1),
                        n -> n.with(Attribute.of(
                                "else_branch",
                                new ModelBuilder(n.opset())
                                        .node(node("Identity", "x2", "e0"))
                                        .node(node("Identity", "x2", "e1"))
                                        .openOutput("e0", n.outputs().get(0))
                                        .openOutput("e1", n.outputs().get(0))
                                        .graph())))
                .reject(
                        "types-unequal",
                        s -> choice(s, 1),
                        n -> n.with(Attribute.of(
                                "else_branch",
                                new ModelBuilder(n.opset())
                                        .node(node("IsNaN", "x2", "e"))
                                        .openOutput("e", BOOL)
                                        .graph())));
    }

    private static GraphProto pair(Setting s, String first, String second, String a, String b) {
        return graph(s).node(node("Identity", a, first))
                .node(node("Identity", b, second))
                .openOutput(first, s.type())
                .openOutput(second, s.type())
                .graph();
    }

    /** An optional value from either branch, one of them empty; whether it holds something, seen behind. */
    private static OneNode optionals(Setting s, long condition) {
        AttributeProto type = Sequences.tensor(s.type());
        return s.node()
                .feed(truth(condition))
                .with(
                        Attribute.of(
                                "then_branch",
                                graph(s).node(node("Optional", "x1", "some"))
                                        .openOptionalOutput("some", s.type())
                                        .graph()),
                        Attribute.of(
                                "else_branch",
                                graph(s).node(node("Optional", "", "none", type))
                                        .openOptionalOutput("none", s.type())
                                        .graph()))
                .beside(s.tensor(5))
                .behind(List.of("t"), node("OptionalHasElement", "t", "y"))
                .giving(BOOL);
    }

    /** An optional sequence, and none. */
    private static OneNode optionalSequences(Setting s) {
        return s.node()
                .feed(truth(1))
                .with(
                        Attribute.of(
                                "then_branch",
                                graph(s).node(node("SequenceConstruct", "x1", "one"))
                                        .node(node("Optional", "one", "some"))
                                        .openOptionalSequenceOutput("some", s.type())
                                        .graph()),
                        Attribute.of(
                                "else_branch",
                                graph(s).node(node("Optional", "", "none", Sequences.sequence(s.type())))
                                        .openOptionalSequenceOutput("none", s.type())
                                        .graph()))
                .beside(s.tensor(5))
                .behind(List.of("t"), node("OptionalHasElement", "t", "y"))
                .giving(BOOL);
    }

    /** Carries an optional value as it is. */
    private static ModelBuilder keeping(Setting s) {
        return graph(s).input("i", LONG)
                .input("c", BOOL)
                .node(node("Identity", "c", "more"))
                .node(node("Identity", "v", "v_out"))
                .openOutput("more", BOOL);
    }

    private static OneNode carriedOptional(Setting s) {
        return s.node()
                .feed(count(3))
                .omit()
                .beside(s.tensor(3, 5))
                .made("o", node("Optional", "x2", "o"))
                .with(body(keeping(s).openOptionalInput("v", s.type()).openOptionalOutput("v_out", s.type())))
                .behind(List.of("t"), node("OptionalGetElement", "t", "y"));
    }

    private static OneNode carriedOptionalSequence(Setting s) {
        return s.node()
                .feed(count(3))
                .omit()
                .beside(s.tensor(3, 5))
                .made("o", node("SequenceConstruct", "x2", "q"), node("Optional", "q", "o"))
                .besideConstant(count(0))
                .with(body(keeping(s)
                        .openOptionalSequenceInput("v", s.type())
                        .openOptionalSequenceOutput("v_out", s.type())))
                .behind(List.of("t"), node("OptionalGetElement", "t", "u"), node("SequenceAt", "u x4", "y"));
    }

    /** A body that takes iteration, condition and carried values, with the condition going on as it is. */
    private static ModelBuilder body(Setting s, String... carried) {
        ModelBuilder body = graph(s).input("i", LONG).input("c", BOOL);
        for (String name : carried) {
            body.openInput(name, s.type());
        }
        return body.node(node("Identity", "c", "more")).openOutput("more", BOOL);
    }

    private static AttributeProto body(ModelBuilder body) {
        return Attribute.of("body", body.graph());
    }

    /** Carries two values and exchanges them, and gathers the first: a delay line for every type. */
    private static ModelBuilder exchanging(Setting s) {
        return body(s, "a", "b")
                .node(node("Identity", "b", "a_out"))
                .node(node("Identity", "a", "b_out"))
                .node(node("Identity", "a", "seen"))
                .openOutput("a_out", s.type())
                .openOutput("b_out", s.type())
                .openOutput("seen", s.type());
    }

    private static OneNode exchanged(Setting s, Tensor most, Tensor condition) {
        return exchangedInto(s, s.node().feed(most, condition, s.tensor(5, 7), s.tensor(5, 7)));
    }

    private static OneNode exchangedInto(Setting s, OneNode start) {
        return start.besideConstant(Setting.longs(-1))
                .with(body(exchanging(s)))
                .behind(List.of("y0", "y1", "t"), inOneRow("t x4", "y2"))
                .giving(s.type(), s.type(), s.type());
    }

    /** Behind a scan output of tensors: whether they are stacked or joined is open (OP-Loop-D1), their order is not. */
    private static NodeProto inOneRow(String inputs, String output) {
        return node("Reshape", inputs, output);
    }

    /** v grows by 1 with each iteration; the condition is whether the iteration is below x4. */
    private static ModelBuilder counting(Setting s) {
        return graph(s).input("i", LONG)
                .input("c", BOOL)
                .openInput("v", s.type())
                .initializer("one", Setting.scalar(s.type(), 1))
                .node(node("Less", "i x4", "more"))
                .node(node("Add", "v one", "v_out"))
                .node(node("Identity", "v", "seen"))
                .openOutput("more", BOOL)
                .openOutput("v_out", s.type())
                .openOutput("seen", s.type());
    }

    /** Inputs M and cond, or omitted ones, then the carried value, an unused input, and the limit x4. */
    private static OneNode counted(Setting s, OneNode start, long limit) {
        return start.feed(s.tensor(3))
                .besideConstant(count(0))
                .beside(count(limit))
                .besideConstant(Setting.longs(-1))
                .with(body(counting(s)))
                .behind(List.of("y0", "t"), inOneRow("t x5", "y1"))
                .giving(s.type(), s.type());
    }

    private static Declaration loop() {
        return Declaration.of("Loop", s -> exchanged(s, count(3), truth(1)))
                .families(Family.UNIFORM, Family.WIDE)
                .value("even-count", s -> exchanged(s, count(2), truth(1)))
                .value("condition-false", s -> s.node()
                        .feed(count(3), truth(0), s.tensor(5, 7), s.tensor(5, 7))
                        .with(body(body(s, "a", "b")
                                .node(node("Identity", "b", "a_out"))
                                .node(node("Identity", "a", "b_out"))
                                .openOutput("a_out", s.type())
                                .openOutput("b_out", s.type())))
                        .giving(s.type(), s.type()))
                .value("sequence", ControlFlow::sequences, s -> s.node()
                        .feed(count(3))
                        .omit()
                        .beside(s.tensor(2))
                        .beside(s.tensor(3))
                        .made("q", node("SequenceConstruct", "x2", "q"))
                        .besideConstant(count(-1))
                        .with(Attribute.of("body", sequenceBody(s)))
                        .behind(List.of("t"), node("SequenceAt", "t x5", "y0"), node("SequenceLength", "t", "y1"))
                        .giving(s.type(), LONG))
                .value("optional", ControlFlow::optionals, ControlFlow::carriedOptional)
                .value("optional-sequence", ControlFlow::optionals, ControlFlow::carriedOptionalSequence)
                .value(
                        "count-and-condition",
                        ControlFlow::calculated,
                        s -> counted(s, s.node().feed(count(9), truth(1)), 3))
                .value(
                        "count-first",
                        ControlFlow::calculated,
                        s -> counted(s, s.node().feed(count(2), truth(1)), 7))
                .value(
                        "while",
                        ControlFlow::calculated,
                        s -> counted(s, s.node().omit().feed(truth(1)), 4))
                .value(
                        "for",
                        ControlFlow::calculated,
                        s -> counted(s, s.node().feed(count(5)).omit(), 2))
                .value(
                        "largest-count",
                        ControlFlow::calculated,
                        s -> counted(s, s.node().feed(count(Long.MAX_VALUE), truth(1)), 2))
                .value("growing", ControlFlow::calculated, s -> s.node()
                        .feed(count(3))
                        .omit()
                        .feed(s.tensor(2))
                        .with(body(body(s, "v")
                                .node(node("Concat", "v v", "v_out", Layout.axis(0)))
                                .openOutput("v_out", s.type())))
                        .giving(s.type()))
                .value("nested", ControlFlow::calculated, s -> s.node()
                        .feed(count(3))
                        .omit()
                        .feed(s.tensor(2))
                        .besideConstant(Setting.scalar(s.type(), 1))
                        .with(body(body(s, "v")
                                .node(node(
                                        "Loop",
                                        "i  v",
                                        "v_out",
                                        body(graph(s).input("j", LONG)
                                                .input("d", BOOL)
                                                .openInput("w", s.type())
                                                .node(node("Identity", "d", "on"))
                                                .node(node("Add", "w x3", "w_out"))
                                                .openOutput("on", BOOL)
                                                .openOutput("w_out", s.type()))))
                                .openOutput("v_out", s.type())))
                        .giving(s.type()))
                .shape("no-iteration", s -> s.node()
                        .feed(count(0), truth(1), s.tensor(5))
                        .with(body(body(s, "a")
                                .node(node("Identity", "a", "a_out"))
                                .openOutput("a_out", s.type())))
                        .giving(s.type()))
                .shape("negative-count", s -> s.node()
                        .feed(count(-1), truth(1), s.tensor(5))
                        .with(body(body(s, "a")
                                .node(node("Identity", "a", "a_out"))
                                .openOutput("a_out", s.type())))
                        .giving(s.type()))
                .shape("nothing-carried", s -> s.node()
                        .feed(count(4))
                        .omit()
                        .beside(s.tensor(3))
                        .besideConstant(Setting.longs(-1))
                        .with(body(body(s).node(node("Identity", "x2", "seen")).openOutput("seen", s.type())))
                        .behind(List.of("t"), inOneRow("t x3", "y"))
                        .giving(s.type()))
                .shape("iteration-numbers", s -> s.node()
                        .feed(count(5))
                        .omit()
                        .feed(s.tensor(2))
                        .with(body(body(s, "a")
                                .node(node("Identity", "a", "a_out"))
                                .node(node("Identity", "i", "seen"))
                                .openOutput("a_out", s.type())
                                .openOutput("seen", LONG)))
                        .giving(s.type(), LONG))
                .shape("scalar-gathered", s -> s.node()
                        .feed(count(4))
                        .omit()
                        .feed(s.tensor())
                        .with(body(body(s, "a")
                                .node(node("Identity", "a", "a_out"))
                                .node(node("Identity", "a", "seen"))
                                .openOutput("a_out", s.type())
                                .openOutput("seen", s.type())))
                        .giving(s.type(), s.type()))
                .shape("count-rank-1", s -> exchanged(s, Setting.longs(3), truth(1)))
                .shape(
                        "count-constant",
                        s -> exchangedInto(
                                s,
                                s.node().constant(count(3)).constant(truth(1)).feed(s.tensor(5), s.tensor(5))))
                .shape("dynamic", s -> exchanged(s, count(3), truth(1)).dynamic())
                .reject("body-missing", n -> n.without("body"))
                .reject("count-not-integer", n -> n.replacing(0, Tensor.ofFloats(Shape.SCALAR, 3)))
                .reject("condition-not-bool", n -> n.replacing(1, count(1)))
                .reject("too-few-carried", OneNode::shortened)
                .reject(
                        "no-condition-given",
                        n -> n.with(Attribute.of(
                                "body",
                                new ModelBuilder(n.opset())
                                        .input("i", LONG)
                                        .input("c", BOOL)
                                        .openInput("a", n.outputs().get(0))
                                        .openInput("b", n.outputs().get(0))
                                        .node(node("Identity", "a", "a_out"))
                                        .node(node("Identity", "b", "b_out"))
                                        .node(node("Identity", "a", "seen"))
                                        .openOutput("a_out", n.outputs().get(0))
                                        .openOutput("b_out", n.outputs().get(0))
                                        .openOutput("seen", n.outputs().get(0))
                                        .graph())));
    }

    private static GraphProto sequenceBody(Setting s) {
        return graph(s).input("i", LONG)
                .input("c", BOOL)
                .openSequenceInput("v", s.type())
                .node(node("Identity", "c", "more"))
                .node(node("SequenceInsert", "v x3", "v_out"))
                .openOutput("more", BOOL)
                .openSequenceOutput("v_out", s.type())
                .graph();
    }

    /** A delay by one step: state and scan output are exchanged. */
    private static ModelBuilder delay(Setting s) {
        return graph(s).openInput("h", s.type())
                .openInput("x", s.type())
                .node(node("Identity", "x", "h_out"))
                .node(node("Identity", "h", "y_t"))
                .openOutput("h_out", s.type())
                .openOutput("y_t", s.type());
    }

    private static AttributeProto scanned(long inputs) {
        return Attribute.of("num_scan_inputs", inputs);
    }

    private static OneNode delayed(Setting s, Tensor state, Tensor x) {
        return s.node().feed(state, x).with(scanned(1), body(delay(s))).giving(s.type(), s.type());
    }

    private static Declaration scan() {
        return Declaration.of("Scan", s -> delayed(s, s.tensor(7), s.tensor(5, 7)))
                .families(Family.UNIFORM, Family.WIDE)
                .value("sums", ControlFlow::calculated, s -> s.node()
                        .feed(s.tensor(7), s.tensor(5, 7))
                        .with(
                                scanned(1),
                                body(graph(s).openInput("h", s.type())
                                        .openInput("x", s.type())
                                        .node(node("Add", "h x", "h_out"))
                                        .node(node("Identity", "h_out", "y_t"))
                                        .openOutput("h_out", s.type())
                                        .openOutput("y_t", s.type())))
                        .giving(s.type(), s.type()))
                .value("captured", ControlFlow::calculated, s -> s.node()
                        .feed(s.tensor(7), s.tensor(5, 7))
                        .beside(s.tensor(7))
                        .with(
                                scanned(1),
                                body(graph(s).openInput("h", s.type())
                                        .openInput("x", s.type())
                                        .node(node("Add", "x x2", "h_out"))
                                        .node(node("Identity", "h", "y_t"))
                                        .openOutput("h_out", s.type())
                                        .openOutput("y_t", s.type())))
                        .giving(s.type(), s.type()))
                .shape("backward", s -> delayed(s, s.tensor(7), s.tensor(5, 7))
                        .with(Attribute.ints("scan_input_directions", 1)))
                .shape("forward", s -> delayed(s, s.tensor(7), s.tensor(5, 7))
                        .with(Attribute.ints("scan_input_directions", 0), Attribute.ints("scan_output_directions", 0)))
                .shape("prepended", s -> delayed(s, s.tensor(7), s.tensor(5, 7))
                        .with(Attribute.ints("scan_output_directions", 1)))
                .shape("backward-and-prepended", s -> delayed(s, s.tensor(7), s.tensor(5, 7))
                        .with(Attribute.ints("scan_input_directions", 1), Attribute.ints("scan_output_directions", 1)))
                .shape("axis-1", s -> delayed(s, s.tensor(5), s.tensor(5, 7))
                        .with(Attribute.ints("scan_input_axes", 1)))
                .shape("axis-negative", s -> delayed(s, s.tensor(2, 5), s.tensor(2, 3, 5))
                        .with(Attribute.ints("scan_input_axes", -2)))
                .shape("output-axis-1", s -> delayed(s, s.tensor(7), s.tensor(5, 7))
                        .with(Attribute.ints("scan_output_axes", 1)))
                .shape("output-axis-negative", s -> delayed(s, s.tensor(2, 3), s.tensor(5, 2, 3))
                        .with(Attribute.ints("scan_output_axes", -2)))
                .shape("both-axes", s -> delayed(s, s.tensor(5, 2), s.tensor(5, 7, 2))
                        .with(Attribute.ints("scan_input_axes", 1), Attribute.ints("scan_output_axes", 1)))
                .shape("scalars", s -> delayed(s, s.tensor(), s.tensor(6)))
                .shape("one-step", s -> delayed(s, s.tensor(3), s.tensor(1, 3)))
                .shape("no-state", s -> s.node()
                        .feed(s.tensor(5, 3))
                        .with(
                                scanned(1),
                                body(graph(s).openInput("x", s.type())
                                        .node(node("Identity", "x", "y_t"))
                                        .openOutput("y_t", s.type())),
                                Attribute.ints("scan_input_directions", 1))
                        .giving(s.type()))
                .shape("two-inputs-two-states", s -> s.node()
                        .feed(s.tensor(3), s.tensor(2), s.tensor(4, 3), s.tensor(2, 4))
                        .with(
                                scanned(2),
                                Attribute.ints("scan_input_axes", 0, 1),
                                Attribute.ints("scan_input_directions", 0, 1),
                                Attribute.ints("scan_output_axes", 1, 0),
                                Attribute.ints("scan_output_directions", 0, 1),
                                body(graph(s).openInput("h", s.type())
                                        .openInput("g", s.type())
                                        .openInput("x", s.type())
                                        .openInput("z", s.type())
                                        .node(node("Identity", "x", "h_out"))
                                        .node(node("Identity", "z", "g_out"))
                                        .node(node("Identity", "h", "y_t"))
                                        .node(node("Identity", "g", "w_t"))
                                        .openOutput("h_out", s.type())
                                        .openOutput("g_out", s.type())
                                        .openOutput("y_t", s.type())
                                        .openOutput("w_t", s.type())))
                        .giving(s.type(), s.type(), s.type(), s.type()))
                .shape("dynamic", s -> delayed(s, s.tensor(7), s.tensor(5, 7)).dynamic())
                .reject("num-scan-inputs-missing", n -> n.without("num_scan_inputs"))
                .reject("body-missing", n -> n.without("body"))
                .reject("axis-out-of-range", n -> n.with(Attribute.ints("scan_input_axes", 2)))
                .reject("directions-length", n -> n.with(Attribute.ints("scan_input_directions", 0, 0)))
                .reject("axes-length", n -> n.with(Attribute.ints("scan_input_axes", 0, 0)))
                .reject(
                        "lengths-unequal",
                        since(13),
                        s -> s.node()
                                .feed(s.tensor(5, 3), s.tensor(5, 2))
                                .with(
                                        scanned(2),
                                        body(graph(s).openInput("x", s.type())
                                                .openInput("z", s.type())
                                                .node(node("Identity", "z", "y_t"))
                                                .openOutput("y_t", s.type())))
                                .giving(s.type()),
                        n -> n.replacing(1, Products.zeros(n, 4, 2)));
    }
}
