package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.before;
import static org.aiis.conformance.catalogue.operators.Declaration.since;
import static org.aiis.conformance.catalogue.operators.Sequences.node;
import static org.aiis.conformance.catalogue.operators.Sequences.plain;
import static org.aiis.conformance.catalogue.operators.Sequences.scalar;
import static org.aiis.conformance.catalogue.operators.Sequences.two;
import static org.aiis.conformance.catalogue.operators.Sequences.unpacked;

import java.util.List;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.TypeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/** Operators on optionals, of tensors and of sequences. What goes into the model and comes out are tensors. */
final class Optionals {
    private Optionals() {}

    static List<Declaration> declarations() {
        return List.of(optional(), getElement(), hasElement());
    }

    private static TypeProto tensorType(ElementType type) {
        return TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.onnx()))
                .build();
    }

    private static TypeProto sequenceType(ElementType type) {
        return TypeProto.newBuilder()
                .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(tensorType(type)))
                .build();
    }

    /** The attribute of Optional that says what is missing. */
    static AttributeProto tensor(ElementType type) {
        return type(tensorType(type));
    }

    static AttributeProto sequence(ElementType type) {
        return type(sequenceType(type));
    }

    private static AttributeProto type(TypeProto type) {
        return AttributeProto.newBuilder()
                .setName("type")
                .setType(AttributeProto.AttributeType.TYPE_PROTO)
                .setTp(type)
                .build();
    }

    private static OneNode taken(Setting s, OneNode node) {
        return node.behind(List.of("t"), node("OptionalGetElement", "t", "y0"), node("OptionalHasElement", "t", "y1"))
                .giving(s.type(), ElementType.BOOL);
    }

    private static Declaration optional() {
        return plain("Optional", s -> taken(s, s.node().feed(s.tensor(3, 5))))
                .shape("rank-0", s -> taken(s, s.node().feed(s.tensor())))
                .shape("zero-size", s -> taken(s, s.node().feed(s.tensor(0, 3))))
                .shape("sequence", s -> two(s).behind(
                                List.of("t"),
                                node("OptionalGetElement", "t", "u"),
                                node("SequenceAt", "u x3", "y0"),
                                node("SequenceLength", "u", "y1"))
                        .besideConstant(scalar(1))
                        .giving(s.type(), ElementType.INT64))
                .shape("empty", s -> s.node()
                        .with(type(tensorType(s.type())))
                        .behind(List.of("t"), node("OptionalHasElement", "t", "y"))
                        .giving(ElementType.BOOL))
                .shape("empty-sequence", s -> s.node()
                        .with(type(sequenceType(s.type())))
                        .behind(List.of("t"), node("OptionalHasElement", "t", "y"))
                        .giving(ElementType.BOOL))
                .special(
                        "bits-kept",
                        Declaration.types(t -> t != ElementType.BOOL),
                        s -> taken(s, s.node().feed(Specials.of(s.type()))))
                .reject(
                        "neither-input-nor-type",
                        s -> s.node()
                                .with(type(tensorType(s.type())))
                                .behind(List.of("t"), node("OptionalHasElement", "t", "y"))
                                .giving(ElementType.BOOL),
                        n -> n.without("type"));
    }

    private static OneNode held(Setting s, Tensor x) {
        return s.node().beside(x).made("o", node("Optional", "x0", "o"));
    }

    private static Declaration getElement() {
        return plain("OptionalGetElement", s -> held(s, s.tensor(3, 5)))
                .shape("rank-0", s -> held(s, s.tensor()))
                .shape("zero-size", s -> held(s, s.tensor(0, 3)))
                .shape("rank-3", s -> held(s, s.tensor(2, 3, 2)))
                .shape("one-element", s -> held(s, s.tensor(1)))
                .value("sequence", s -> s.node()
                        .beside(s.tensor(3, 5))
                        .beside(s.tensor(2))
                        .made("o", node("SequenceConstruct", "x0 x1", "q"), node("Optional", "q", "o"))
                        .behind(List.of("t"), node("SequenceAt", "t x3", "y0"), node("SequenceLength", "t", "y1"))
                        .besideConstant(scalar(1))
                        .giving(s.type(), ElementType.INT64))
                .value("of-a-tensor", since(18), s -> s.node().feed(s.tensor(3, 5)))
                .value("of-a-sequence", since(18), s -> unpacked(s, two(s), 2))
                .special(
                        "bits-kept", Declaration.types(t -> t != ElementType.BOOL), s -> held(s, Specials.of(s.type())))
                .special(
                        "bits-kept-of-a-tensor", (type, opset) -> type != ElementType.BOOL && opset >= 18, s -> s.node()
                                .feed(Specials.of(s.type())))
                .reject("two-inputs", n -> n.plus(new OneNode.Operand.Made("o")));
    }

    /** Without an input it is a constant, which leaves no node to run: the oracle's tests have that form. */
    private static Declaration hasElement() {
        return plain("OptionalHasElement", s -> held(s, s.tensor(3, 5)).giving(ElementType.BOOL))
                .reject(
                        "input-missing",
                        before(18),
                        s -> held(s, s.tensor(3, 5)).giving(ElementType.BOOL),
                        OneNode::withoutLast)
                .value("empty", s -> s.node()
                        .made("o", node("Optional", "", "o", type(tensorType(s.type()))))
                        .giving(ElementType.BOOL))
                .value("empty-sequence", s -> s.node()
                        .made("o", node("Optional", "", "o", type(sequenceType(s.type()))))
                        .giving(ElementType.BOOL))
                .value("sequence", s -> s.node()
                        .beside(s.tensor(3, 5))
                        .made("o", node("SequenceConstruct", "x0", "q"), node("Optional", "q", "o"))
                        .giving(ElementType.BOOL))
                .shape("sequence-without-tensors", s -> s.node()
                        .made(
                                "o",
                                node("SequenceEmpty", "", "q", Attribute.of("dtype", (long)
                                        s.type().onnx())),
                                node("Optional", "q", "o"))
                        .giving(ElementType.BOOL))
                .value("of-a-tensor", since(18), s -> s.node()
                        .feed(s.tensor(3, 5))
                        .giving(ElementType.BOOL))
                .value("of-a-sequence", since(18), s -> two(s).giving(ElementType.BOOL))
                .special("special-values", (type, opset) -> type.isFloat() && opset >= 18, s -> s.node()
                        .feed(Specials.of(s.type()))
                        .giving(ElementType.BOOL))
                .reject("two-inputs", n -> n.plus(new OneNode.Operand.Made("o")));
    }
}
