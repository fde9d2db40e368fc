package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Functions of one element. */
final class Unary {
    /** Patterns of one case, and blocks of them through float32: the stride is the prime just below 2^32 / (16 · 65536). */
    private static final int PATTERNS = 1 << 16;

    private static final int BLOCKS = 16;
    private static final long STRIDE = 4093;

    /** A prime, so that the walk meets each exponent and does not fall in step with it. */
    private static final int WALK = 4093;

    /** Of the least integer of their type these have no result that the type holds. */
    private static final Set<String> NEGATING = Set.of("Abs", "Neg");

    private Unary() {}

    static List<Declaration> declarations() {
        return List.of(
                numbers("Neg", Unary::any).reject("type-bool", s -> s.node().feed(s.tensor(3)), Unary::asBool),
                numbers("Abs", Unary::any).reject("type-bool", s -> s.node().feed(s.tensor(3)), Unary::asBool),
                numbers("Sqrt", Unary::positive).reject("type-integer", Unary::asInteger),
                numbers("Reciprocal", Unary::any).reject("type-integer", Unary::asInteger),
                numbers("Exp", Unary::any)
                        .value("grid", s -> s.node().feed(s.between(-20, 20, 199)))
                        .reject("type-integer", Unary::asInteger),
                numbers("Log", Unary::positive)
                        .value("around-one", s -> s.node().feed(s.between(0.5, 2, 199)))
                        .reject("type-integer", Unary::asInteger),
                numbers("Sigmoid", Unary::any)
                        .value("tails", s -> s.node().feed(s.between(-100, 100, 199)))
                        .reject("type-integer", Unary::asInteger),
                numbers("Tanh", Unary::any)
                        .value("steep", s -> s.node().feed(s.between(-1, 1, 199)))
                        .reject("type-integer", Unary::asInteger),
                numbers("Erf", Unary::any)
                        .value("steep", s -> s.node().feed(s.between(-4, 4, 199)))
                        .reject("type-bool", Unary::asBool),
                numbers("Floor", Unary::any).reject("type-integer", Unary::asInteger),
                numbers("Ceil", Unary::any).reject("type-integer", Unary::asInteger),
                numbers("Round", Unary::any)
                        .special("ties", s -> s.node().feed(halves(s.type())))
                        .reject("type-integer", Unary::asInteger),
                withoutNan("Relu", Unary::any)
                        .special("integer-extremes", types(ElementType::isInteger), s -> s.node()
                                .feed(Specials.of(s.type())))
                        .reject("type-bool", s -> s.node().feed(s.tensor(3)), Unary::asBool),
                withoutNan("Sign", Unary::any)
                        .special("integer-extremes", types(ElementType::isInteger), s -> s.node()
                                .feed(Specials.of(s.type())))
                        .reject("type-bool", s -> s.node().feed(s.tensor(3)), Unary::asBool),
                leakyRelu(),
                gelu(),
                shaped(Declaration.of("Not", s -> s.node().feed(s.tensor(5, 13))))
                        .reject("two-inputs", Unary::twoInputs)
                        .reject("type-integer", Unary::asInteger));
    }

    private static Declaration leakyRelu() {
        return withoutNan("LeakyRelu", Unary::any)
                .shape("alpha-zero", s -> s.node().feed(s.tensor(4, 5)).with(Attribute.of("alpha", 0f)))
                .shape("alpha-negative", s -> s.node().feed(s.tensor(4, 5)).with(Attribute.of("alpha", -0.75f)))
                .shape("alpha-large", s -> s.node().feed(s.tensor(4, 5)).with(Attribute.of("alpha", 3.25f)))
                .special("overflow", s -> s.node()
                        .feed(Specials.inEveryPosition(
                                s.type(), Specials.finite(s.type().format())))
                        .with(Attribute.of("alpha", 4f)))
                .reject("type-integer", Unary::asInteger)
                .reject(
                        "alpha-integer",
                        s -> s.node().feed(s.tensor(3)).with(Attribute.of("alpha", 0.5f)),
                        n -> n.with(Attribute.of("alpha", 1L)));
    }

    private static Declaration gelu() {
        return shaped(Declaration.of("Gelu", s -> s.node().feed(s.tensor(5, 13)))
                        .families(Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES))
                .value("tanh", s -> s.node().feed(s.tensor(5, 13)).with(Attribute.of("approximate", "tanh")))
                .value("tails", s -> s.node().feed(s.between(-6, 6, 199)))
                .shape("approximate-none", s -> s.node().feed(s.tensor(4, 5)).with(Attribute.of("approximate", "none")))
                .shape("approximate-tanh", s -> s.node().feed(s.tensor(4, 5)).with(Attribute.of("approximate", "tanh")))
                .special("limits", s -> s.node()
                        .feed(Specials.inEveryPosition(
                                s.type(), Double.POSITIVE_INFINITY, Double.NaN, 0.0, -0.0, 50, -50, 1000, -1000)))
                .reject("two-inputs", Unary::twoInputs)
                .reject("type-integer", Unary::asInteger)
                .reject(
                        "approximate-unknown",
                        s -> s.node().feed(s.tensor(3)).with(Attribute.of("approximate", "tanh")),
                        n -> n.with(Attribute.of("approximate", "sigmoid")));
    }

    /** A function for which ONNX or the limit determines the result of every special value. */
    static Declaration numbers(String operator, Form plain) {
        return walked(operator, plain).special("every-special", s -> s.node()
                .feed(Specials.inEveryPosition(s.type(), Specials.all(s.type().format()))));
    }

    /** A function whose result for NaN is a decision. */
    static Declaration withoutNan(String operator, Form plain) {
        return walked(operator, plain).special("every-special", s -> s.node()
                .feed(Specials.inEveryPosition(
                        s.type(), Specials.numbers(s.type().format()))));
    }

    static Declaration walked(String operator, Form plain) {
        Declaration declaration = shaped(Declaration.of(operator, plain))
                .value("walk", types(ElementType::isFloat), s -> s.node().feed(walk(s)))
                .reject("two-inputs", Unary::twoInputs);
        return exhaustive(declaration);
    }

    static Declaration shaped(Declaration declaration) {
        return declaration
                .shape("rank-0", s -> s.node().feed(s.tensor()))
                .shape("rank-1", s -> s.node().feed(s.tensor(17)))
                .shape("rank-3", s -> s.node().feed(s.tensor(2, 3, 5)))
                .shape("rank-5", s -> s.node().feed(s.tensor(2, 1, 3, 2, 2)))
                .shape("rank-6", s -> s.node().feed(s.tensor(2, 1, 3, 1, 2, 2)))
                .shape("zero-size", s -> s.node().feed(s.tensor(3, 0, 2)))
                .shape("size-1", s -> s.node().feed(s.tensor(1)))
                .shape("dynamic", s -> s.node().feed(s.tensor(3, 11)).dynamic());
    }

    static OneNode any(Setting s) {
        return s.node().feed(s.tensor(5, 13));
    }

    private static OneNode positive(Setting s) {
        return s.node().feed(s.reals(Math::abs, 5, 13));
    }

    /** Every pattern of a type of 8 or 16 bits, and a walk through all of float32, a block of patterns each. */
    private static Declaration exhaustive(Declaration declaration) {
        Declaration more = declaration.exhaustive(
                "every-pattern",
                types(t -> t.bits() >= 8 && t.bits() <= 16 && (t.isFloat() || t.isInteger())),
                s -> s.node().feed(patterns(s, 0, 1, 1 << s.type().bits())));
        for (int block = 0; block < BLOCKS; block++) {
            long first = block * STRIDE * PATTERNS;
            more = more.exhaustive("stride-" + block, Declaration.only(ElementType.FLOAT32), s -> s.node()
                    .feed(patterns(s, first, STRIDE, PATTERNS)));
        }
        return more;
    }

    /** Bit patterns one stride after another, 0 in the place of those that are left out. */
    private static Tensor patterns(Setting s, long first, long stride, int count) {
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(count));
        for (int i = 0; i < count; i++) {
            long bits = first + i * stride;
            tensor.setBits(i, leftOut(s, bits) ? 0 : bits);
        }
        return tensor.build();
    }

    /** No finite number, which the cases SPECIAL feed; an integer whose magnitude its type does not hold (NUM-INTEGER-WRAP). */
    private static boolean leftOut(Setting s, long bits) {
        return s.type().isFloat()
                ? !Double.isFinite(s.type().format().decode(bits))
                : NEGATING.contains(s.operator())
                        && s.type().wrap(bits) == s.type().minInteger();
    }

    /** Every so-many-th bit pattern that is a finite number: all exponents, both signs. */
    private static Tensor walk(Setting s) {
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(WALK));
        int width = 8 * s.type().bytes();
        long stride = Long.divideUnsigned(width == 64 ? -1L : 1L << width, WALK);
        long start = Math.floorMod(s.seeded().bits(), stride);
        for (int i = 0; i < WALK; i++) {
            long bits = start + i * stride;
            tensor.setBits(i, Double.isFinite(s.type().format().decode(bits)) ? bits : 0);
        }
        return tensor.build();
    }

    private static Tensor halves(ElementType type) {
        double below = 0.5 - type.format().unitRoundoff() / 2;
        double integral = 1 / (2 * type.format().unitRoundoff());
        double[] positive = {
            0.5, 1.5, 2.5, 3.5, below, 1 - type.format().unitRoundoff(), integral, integral - 0.5, 7, 0.25
        };
        return Specials.inEveryPosition(
                type,
                DoubleStream.of(positive).flatMap(x -> DoubleStream.of(x, -x)).toArray());
    }

    static OneNode twoInputs(OneNode node) {
        return node.plus(node.operands().get(0));
    }

    static OneNode asBool(OneNode node) {
        return node.replacing(0, Tensor.ofLongs(ElementType.BOOL, Shape.of(3), 1, 0, 1))
                .giving(ElementType.BOOL);
    }

    static OneNode asInteger(OneNode node) {
        return node.replacing(0, Tensor.ofLongs(ElementType.INT32, Shape.of(3), 1, 2, 3))
                .giving(ElementType.INT32);
    }
}
