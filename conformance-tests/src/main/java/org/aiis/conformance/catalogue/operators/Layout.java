package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.before;
import static org.aiis.conformance.catalogue.operators.Declaration.only;
import static org.aiis.conformance.catalogue.operators.Declaration.since;

import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Operators that move elements and keep their bits: any type goes through them. */
final class Layout {
    private Layout() {}

    static List<Declaration> declarations() {
        return List.of(
                reshape(),
                transpose(),
                concat(),
                split(),
                unsqueeze(),
                squeeze(),
                expand(),
                Padding.declaration(),
                identity(),
                shape(),
                flatten());
    }

    /** Moving is judged bit by bit, so two families suffice; special values go through every operator. */
    static Declaration moving(String operator, Form plain, Form special) {
        return Declaration.of(operator, plain)
                .families(Family.UNIFORM, Family.WIDE)
                .special("bits-kept", Declaration.types(t -> t != ElementType.BOOL), special);
    }

    /** The special values as a matrix of two equal rows. */
    static Tensor twoRows(Setting s) {
        Tensor one = Specials.of(s.type());
        int n = one.size();
        if (s.type() == ElementType.STRING) {
            List<String> twice = new java.util.ArrayList<>(one.strings());
            twice.addAll(one.strings());
            return Tensor.ofStrings(Shape.of(2, n), twice);
        }
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(2, n));
        for (int i = 0; i < 2 * n; i++) {
            tensor.setBits(i, one.bits(i % n));
        }
        return tensor.build();
    }

    private static Declaration reshape() {
        return moving("Reshape", s -> to(s, s.tensor(4, 6), 3, 8), s -> to(s, twoRows(s), -1))
                .shape("infer", s -> to(s, s.tensor(2, 3, 4), 2, -1))
                .shape("copy", s -> to(s, s.tensor(2, 3, 4), 0, 12))
                .shape("copy-and-infer", s -> to(s, s.tensor(2, 3, 4), 0, -1))
                .shape("to-rank-0", s -> to(s, s.tensor(1)))
                .shape("from-rank-0", s -> to(s, s.tensor(), 1, 1))
                .shape("zero-size", s -> to(s, s.tensor(0, 3), 0, 5).replacing(1, Setting.longs(0, 5)))
                .shape("allowzero", since(14), s -> to(s, s.tensor(0, 3), 3, 0).with(Attribute.of("allowzero", 1L)))
                .shape("allowzero-0", since(14), s -> to(s, s.tensor(2, 3), 0, 3)
                        .with(Attribute.of("allowzero", 0L)))
                .shape("rank-6", s -> to(s, s.tensor(4, 6), 2, 1, 2, 3, 1, 2))
                .shape("shape-fed", s -> to(s, s.tensor(4, 6), 8, 3).allFed())
                .shape("dynamic", s -> to(s, s.tensor(4, 6), 2, -1).dynamic())
                .reject("sizes", n -> n.replacing(1, Setting.longs(5, 5)))
                .reject("two-inferred", n -> n.replacing(1, Setting.longs(-1, -1)))
                .reject(
                        "zero-and-inferred",
                        since(14),
                        s -> to(s, s.tensor(0, 3), 0, 3).with(Attribute.of("allowzero", 1L)),
                        n -> n.replacing(1, Setting.longs(0, -1)));
    }

    static OneNode to(Setting s, Tensor data, long... shape) {
        return s.node().feed(data).constant(Setting.longs(shape));
    }

    private static Declaration transpose() {
        return moving("Transpose", s -> s.node().feed(s.tensor(5, 7)), s -> s.node()
                        .feed(twoRows(s))
                        .with(Attribute.ints("perm", 1, 0)))
                .shape("square", s -> s.node().feed(s.tensor(5, 5)))
                .shape("perm-left-out", s -> s.node().feed(s.tensor(2, 3, 4)))
                .shape("identity", s -> s.node().feed(s.tensor(2, 3, 4)).with(Attribute.ints("perm", 0, 1, 2)))
                .shape("perm-021", s -> s.node().feed(s.tensor(2, 3, 4)).with(Attribute.ints("perm", 0, 2, 1)))
                .shape("perm-102", s -> s.node().feed(s.tensor(2, 3, 4)).with(Attribute.ints("perm", 1, 0, 2)))
                .shape("perm-120", s -> s.node().feed(s.tensor(2, 3, 4)).with(Attribute.ints("perm", 1, 2, 0)))
                .shape("perm-201", s -> s.node().feed(s.tensor(2, 3, 4)).with(Attribute.ints("perm", 2, 0, 1)))
                .shape("perm-210", s -> s.node().feed(s.tensor(2, 3, 4)).with(Attribute.ints("perm", 2, 1, 0)))
                .shape("nchw-nhwc", s -> s.node().feed(s.tensor(2, 3, 4, 5)).with(Attribute.ints("perm", 0, 2, 3, 1)))
                .shape("rank-0", s -> s.node().feed(s.tensor()))
                .shape("rank-1", s -> s.node().feed(s.tensor(7)))
                .shape(
                        "rank-6",
                        s -> s.node().feed(s.tensor(2, 1, 3, 1, 2, 2)).with(Attribute.ints("perm", 5, 0, 3, 1, 4, 2)))
                .shape("zero-size", s -> s.node().feed(s.tensor(2, 0, 3)).with(Attribute.ints("perm", 2, 0, 1)))
                .shape("dynamic", s -> s.node().feed(s.tensor(3, 4)).dynamic())
                .reject(
                        "perm-repeated",
                        s -> s.node().feed(s.tensor(2, 3)).with(Attribute.ints("perm", 1, 0)),
                        n -> n.with(Attribute.ints("perm", 1, 1)))
                .reject(
                        "perm-length",
                        s -> s.node().feed(s.tensor(2, 3)).with(Attribute.ints("perm", 1, 0)),
                        n -> n.with(Attribute.ints("perm", 1, 0, 2)));
    }

    private static Declaration concat() {
        Form plain = s -> s.node().feed(s.tensor(3, 5), s.tensor(4, 5)).with(axis(0));
        return moving("Concat", plain, s -> s.node()
                        .feed(twoRows(s), twoRows(s))
                        .with(axis(1)))
                .shape("one-input", s -> s.node().feed(s.tensor(3, 5)).with(axis(1)))
                .shape(
                        "square-negative",
                        s -> s.node().feed(s.tensor(3, 3), s.tensor(3, 3)).with(axis(-1)))
                .shape("three-inputs", s -> s.node()
                        .feed(s.tensor(2, 1, 3), s.tensor(2, 4, 3), s.tensor(2, 2, 3))
                        .with(axis(1)))
                .shape("five-inputs", s -> s.node()
                        .feed(s.tensor(1), s.tensor(2), s.tensor(3), s.tensor(4), s.tensor(5))
                        .with(axis(0)))
                .shape(
                        "axis-last",
                        s -> s.node().feed(s.tensor(2, 3, 4), s.tensor(2, 3, 1)).with(axis(2)))
                .shape(
                        "axis-negative",
                        s -> s.node().feed(s.tensor(2, 3, 4), s.tensor(2, 1, 4)).with(axis(-2)))
                .shape(
                        "zero-size",
                        s -> s.node().feed(s.tensor(2, 0), s.tensor(2, 3)).with(axis(1)))
                .shape(
                        "all-zero-size",
                        s -> s.node().feed(s.tensor(0, 3), s.tensor(0, 3)).with(axis(0)))
                .shape("rank-6", s -> s.node()
                        .feed(s.tensor(1, 2, 1, 2, 1, 2), s.tensor(1, 2, 1, 3, 1, 2))
                        .with(axis(3)))
                .shape("dynamic", s -> s.node()
                        .feed(s.tensor(3, 5), s.tensor(4, 5))
                        .with(axis(0))
                        .dynamic())
                .reject("axis-missing", n -> n.without("axis"))
                .reject("axis-out-of-range", n -> n.with(axis(2)))
                .reject("sizes", n -> n.replacing(1, Products.zeros(n, 4, 6)))
                .reject("ranks", n -> n.replacing(1, Products.zeros(n, 4, 5, 1)));
    }

    private static Declaration split() {
        return moving("Split", s -> sizes(s, s.tensor(7, 5), 3, 4).with(axis(0)), s -> sizes(s, twoRows(s), 1, 1)
                        .with(axis(0)))
                .shape("equal-parts", before(18), s -> s.node()
                        .feed(s.tensor(6, 2))
                        .giving(s.type(), s.type(), s.type()))
                .shape("equal-parts", since(18), s -> s.node()
                        .feed(s.tensor(6, 2))
                        .giving(s.type(), s.type(), s.type())
                        .with(Attribute.of("num_outputs", 3L)))
                .shape("smaller-last-part", since(18), s -> s.node()
                        .feed(s.tensor(7, 2))
                        .giving(s.type(), s.type(), s.type())
                        .with(Attribute.of("num_outputs", 3L)))
                .shape("axis-last", s -> sizes(s, s.tensor(2, 3, 5), 1, 4).with(axis(2)))
                .shape("square-negative", s -> sizes(s, s.tensor(4, 4), 1, 3).with(axis(-1)))
                .shape("zero-size", s -> sizes(s, s.tensor(4, 0), 1, 3).with(axis(0)))
                .shape("axis-negative", s -> sizes(s, s.tensor(2, 5, 3), 2, 3).with(axis(-2)))
                .shape("zero-size-part", s -> sizes(s, s.tensor(5, 2), 0, 5).with(axis(0)))
                .shape("axis-left-out", s -> sizes(s, s.tensor(5, 2), 1, 4))
                .shape("sizes-fed", s -> sizes(s, s.tensor(5, 2), 1, 4).allFed())
                .shape("dynamic", s -> sizes(s, s.tensor(5, 2), 1, 4).dynamic())
                .shape("nothing-in-two", before(18), s -> s.node()
                        .feed(s.tensor(0, 2))
                        .giving(s.type(), s.type()))
                .shape("nothing-in-two", since(18), s -> s.node()
                        .feed(s.tensor(0, 2))
                        .giving(s.type(), s.type())
                        .with(Attribute.of("num_outputs", 2L)))
                .shape("square-first", s -> sizes(s, s.tensor(4, 4), 1, 3).with(axis(0)))
                .reject("sizes", n -> n.replacing(1, Setting.longs(3, 5)))
                .reject(
                        "sizes-beyond",
                        s -> sizes(s, s.tensor(2, 3, 2), 1, 1),
                        n -> n.replacing(1, Setting.longs(2, 3)))
                .reject("axis-out-of-range", n -> n.with(axis(2)))
                .reject(
                        "sizes-and-number",
                        since(18),
                        s -> sizes(s, s.tensor(6, 5), 3, 3),
                        n -> n.with(Attribute.of("num_outputs", 2L)));
    }

    private static OneNode sizes(Setting s, Tensor data, long... sizes) {
        ElementType[] parts = new ElementType[sizes.length];
        java.util.Arrays.fill(parts, s.type());
        return s.node().feed(data).constant(Setting.longs(sizes)).giving(parts);
    }

    private static Declaration unsqueeze() {
        return moving("Unsqueeze", s -> to(s, s.tensor(3, 5), 1), s -> to(s, twoRows(s), 0))
                .shape("first", s -> to(s, s.tensor(3, 4), 0))
                .shape("last", s -> to(s, s.tensor(3, 4), 2))
                .shape("negative", s -> to(s, s.tensor(3, 4), -1))
                .shape("several", s -> to(s, s.tensor(3, 4), 0, 2, 4))
                .shape("unordered", s -> to(s, s.tensor(3, 4), 3, 0))
                .shape("negative-several", s -> to(s, s.tensor(3, 4), -1, -3))
                .shape("rank-0", s -> to(s, s.tensor(), 0))
                .shape("zero-size", s -> to(s, s.tensor(0, 2), 1))
                .shape("axes-fed", s -> to(s, s.tensor(3, 4), 1).allFed())
                .shape("dynamic", s -> to(s, s.tensor(3, 4), 1).dynamic())
                .reject("repeated-axis", s -> to(s, s.tensor(3, 4), 1, 2), n -> n.replacing(1, Setting.longs(1, 1)))
                .reject("axis-out-of-range", n -> n.replacing(1, Setting.longs(4)))
                .reject("axes-missing", OneNode::shortened);
    }

    private static Declaration squeeze() {
        return moving(
                        "Squeeze",
                        s -> to(s, s.tensor(3, 1, 5), 1),
                        s -> to(s, twoRows(s).reshaped(columns(s)), 1))
                .shape("axes-left-out", s -> s.node().feed(s.tensor(1, 3, 1, 2)))
                .shape("negative", s -> to(s, s.tensor(3, 4, 1), -1))
                .shape("several", s -> to(s, s.tensor(1, 3, 1, 2, 1), 0, 4))
                .shape("unordered", s -> to(s, s.tensor(1, 3, 1, 2), 2, 0))
                .shape("to-rank-0", s -> to(s, s.tensor(1), 0))
                .shape("to-rank-0-left-out", s -> s.node().feed(s.tensor(1, 1)))
                .shape("nothing-to-do", s -> s.node().feed(s.tensor(3, 2)))
                .shape("zero-size", s -> to(s, s.tensor(0, 1, 2), 1))
                .shape("axes-fed", s -> to(s, s.tensor(3, 1), 1).allFed())
                .shape("dynamic", s -> to(s, s.tensor(3, 1), 1).dynamic())
                .shape("ones-around", s -> to(s, s.tensor(1, 13, 1), 2))
                .value("data-like-axes", only(ElementType.INT64), s -> to(s, s.tensor(1, 3, 4), 0))
                .reject("size-not-1", n -> n.replacing(1, Setting.longs(0)))
                .reject("axis-out-of-range", n -> n.replacing(1, Setting.longs(3)))
                .reject("axis-below-range", n -> n.replacing(1, Setting.longs(-5)));
    }

    private static Shape columns(Setting s) {
        return Shape.of(2, 1, Specials.of(s.type()).size());
    }

    private static Declaration expand() {
        return moving("Expand", s -> to(s, s.tensor(3, 1), 3, 7), s -> to(s, twoRows(s), 2, 1, 1))
                .shape("both-ways", s -> to(s, s.tensor(3, 1), 1, 5))
                .shape("shorter-shape", s -> to(s, s.tensor(2, 3, 4), 4))
                .shape("shape-of-ones", s -> to(s, s.tensor(2, 3), 1, 1))
                .shape("longer-shape", s -> to(s, s.tensor(3), 2, 4, 3))
                .shape("rank-0", s -> to(s, s.tensor(), 2, 3))
                .shape("rank-0-kept", s -> to(s, s.tensor()))
                .shape("zero-size", s -> to(s, s.tensor(1, 3), 0, 3))
                .shape("rank-6", s -> to(s, s.tensor(2, 1, 3), 1, 2, 1, 2, 4, 3))
                .shape("shape-fed", s -> to(s, s.tensor(3, 1), 3, 4).allFed())
                .shape("dynamic", s -> to(s, s.tensor(3, 1), 3, 4).dynamic())
                .reject("shapes", s -> to(s, s.tensor(3, 4), 3, 4), n -> n.replacing(1, Setting.longs(3, 5)))
                .reject("longer-shape", s -> to(s, s.tensor(2), 2, 4, 2), n -> n.replacing(1, Setting.longs(2, 4, 3)))
                .reject(
                        "shape-rank-2",
                        s -> to(s, s.tensor(3, 4), 3, 4),
                        n -> n.replacing(1, Setting.longs(3, 4).reshaped(Shape.of(1, 2))));
    }

    private static Declaration identity() {
        return moving("Identity", s -> s.node().feed(s.tensor(5, 7)), s -> s.node()
                        .feed(twoRows(s)))
                .shape("rank-0", s -> s.node().feed(s.tensor()))
                .shape("rank-1", s -> s.node().feed(s.tensor(17)))
                .shape("rank-6", s -> s.node().feed(s.tensor(2, 1, 3, 1, 2, 2)))
                .shape("zero-size", s -> s.node().feed(s.tensor(2, 0, 3)))
                .shape("dynamic", s -> s.node().feed(s.tensor(3, 5)).dynamic())
                .value("sequence", (type, opset) -> opset >= 14 && Sequences.holds(type), s -> Sequences.two(s)
                        .behind(
                                List.of("t"),
                                Sequences.node("SequenceAt", "t x3", "y0"),
                                Sequences.node("SequenceLength", "t", "y1"))
                        .giving(s.type(), ElementType.INT64)
                        .besideConstant(Setting.scalar(ElementType.INT64, 1)))
                .value("optional", (type, opset) -> opset >= 16 && Sequences.holds(type), s -> s.node()
                        .beside(s.tensor(3, 5))
                        .made("o", Sequences.node("Optional", "x0", "o"))
                        .behind(
                                List.of("t"),
                                Sequences.node("OptionalGetElement", "t", "y0"),
                                Sequences.node("OptionalHasElement", "t", "y1"))
                        .giving(s.type(), ElementType.BOOL))
                .value("optional-sequence", (type, opset) -> opset >= 16 && Sequences.holds(type), s -> s.node()
                        .beside(s.tensor(3, 5))
                        .made("o", Sequences.node("SequenceConstruct", "x0", "q"), Sequences.node("Optional", "q", "o"))
                        .behind(
                                List.of("t"),
                                Sequences.node("OptionalGetElement", "t", "u"),
                                Sequences.node("SequenceAt", "u x2", "y"))
                        .besideConstant(Setting.scalar(ElementType.INT64, 0)))
                .reject("two-inputs", n -> n.plus(n.operands().get(0)));
    }

    private static Declaration shape() {
        return Declaration.of("Shape", s -> size(s.node().feed(s.tensor(3, 5))))
                .families(Family.UNIFORM)
                .shape("rank-6", s -> size(s.node().feed(s.tensor(2, 1, 3, 1, 2, 2))))
                .shape("zero-size", s -> size(s.node().feed(s.tensor(2, 0, 3))))
                .shape("start", since(15), s -> between(s, 1).with(Attribute.of("start", 1L)))
                .shape("end", since(15), s -> between(s, 2).with(Attribute.of("end", 2L)))
                .shape("start-end", since(15), s -> between(s, 3)
                        .with(Attribute.of("start", 1L), Attribute.of("end", 3L)))
                .shape("negative", since(15), s -> between(s, 4)
                        .with(Attribute.of("start", -3L), Attribute.of("end", -1L)))
                .shape("out-of-range", since(15), s -> between(s, 5)
                        .with(Attribute.of("start", -9L), Attribute.of("end", 9L)))
                .shape("empty", since(15), s -> between(s, 6).with(Attribute.of("start", 3L), Attribute.of("end", 2L)))
                .shape("dynamic", s -> size(s.node().feed(s.tensor(3, 7))))
                .shape("rank-1", s -> size(s.node().feed(s.tensor(7))))
                .reject("two-inputs", n -> n.plus(n.operands().get(0)));
    }

    private static OneNode between(Setting s, int last) {
        return size(s.node().feed(s.tensor(2, 3, 1, last)));
    }

    /** Every extent open, or a compiler answers from the declaration and no node runs. */
    private static OneNode size(OneNode node) {
        return node.dynamic().giving(ElementType.INT64);
    }

    private static Declaration flatten() {
        return moving("Flatten", s -> s.node().feed(s.tensor(2, 3, 4)), s -> s.node()
                        .feed(twoRows(s)))
                .shape("axis-0", s -> s.node().feed(s.tensor(2, 3, 4)).with(axis(0)))
                .shape("axis-middle", s -> s.node().feed(s.tensor(2, 3, 4, 5)).with(axis(2)))
                .shape("axis-rank", s -> s.node().feed(s.tensor(2, 3, 4)).with(axis(3)))
                .shape("axis-negative", s -> s.node().feed(s.tensor(2, 3, 4)).with(axis(-1)))
                .shape(
                        "axis-negative-rank",
                        s -> s.node().feed(s.tensor(2, 3, 4)).with(axis(-3)))
                .shape("rank-1", s -> s.node().feed(s.tensor(7)))
                .shape("zero-size", s -> s.node().feed(s.tensor(2, 0, 3)).with(axis(2)))
                .shape("dynamic", s -> s.node().feed(s.tensor(2, 3, 4)).dynamic())
                .reject("axis-out-of-range", s -> s.node().feed(s.tensor(2, 3)).with(axis(1)), n -> n.with(axis(3)))
                .reject("two-inputs", n -> n.plus(n.operands().get(0)));
    }

    static org.aiis.onnx.AttributeProto axis(long axis) {
        return Attribute.of("axis", axis);
    }
}
