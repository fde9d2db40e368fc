package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.only;
import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Functions of two elements, with broadcasting. */
final class Binary {
    private static final List<ElementType> EXPONENTS = List.of(
            ElementType.FLOAT64,
            ElementType.FLOAT16,
            ElementType.INT8,
            ElementType.UINT8,
            ElementType.INT16,
            ElementType.UINT16,
            ElementType.INT32,
            ElementType.UINT32,
            ElementType.INT64,
            ElementType.UINT64);

    private Binary() {}

    /** How the operands of a setting are drawn for shapes a and b. */
    @FunctionalInterface
    interface Pair {
        OneNode of(Setting setting, int[] a, int[] b);
    }

    static List<Declaration> declarations() {
        return List.of(
                arithmetic("Add", Binary::plain),
                arithmetic("Sub", Binary::difference),
                arithmetic("Mul", Binary::plain),
                arithmetic("Div", Binary::quotient)
                        .special("integer-truncated", types(t -> t.isInteger()), Binary::truncated)
                        .value("beyond-int64", only(ElementType.UINT64), s -> s.node()
                                .feed(
                                        Tensor.ofLongs(s.type(), Shape.of(3), -1, Long.MIN_VALUE, -2),
                                        Tensor.ofLongs(s.type(), Shape.of(3), 5, 3, 7))),
                pow(),
                comparison("Equal").reject("unequal-types", Binary::otherType),
                ordered("Less"),
                ordered("Greater"),
                ordered("LessOrEqual"),
                ordered("GreaterOrEqual"),
                logic("And"),
                logic("Or"),
                logic("Xor"));
    }

    private static Declaration arithmetic(String operator, Pair pair) {
        return broadcast(operator, pair)
                .special("every-pair", s -> everyPair(s, s.type()))
                .reject("unequal-types", Binary::otherType)
                .reject("one-input", OneNode::shortened);
    }

    private static Declaration comparison(String operator) {
        return broadcast(operator, (s, a, b) -> plain(s, a, b).giving(ElementType.BOOL))
                .value("equal-elements", s -> {
                    Tensor same = s.tensor(5, 13);
                    return s.node().feed(same, same).giving(ElementType.BOOL);
                })
                .special("every-pair", s -> everyPair(s, ElementType.BOOL))
                .special("integer-extremes", types(t -> t.isInteger()), s -> everyPair(s, ElementType.BOOL));
    }

    private static Declaration ordered(String operator) {
        return comparison(operator)
                .reject("unequal-types", Binary::otherType)
                .reject(
                        "type-bool",
                        s -> s.node().feed(s.tensor(3), s.tensor(3)).giving(ElementType.BOOL),
                        n -> {
                            Tensor bools = Tensor.ofLongs(ElementType.BOOL, Shape.of(3), 1, 0, 1);
                            return n.replacing(0, bools).replacing(1, bools);
                        });
    }

    static Declaration logic(String operator) {
        Tensor one = Tensor.ofLongs(ElementType.BOOL, Shape.SCALAR, 1);
        return broadcast(operator, Binary::plain)
                .value("true-with-each", s -> s.node().feed(one, s.tensor(3, 5)))
                .value("each-with-true", s -> s.node().feed(s.tensor(3, 5), one))
                .reject("type-integer", s -> s.node().feed(s.tensor(3), s.tensor(3)), n -> {
                    Tensor integers = Tensor.ofLongs(ElementType.INT32, Shape.of(3), 1, 0, 1);
                    return n.replacing(0, integers).replacing(1, integers);
                });
    }

    private static Declaration pow() {
        Declaration pow = broadcast("Pow", Binary::power)
                .families(Family.UNIFORM, Family.NEAR_ONE, Family.TIES)
                .shape("exponent-int64", s -> s.node().feed(base(s, 4, 5), s.integers(ElementType.INT64, 0, 3, 4, 5)))
                .shape("exponent-int32", s -> s.node().feed(base(s, 4, 5), s.integers(ElementType.INT32, 0, 3, 5)))
                .shape("exponent-float32", types(ElementType::isFloat), s -> s.node()
                        .feed(base(s, 4, 5), Tensor.ofFloats(Shape.of(5), -2, -0.5f, 0, 0.5f, 3)))
                .value("exponent-float32-integral", types(ElementType::isInteger), s -> s.node()
                        .feed(base(s, 4, 5), Tensor.ofFloats(Shape.of(5), 0, 1, 2, 3, 4)))
                .special("every-pair", s -> s.node()
                        .feed(
                                column(Specials.of(s.type())),
                                Specials.of(exponents(s).type())))
                .special("integral-exponents", s -> s.node()
                        .feed(
                                column(Specials.of(s.type())),
                                Tensor.ofReals(exponents(s).type(), Shape.of(8), -3, -2, -1, 0, 1, 2, 3, 0.5)))
                .reject("one-input", OneNode::shortened);
        for (ElementType type : EXPONENTS) {
            pow = pow.second("exponent-" + type.label(), type, only(ElementType.FLOAT32), s -> s.node()
                    .feed(
                            base(s, 5, 13),
                            new Setting(s.operator(), type, s.opset(), s.family(), s.seeded())
                                    .integersOfType(type.isSigned() ? -3 : 0, 3, 13)));
        }
        // Of the bases whose powers no exponent takes out of range: beyond 2^63 an exponent must not be read as
        // negative.
        pow = pow.second("exponent-uint64-large", ElementType.UINT64, only(ElementType.INT64), s -> s.node()
                .feed(
                        Tensor.ofLongs(ElementType.INT64, Shape.of(5), 0, 1, -1, -1, 0),
                        Tensor.ofLongs(ElementType.UINT64, Shape.of(5), Long.MIN_VALUE, -1, -1, -2, -1)));
        pow = pow.second("exponent-uint64-zero", ElementType.UINT64, only(ElementType.INT64), s -> s.node()
                .feed(
                        Tensor.ofLongs(ElementType.INT64, Shape.of(3), 2, 10, -7),
                        Tensor.ofLongs(ElementType.UINT64, Shape.of(3), 0, 0, 0)));
        return pow.second(
                "exponent-bfloat16",
                ElementType.BFLOAT16,
                (t, opset) -> t == ElementType.FLOAT32 && opset >= 15,
                s -> s.node()
                        .feed(
                                base(s, 5, 13),
                                Tensor.ofReals(ElementType.BFLOAT16, Shape.of(5, 1), -2, -0.5, 0, 0.5, 3)));
    }

    static Declaration broadcast(String operator, Pair pair) {
        return Declaration.of(operator, s -> pair.of(s, dims(5, 13), dims(5, 13)))
                .shape("rank-0-both", s -> pair.of(s, dims(), dims()))
                .shape("rank-0-left", s -> pair.of(s, dims(), dims(3, 5)))
                .shape("rank-0-right", s -> pair.of(s, dims(3, 5), dims()))
                .shape("broadcast-left", s -> pair.of(s, dims(5), dims(4, 3, 5)))
                .shape("broadcast-right", s -> pair.of(s, dims(4, 3, 5), dims(3, 1)))
                .shape("broadcast-both", s -> pair.of(s, dims(7, 1, 5), dims(1, 3, 1)))
                .shape("square", s -> pair.of(s, dims(5), dims(5, 5)))
                .shape("size-1", s -> pair.of(s, dims(1), dims(1, 1)))
                .shape("zero-size", s -> pair.of(s, dims(3, 0), dims(3, 0)))
                .shape("zero-size-broadcast", s -> pair.of(s, dims(0, 3), dims(1, 1)))
                .shape("rank-6", s -> pair.of(s, dims(2, 1, 3, 1, 2, 1), dims(1, 2, 1, 3, 1, 2)))
                .shape("long", s -> pair.of(s, dims(1009), dims(1009)))
                .shape("dynamic", s -> pair.of(s, dims(3, 11), dims(3, 1)).dynamic())
                .reject(
                        "shapes",
                        s -> pair.of(s, dims(3, 4), dims(4)),
                        n -> n.replacing(1, longer(n.operands().get(1))));
    }

    private static Tensor longer(OneNode.Operand operand) {
        Tensor four = ((OneNode.Operand.Fed) operand).tensor();
        Tensor.Builder five = new Tensor.Builder(four.type(), Shape.of(5));
        for (int i = 0; i < 5; i++) {
            five.setBits(i, four.bits(i % 4));
        }
        return five.build();
    }

    private static OneNode plain(Setting s, int[] a, int[] b) {
        return s.node().feed(s.tensor(a), s.tensor(b));
    }

    /** Unsigned differences stay above zero. */
    private static OneNode difference(Setting s, int[] a, int[] b) {
        return s.type().isInteger() && !s.type().isSigned()
                ? s.node().feed(s.integers(s.type(), 5, 20, a), s.tensor(b))
                : plain(s, a, b);
    }

    /** Integer divisors are not zero: ONNX is silent about that. */
    private static OneNode quotient(Setting s, int[] a, int[] b) {
        return s.type().isInteger()
                ? s.node().feed(s.integers(s.type(), 0, 100, a), s.integers(s.type(), 1, 7, b))
                : plain(s, a, b);
    }

    private static OneNode truncated(Setting s) {
        long low = s.type().isSigned() ? -1 : 1;
        return s.node()
                .feed(
                        Tensor.ofLongs(s.type(), Shape.of(6), 7 * low, 7, 8 * low, 8, 9 * low, 1),
                        Tensor.ofLongs(s.type(), Shape.of(6), 2, 2 * low, 3, 3 * low, 3 * low, 2));
    }

    private static OneNode power(Setting s, int[] a, int[] b) {
        return s.type().isInteger()
                ? s.node().feed(base(s, a), s.integers(s.type(), 0, 4, b))
                : s.node().feed(base(s, a), exponents(s).between(-3, 3, b));
    }

    /** The exponent has the type of the base, which at first it could not where that is bfloat16. */
    private static Setting exponents(Setting s) {
        boolean other = s.type() == ElementType.BFLOAT16 && s.opset() < 15;
        return other ? new Setting(s.operator(), ElementType.FLOAT32, s.opset(), s.family(), s.seeded()) : s;
    }

    private static Tensor base(Setting s, int... dims) {
        return s.type().isInteger() ? s.tensor(dims) : s.reals(Math::abs, dims);
    }

    /** Every special value with every other, by broadcasting a column against a row. */
    private static OneNode everyPair(Setting s, ElementType output) {
        Tensor specials = Specials.of(s.type());
        return s.node().feed(column(specials), specials).giving(output);
    }

    static Tensor column(Tensor values) {
        return values.reshaped(Shape.of(values.size(), 1));
    }

    static OneNode otherType(OneNode node) {
        Tensor second = ((OneNode.Operand.Fed) node.operands().get(1)).tensor();
        ElementType other = second.type() == ElementType.INT64 ? ElementType.INT32 : ElementType.INT64;
        return node.replacing(1, new Tensor.Builder(other, second.shape()).build());
    }

    static int[] dims(int... dims) {
        return dims;
    }
}
