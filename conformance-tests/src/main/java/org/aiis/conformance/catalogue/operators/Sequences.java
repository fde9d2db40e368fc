package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Layout.axis;

import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.operators.Types;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Operators on sequences. What goes into the model and comes out are tensors: nodes in front and behind make
 * the one of the other.
 */
final class Sequences {
    private static final ElementType LONG = ElementType.INT64;

    private Sequences() {}

    static List<Declaration> declarations() {
        return List.of(construct(), empty(), at(), erase(), insert(), length(), map(), split(), concat());
    }

    /** Whether sequences and optionals may hold tensors of a type at every opset version. */
    static boolean holds(ElementType type) {
        return Types.ANY.contains(type) && type != ElementType.BFLOAT16;
    }

    /** A node with inputs and outputs named in one text each. */
    static NodeProto node(String operator, String inputs, String outputs, AttributeProto... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator);
        if (!inputs.isEmpty()) {
            node.addAllInput(List.of(inputs.split(" ")));
        }
        return node.addAllOutput(List.of(outputs.split(" ")))
                .addAllAttribute(List.of(attributes))
                .build();
    }

    static Tensor scalar(long value) {
        return Setting.scalar(LONG, (double) value);
    }

    /** The node takes a sequence of two tensors of unequal shape, x0 and x1. */
    static OneNode two(Setting s) {
        return s.node().beside(s.tensor(3, 5)).beside(s.tensor(2)).made("q", node("SequenceConstruct", "x0 x1", "q"));
    }

    /** The same of three, x0 to x2. */
    private static OneNode three(Setting s) {
        return s.node()
                .beside(s.tensor(3, 5))
                .beside(s.tensor(2))
                .beside(s.tensor())
                .made("q", node("SequenceConstruct", "x0 x1 x2", "q"));
    }

    /** The outputs of a node that gives a sequence: its tensors and its length. Positions stand in the graph. */
    static OneNode unpacked(Setting s, OneNode node, int count) {
        NodeProto[] after = new NodeProto[count + 1];
        ElementType[] types = new ElementType[count + 1];
        OneNode all = node;
        for (int i = 0; i < count; i++) {
            after[i] = node("SequenceAt", "t x" + all.operands().size(), "y" + i);
            types[i] = s.type();
            all = all.besideConstant(scalar(i));
        }
        after[count] = node("SequenceLength", "t", count == 0 ? "y" : "y" + count);
        types[count] = LONG;
        return all.behind(List.of("t"), after).giving(types);
    }

    static Declaration plain(String operator, Form plain) {
        return Declaration.of(operator, plain).families(Family.UNIFORM, Family.WIDE);
    }

    private static Declaration construct() {
        return plain("SequenceConstruct", s -> unpacked(s, s.node().feed(s.tensor(3, 5), s.tensor(2), s.tensor()), 3))
                .shape("one", s -> unpacked(s, s.node().feed(s.tensor(3, 5)), 1))
                .shape("same-twice", s -> unpacked(s, s.node().feed(s.tensor(3, 5), s.tensor(3, 5)), 2))
                .shape(
                        "five",
                        s -> unpacked(
                                s, s.node().feed(s.tensor(1), s.tensor(2), s.tensor(3), s.tensor(4), s.tensor(5)), 5))
                .shape("zero-size", s -> unpacked(s, s.node().feed(s.tensor(0, 3), s.tensor(2)), 2))
                .shape("rank-6", s -> unpacked(s, s.node().feed(s.tensor(2, 1, 3, 1, 2, 2)), 1))
                .shape("dynamic", s -> unpacked(s, s.node().feed(s.tensor(3, 5), s.tensor(2)), 2)
                        .dynamic())
                .special(
                        "bits-kept",
                        Declaration.types(t -> t != ElementType.BOOL),
                        s -> unpacked(s, s.node().feed(Specials.of(s.type()), s.tensor(2)), 2))
                .reject("unequal-types", n -> n.replacing(1, other(n, 2)));
    }

    /** Zeros of another type than the data of a node. */
    private static Tensor other(OneNode node, int... dims) {
        return new Tensor.Builder(node.outputs().get(0) == ElementType.INT32 ? LONG : ElementType.INT32, Shape.of(dims))
                .build();
    }

    /** Empty, and of its element type: a tensor goes in behind it. */
    private static Declaration empty() {
        return plain("SequenceEmpty", s -> dtype(s, emptied(s)))
                .value("length", s -> dtype(s, unpacked(s, s.node(), 0)))
                .shape("dtype-left-out", (type, opset) -> type == ElementType.FLOAT32, Sequences::emptied)
                .reject("dtype-unknown", n -> n.with(Attribute.of("dtype", 99L)));
    }

    private static OneNode dtype(Setting s, OneNode node) {
        return node.with(Attribute.of("dtype", (long) s.type().onnx()));
    }

    private static OneNode emptied(Setting s) {
        return s.node()
                .beside(s.tensor(3, 5))
                .besideConstant(scalar(0))
                .behind(
                        List.of("t"),
                        node("SequenceInsert", "t x0", "u"),
                        node("SequenceAt", "u x1", "y0"),
                        node("SequenceLength", "u", "y1"))
                .giving(s.type(), LONG);
    }

    private static Declaration at() {
        Declaration all = plain("SequenceAt", s -> three(s).feed(scalar(1)))
                .shape("int32", s -> three(s).feed(Tensor.ofLongs(ElementType.INT32, Shape.SCALAR, 2)))
                .shape("constant", s -> three(s).constant(scalar(0)))
                .special("bits-kept", Declaration.types(t -> t != ElementType.BOOL), s -> s.node()
                        .beside(s.tensor(2))
                        .beside(Specials.of(s.type()))
                        .made("q", node("SequenceConstruct", "x0 x1", "q"))
                        .feed(scalar(-1)))
                .reject("position-too-large", s -> three(s).feed(scalar(2)), n -> n.replacing(4, scalar(3)))
                .reject("position-too-small", s -> three(s).feed(scalar(-3)), n -> n.replacing(4, scalar(-4)));
        for (int position : new int[] {0, 2, -1, -2, -3}) {
            all = all.shape("position" + position, s -> three(s).feed(scalar(position)));
        }
        return all;
    }

    private static Declaration erase() {
        Declaration all = plain("SequenceErase", s -> unpacked(s, three(s).feed(scalar(1)), 2))
                .shape("position-left-out", s -> unpacked(s, three(s), 2))
                .shape("position-empty", s -> unpacked(s, three(s).omit(), 2))
                .shape(
                        "to-empty",
                        s -> unpacked(
                                s,
                                s.node()
                                        .beside(s.tensor(3))
                                        .made("q", node("SequenceConstruct", "x0", "q"))
                                        .feed(scalar(0)),
                                0))
                .shape("int32", s -> unpacked(s, three(s).feed(Tensor.ofLongs(ElementType.INT32, Shape.SCALAR, 0)), 2))
                .reject(
                        "position-too-large",
                        s -> unpacked(s, three(s).feed(scalar(2)), 2),
                        n -> n.replacing(4, scalar(3)))
                .reject(
                        "position-too-small",
                        s -> unpacked(s, three(s).feed(scalar(-3)), 2),
                        n -> n.replacing(4, scalar(-4)));
        for (int position : new int[] {0, 2, -1, -2, -3}) {
            all = all.shape("position" + position, s -> unpacked(s, three(s).feed(scalar(position)), 2));
        }
        return all;
    }

    private static Declaration insert() {
        Declaration all = plain("SequenceInsert", s -> unpacked(s, two(s).feed(s.tensor(7), scalar(1)), 3))
                .shape("position-left-out", s -> unpacked(s, two(s).feed(s.tensor(7)), 3))
                .shape(
                        "position-empty",
                        s -> unpacked(s, two(s).feed(s.tensor(7)).omit(), 3))
                .shape(
                        "into-empty",
                        s -> unpacked(
                                s,
                                s.node()
                                        .made("q", node("SequenceEmpty", "", "q", Attribute.of("dtype", (long)
                                                s.type().onnx())))
                                        .feed(s.tensor(7)),
                                1))
                .shape(
                        "int32",
                        s -> unpacked(
                                s, two(s).feed(s.tensor(7), Tensor.ofLongs(ElementType.INT32, Shape.SCALAR, 0)), 3))
                .special(
                        "bits-kept",
                        Declaration.types(t -> t != ElementType.BOOL),
                        s -> unpacked(s, two(s).feed(Specials.of(s.type()), scalar(0)), 3))
                .reject(
                        "position-too-large",
                        s -> unpacked(s, two(s).feed(s.tensor(7), scalar(2)), 3),
                        n -> n.replacing(4, scalar(3)))
                .reject(
                        "position-too-small",
                        s -> unpacked(s, two(s).feed(s.tensor(7), scalar(-2)), 3),
                        n -> n.replacing(4, scalar(-3)))
                .reject(
                        "unequal-types",
                        s -> unpacked(s, two(s).feed(s.tensor(7), scalar(0)), 3),
                        n -> n.replacing(3, other(n, 7)));
        for (int position : new int[] {0, 2, -1, -2}) {
            all = all.shape("position" + position, s -> unpacked(s, two(s).feed(s.tensor(7), scalar(position)), 3));
        }
        return all;
    }

    private static Declaration length() {
        return plain("SequenceLength", s -> three(s).giving(LONG))
                .shape("one", s -> s.node()
                        .beside(s.tensor(3))
                        .made("q", node("SequenceConstruct", "x0", "q"))
                        .giving(LONG))
                .shape("empty", s -> s.node()
                        .made("q", node("SequenceEmpty", "", "q", Attribute.of("dtype", (long)
                                s.type().onnx())))
                        .giving(LONG))
                .reject("two-inputs", n -> n.plus(new OneNode.Operand.Made("q")));
    }

    private static AttributeProto body(GraphProto graph) {
        return Attribute.of("body", graph);
    }

    /** Each tensor flattened, so that shapes tell which call was whose. */
    private static GraphProto flattening(Setting s) {
        return new ModelBuilder(s.opset())
                .openInput("a", s.type())
                .node("Flatten", List.of("a"), List.of("b"), Attribute.of("axis", 0L))
                .openOutput("b", s.type())
                .graph();
    }

    private static Declaration map() {
        return plain("SequenceMap", s -> unpacked(s, three(s).with(body(flattening(s))), 3))
                .value(
                        "tensor-beside",
                        s -> unpacked(
                                s,
                                s.node()
                                        .beside(s.tensor(3, 5))
                                        .beside(s.tensor(2, 5))
                                        .made("q", node("SequenceConstruct", "x0 x1", "q"))
                                        .feed(s.tensor(1, 5))
                                        .with(body(joining(s))),
                                2))
                .value(
                        "two-sequences",
                        s -> unpacked(
                                s,
                                s.node()
                                        .beside(s.tensor(3, 5))
                                        .beside(s.tensor(2, 5))
                                        .made("q", node("SequenceConstruct", "x0 x1", "q"))
                                        .made("r", node("SequenceConstruct", "x1 x0", "r"))
                                        .with(body(joining(s))),
                                2))
                .shape(
                        "captured",
                        s -> unpacked(
                                s,
                                s.node()
                                        .beside(s.tensor(3, 5))
                                        .beside(s.tensor(2, 5))
                                        .made("q", node("SequenceConstruct", "x0 x1", "q"))
                                        .with(body(new ModelBuilder(s.opset())
                                                .openInput("a", s.type())
                                                .node("Concat", List.of("a", "x1"), List.of("b"), axis(0))
                                                .openOutput("b", s.type())
                                                .graph())),
                                2))
                .shape(
                        "empty",
                        s -> unpacked(
                                s,
                                s.node()
                                        .made("q", node("SequenceEmpty", "", "q", Attribute.of("dtype", (long)
                                                s.type().onnx())))
                                        .with(body(flattening(s))),
                                0))
                .special(
                        "bits-kept",
                        Declaration.types(t -> t != ElementType.BOOL),
                        s -> unpacked(
                                s,
                                s.node()
                                        .beside(s.tensor(3))
                                        .beside(Specials.of(s.type()))
                                        .made("q", node("SequenceConstruct", "x0 x1", "q"))
                                        .feed(Specials.of(s.type()))
                                        .with(body(joining(s))),
                                2))
                .reject("body-missing", s -> unpacked(s, three(s).with(body(flattening(s))), 3), n -> n.without("body"))
                .reject(
                        "body-inputs",
                        s -> unpacked(s, three(s).with(body(flattening(s))), 3),
                        n -> n.with(body(joining(new Setting(
                                "",
                                n.outputs().get(0),
                                n.opset(),
                                Family.UNIFORM,
                                org.aiis.conformance.catalogue.Seeded.by(""))))));
    }

    private static GraphProto joining(Setting s) {
        return new ModelBuilder(s.opset())
                .openInput("a", s.type())
                .openInput("b", s.type())
                .node("Concat", List.of("b", "a"), List.of("c"), axis(0))
                .openOutput("c", s.type())
                .graph();
    }

    private static Declaration split() {
        return plain("SplitToSequence", s -> unpacked(s, s.node().feed(s.tensor(7, 3), Setting.longs(2, 4, 1)), 3))
                .shape("scalar", s -> unpacked(s, s.node().feed(s.tensor(7, 3), scalar(3)), 3))
                .shape("scalar-even", s -> unpacked(s, s.node().feed(s.tensor(6, 3), scalar(3)), 2))
                .shape("scalar-larger", s -> unpacked(s, s.node().feed(s.tensor(3, 2), scalar(5)), 1))
                .shape("left-out", s -> unpacked(s, s.node().feed(s.tensor(3, 5)), 3))
                .shape(
                        "keepdims-1",
                        s -> unpacked(s, s.node().feed(s.tensor(3, 5)).with(Attribute.of("keepdims", 1L)), 3))
                .shape(
                        "keepdims-0",
                        s -> unpacked(s, s.node().feed(s.tensor(3, 5)).with(Attribute.of("keepdims", 0L)), 3))
                .shape(
                        "keepdims-ignored",
                        s -> unpacked(
                                s, s.node().feed(s.tensor(3, 5), scalar(1)).with(Attribute.of("keepdims", 0L)), 3))
                .shape(
                        "axis-last",
                        s -> unpacked(
                                s,
                                s.node()
                                        .feed(s.tensor(2, 3, 5), Setting.longs(1, 4))
                                        .with(axis(2)),
                                2))
                .shape(
                        "axis-negative",
                        s -> unpacked(
                                s, s.node().feed(s.tensor(2, 5, 3), scalar(2)).with(axis(-2)), 3))
                .shape(
                        "int32",
                        s -> unpacked(
                                s,
                                s.node().feed(s.tensor(5, 2), Tensor.ofLongs(ElementType.INT32, Shape.of(2), 1, 4)),
                                2))
                .shape(
                        "constant",
                        s -> unpacked(s, s.node().feed(s.tensor(5, 2)).constant(Setting.longs(4, 1)), 2))
                .shape("dynamic", s -> unpacked(s, s.node().feed(s.tensor(5, 2)).constant(Setting.longs(4, 1)), 2)
                        .dynamic())
                .shape("one-part", s -> unpacked(s, s.node().feed(s.tensor(5, 2), Setting.longs(5)), 1))
                .shape("zero-size", s -> unpacked(s, s.node().feed(s.tensor(0, 2), scalar(3)), 0))
                .special(
                        "bits-kept",
                        Declaration.types(t -> t != ElementType.BOOL),
                        s -> unpacked(s, s.node().feed(Layout.twoRows(s)), 2))
                .reject("sizes", n -> n.replacing(1, Setting.longs(2, 4, 2)))
                .reject("negative-size", n -> n.replacing(1, Setting.longs(4, 4, -1)))
                .reject("axis-out-of-range", n -> n.with(axis(2)));
    }

    /** Three tensors that fit along the first axis. */
    private static OneNode rows(Setting s) {
        return s.node()
                .beside(s.tensor(3, 5))
                .beside(s.tensor(1, 5))
                .beside(s.tensor(2, 5))
                .made("q", node("SequenceConstruct", "x0 x1 x2", "q"));
    }

    private static OneNode alike(Setting s) {
        return joined(s, s.tensor(3, 5), s.tensor(3, 5));
    }

    private static AttributeProto newAxis(long flag) {
        return Attribute.of("new_axis", flag);
    }

    private static Declaration concat() {
        return plain("ConcatFromSequence", s -> rows(s).with(axis(0)))
                .value("odd", s -> joined(s, s.tensor(3, 5), s.tensor(4, 5)).with(axis(0)))
                .value("odd-columns", s -> joined(s, s.tensor(7, 2), s.tensor(7, 3))
                        .with(axis(1)))
                .shape("new-axis-0", s -> rows(s).with(axis(0), newAxis(0)))
                .shape("axis-1", s -> alike(s).with(axis(1)))
                .shape("axis-negative", s -> alike(s).with(axis(-1)))
                .shape("stacked-first", s -> alike(s).with(axis(0), newAxis(1)))
                .shape("stacked-middle", s -> alike(s).with(axis(1), newAxis(1)))
                .shape("stacked-last", s -> alike(s).with(axis(2), newAxis(1)))
                .shape("stacked-negative", s -> alike(s).with(axis(-1), newAxis(1)))
                .shape("scalars-stacked", s -> joined(s, s.tensor(), s.tensor()).with(axis(0), newAxis(1)))
                .shape("one", s -> alone(s).with(axis(0)))
                .shape("one-stacked", s -> alone(s).with(axis(0), newAxis(1)))
                .special("bits-kept", Declaration.types(t -> t != ElementType.BOOL), s -> s.node()
                        .beside(Specials.of(s.type()))
                        .beside(s.tensor(2))
                        .made("q", node("SequenceConstruct", "x0 x1", "q"))
                        .with(axis(0)))
                .reject("axis-missing", n -> n.without("axis"))
                .reject("axis-out-of-range", n -> n.with(axis(2)))
                .reject("sizes", n -> n.with(axis(1)))
                .reject(
                        "shapes-to-stack",
                        s -> alike(s).with(axis(0), newAxis(1)),
                        n -> n.replacing(0, new Tensor.Builder(n.outputs().get(0), Shape.of(3, 4)).build()));
    }

    private static OneNode alone(Setting s) {
        return s.node().beside(s.tensor(3, 2)).made("q", node("SequenceConstruct", "x0", "q"));
    }

    private static OneNode joined(Setting s, Tensor first, Tensor second) {
        return s.node().beside(first).beside(second).made("q", node("SequenceConstruct", "x0 x1", "q"));
    }
}
