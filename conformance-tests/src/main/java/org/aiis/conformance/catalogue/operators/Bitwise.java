package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Binary.dims;
import static org.aiis.conformance.catalogue.operators.Declaration.before;
import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.Arrays;
import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Operators on the bits of integers, and remainders. */
final class Bitwise {
    private Bitwise() {}

    static List<Declaration> declarations() {
        return List.of(
                bitwise("BitwiseAnd"),
                bitwise("BitwiseOr"),
                bitwise("BitwiseXor"),
                Unary.shaped(Declaration.of("BitwiseNot", s -> s.node().feed(bits(s, 5, 13))))
                        .special("integer-extremes", types(t -> true), s -> s.node()
                                .feed(Specials.of(s.type())))
                        .reject("two-inputs", Unary::twoInputs)
                        .reject("type-float", n -> n.replacing(0, Tensor.ofFloats(Shape.of(3), 1, 2, 3))
                                .giving(ElementType.FLOAT32)),
                shift(),
                cast(),
                mod());
    }

    /** Every bit of the type is drawn. */
    private static Tensor bits(Setting s, int... dims) {
        return bits(s, s.type(), dims);
    }

    private static Tensor bits(Setting s, ElementType type, int... dims) {
        Tensor.Builder tensor = new Tensor.Builder(type, Shape.of(dims));
        int size = Shape.of(dims).size();
        for (int i = 0; i < size; i++) {
            tensor.setBits(
                    i,
                    type == ElementType.BOOL
                            ? s.seeded().integer(0, 1)
                            : s.seeded().bits());
        }
        return tensor.build();
    }

    private static Declaration bitwise(String operator) {
        return Binary.broadcast(operator, (s, a, b) -> s.node().feed(bits(s, a), bits(s, b)))
                .special("every-pair", types(t -> true), s -> s.node()
                        .feed(Binary.column(Specials.of(s.type())), Specials.of(s.type())))
                .reject("unequal-types", Binary::otherType)
                .reject("one-input", OneNode::shortened)
                .reject("type-float", n -> n.replacing(
                                0, new Tensor.Builder(ElementType.FLOAT32, Shape.of(5, 13)).build())
                        .replacing(1, new Tensor.Builder(ElementType.FLOAT32, Shape.of(5, 13)).build())
                        .giving(ElementType.FLOAT32));
    }

    private static Declaration shift() {
        return Binary.broadcast("BitShift", (s, a, b) -> shift(s, "LEFT", a, b))
                .value("right", s -> shift(s, "RIGHT", dims(5, 13), dims(5, 13)))
                .shape("right-broadcast", s -> shift(s, "RIGHT", dims(7, 1, 5), dims(3, 1)))
                .special("every-shift-left", types(t -> true), s -> everyShift(s, "LEFT"))
                .special("every-shift-right", types(t -> true), s -> everyShift(s, "RIGHT"))
                .reject("unequal-types", Binary::otherType)
                .reject("direction-missing", n -> n.without("direction"))
                .reject("direction-unknown", n -> n.with(Attribute.of("direction", "UP")));
    }

    private static OneNode shift(Setting s, String direction, int[] a, int[] b) {
        return s.node()
                .feed(bits(s, a), s.integers(s.type(), 0, s.type().bits() - 1L, b))
                .with(Attribute.of("direction", direction));
    }

    private static OneNode everyShift(Setting s, String direction) {
        long[] shifts = new long[s.type().bits()];
        Arrays.setAll(shifts, i -> i);
        return s.node()
                .feed(Binary.column(Specials.of(s.type())), Tensor.ofLongs(s.type(), Shape.of(shifts.length), shifts))
                .with(Attribute.of("direction", direction));
    }

    /** To every type of the same width; bits of every kind, NaN payloads among them. */
    private static Declaration cast() {
        Declaration cast = Declaration.of("BitCast", s -> sibling(s, bits(s, 5, 13)))
                .families(Family.UNIFORM)
                .shape("rank-0", s -> sibling(s, bits(s)))
                .shape("rank-1", s -> sibling(s, bits(s, 17)))
                .shape("rank-6", s -> sibling(s, bits(s, 2, 1, 3, 1, 2, 2)))
                .shape("zero-size", s -> sibling(s, bits(s, 3, 0, 2)))
                .shape("size-1", s -> sibling(s, bits(s, 1)))
                .shape("dynamic", s -> sibling(s, bits(s, 3, 11)).dynamic());
        for (ElementType target : ElementType.values()) {
            if (target != ElementType.STRING && target != ElementType.BOOL) {
                cast = cast.value(
                        "to-" + target.label(),
                        types(t -> t.bits() == target.bits() && t != target),
                        s -> to(s.node().feed(bits(s, 97)), target));
            }
        }
        return cast.value(
                        "to-bool",
                        types(t -> t.bits() == 8 && t != ElementType.BOOL),
                        s -> to(s.node().feed(zeroesAndOnes(s)), ElementType.BOOL))
                .special("every-special", types(t -> true), s -> sibling(s, Specials.of(s.type())))
                .reject("width", n -> to(n, n.outputs().get(0).bits() == 32 ? ElementType.INT64 : ElementType.INT32))
                .reject("to-missing", n -> n.without("to"))
                .reject("to-string", n -> to(n, ElementType.STRING));
    }

    private static OneNode sibling(Setting s, Tensor data) {
        return to(s.node().feed(data), sibling(s.type()));
    }

    private static OneNode to(OneNode node, ElementType target) {
        return node.with(Attribute.of("to", (long) target.onnx())).giving(target);
    }

    private static Tensor zeroesAndOnes(Setting s) {
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(31));
        for (int i = 0; i < 31; i++) {
            tensor.setBits(i, s.seeded().integer(0, 1));
        }
        return tensor.build();
    }

    /** Another type of the width that has no bits to lose. */
    private static ElementType sibling(ElementType type) {
        return switch (type.bits()) {
            case 64 -> type == ElementType.UINT64 ? ElementType.INT64 : ElementType.UINT64;
            case 32 -> type == ElementType.UINT32 ? ElementType.INT32 : ElementType.UINT32;
            case 16 -> type == ElementType.UINT16 ? ElementType.INT16 : ElementType.UINT16;
            case 8 -> type == ElementType.UINT8 ? ElementType.INT8 : ElementType.UINT8;
            case 4 -> type == ElementType.UINT4 ? ElementType.INT4 : ElementType.UINT4;
            default -> type == ElementType.UINT2 ? ElementType.INT2 : ElementType.UINT2;
        };
    }

    /** Floats with fmod 1, which versions before 28 ask for; integers with the floored quotient. */
    private static Declaration mod() {
        return Binary.broadcast("Mod", Bitwise::mod)
                .value(
                        "wide-quotients",
                        types(ElementType::isFloat),
                        s -> fmod(s, s.node().feed(s.between(-1000, 1000, 97), s.between(0.01, 0.3, 97))))
                .value("signs", types(t -> t.isInteger() && t.isSigned()), s -> s.node()
                        .feed(
                                Tensor.ofLongs(s.type(), Shape.of(8), 7, -7, 7, -7, 6, -6, 6, -6),
                                Tensor.ofLongs(s.type(), Shape.of(8), 3, 3, -3, -3, 3, 3, -3, -3)))
                .value("fmod-0", types(t -> t.isInteger()), s -> mod(s, dims(31), dims(31))
                        .with(Attribute.of("fmod", 0L)))
                .special(
                        "every-pair",
                        s -> fmod(
                                s,
                                s.node()
                                        .feed(
                                                Binary.column(Specials.of(s.type())),
                                                Tensor.ofReals(
                                                        s.type(),
                                                        Shape.of(9),
                                                        Double.POSITIVE_INFINITY,
                                                        Double.NEGATIVE_INFINITY,
                                                        Double.NaN,
                                                        3,
                                                        -0.75,
                                                        s.type().format().smallestSubnormal(),
                                                        -s.type().format().smallestNormal(),
                                                        s.type().format().largestFinite(),
                                                        -s.type().format().largestFinite()))))
                .special("integer-extremes", types(t -> t.isInteger()), s -> s.node()
                        .feed(Binary.column(Specials.of(s.type())), Tensor.ofLongs(s.type(), Shape.of(3), 1, 3, 64)))
                .reject("unequal-types", Binary::otherType)
                .reject(
                        "floats-without-fmod",
                        before(28),
                        s -> fmod(s, s.node().feed(s.tensor(3), s.between(1, 2, 3))),
                        n -> n.with(Attribute.of("fmod", 0L)));
    }

    private static OneNode fmod(Setting s, OneNode node) {
        return s.type().isFloat() ? node.with(Attribute.of("fmod", 1L)) : node;
    }

    private static OneNode mod(Setting s, int[] a, int[] b) {
        return s.type().isFloat()
                ? fmod(s, s.node().feed(s.tensor(a), s.between(0.5, 3, b)))
                : s.node()
                        .feed(
                                s.integers(s.type(), s.type().isSigned() ? -100 : 0, 100, a),
                                s.integers(s.type(), 1, 7, b));
    }
}
