package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.ControlFlow.BOOL;
import static org.aiis.conformance.catalogue.operators.ControlFlow.LONG;
import static org.aiis.conformance.catalogue.operators.ControlFlow.body;
import static org.aiis.conformance.catalogue.operators.ControlFlow.count;
import static org.aiis.conformance.catalogue.operators.ControlFlow.graph;
import static org.aiis.conformance.catalogue.operators.ControlFlow.truth;
import static org.aiis.conformance.catalogue.operators.Declaration.only;
import static org.aiis.conformance.catalogue.operators.Sequences.node;

import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Loop: what it carries, what it gathers, and what ends it. */
final class Looping {
    private Looping() {}

    static Declaration declaration() {
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
                .value("optional", ControlFlow::optionals, Looping::carriedOptional)
                .value("optional-sequence", ControlFlow::optionals, Looping::carriedOptionalSequence)
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
                .value("carried-like-count", only(ElementType.INT64), s -> s.node()
                        .feed(count(4))
                        .omit()
                        .feed(s.integersOfType(7, 9))
                        .with(body(body(s, "a")
                                .node(node("Identity", "a", "a_out"))
                                .openOutput("a_out", s.type())))
                        .giving(s.type()))
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
}
