package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.ControlFlow.BOOL;
import static org.aiis.conformance.catalogue.operators.ControlFlow.LONG;
import static org.aiis.conformance.catalogue.operators.ControlFlow.count;
import static org.aiis.conformance.catalogue.operators.ControlFlow.graph;
import static org.aiis.conformance.catalogue.operators.ControlFlow.truth;
import static org.aiis.conformance.catalogue.operators.Sequences.node;

import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** If. Its graphs move data for every type, and calculate for those that all arithmetic takes. */
final class Branching {
    private Branching() {}

    static Declaration declaration() {
        return Declaration.of("If", s -> choice(s, 1))
                .families(Family.UNIFORM, Family.WIDE)
                .value("else", s -> choice(s, 0))
                .value("sequence-then", ControlFlow::sequences, s -> sequences(s, 1))
                .value("sequence-else", ControlFlow::sequences, s -> sequences(s, 0))
                .value("optional", ControlFlow::optionals, s -> optionals(s, 1))
                .value("optional-empty", ControlFlow::optionals, s -> optionals(s, 0))
                .value("optional-sequence", ControlFlow::optionals, Branching::optionalSequences)
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

    private static GraphProto pair(Setting s, String first, String second, String a, String b) {
        return graph(s).node(node("Identity", a, first))
                .node(node("Identity", b, second))
                .openOutput(first, s.type())
                .openOutput(second, s.type())
                .graph();
    }

    /** An optional value from either branch, one of them empty; whether it holds something, seen behind. */
    private static OneNode optionals(Setting s, long condition) {
        AttributeProto type = Optionals.tensor(s.type());
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
                                graph(s).node(node("Optional", "", "none", Optionals.sequence(s.type())))
                                        .openOptionalSequenceOutput("none", s.type())
                                        .graph()))
                .beside(s.tensor(5))
                .behind(List.of("t"), node("OptionalHasElement", "t", "y"))
                .giving(BOOL);
    }
}
