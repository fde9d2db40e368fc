package org.aiis.conformance.catalogue.operators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Types;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Cast and CastLike, from each type to each other one where ONNX determines the result. */
final class Conversion {
    private static final long LARGEST = 99;
    /** The version of Cast whose table says of an infinity what systems do. */
    private static final int SATURATION_CORRECTED = 24;

    private static final ElementType SCALE = ElementType.FLOAT8E8M0;

    private Conversion() {}

    static List<Declaration> declarations() {
        return List.of(
                spread(Declaration.of("Cast", s -> cast(s, plain(s, usual(s), 5, 13), usual(s))), Conversion::cast)
                        .reject("to-missing", n -> n.without("to"))
                        .reject("to-unknown", n -> n.with(Attribute.of("to", 99L))),
                spread(Declaration.of("CastLike", s -> like(s, plain(s, usual(s), 5, 13), usual(s))), Conversion::like)
                        .shape("target-fed", s -> s.node()
                                .feed(plain(s, usual(s), 3, 5), zeros(usual(s), 2, 3))
                                .giving(usual(s)))
                        .shape("target-zero-size", s -> s.node()
                                .feed(plain(s, usual(s), 3, 5), zeros(usual(s), 0))
                                .giving(usual(s)))
                        .reject("one-input", OneNode::shortened)
                        .reject("three-inputs", n -> n.plus(n.operands().get(0))));
    }

    /** How the node with an input and a target type is made. */
    @FunctionalInterface
    private interface To {
        OneNode node(Setting s, Tensor x, ElementType target);
    }

    private static OneNode cast(Setting s, Tensor x, ElementType target) {
        return s.node().feed(x).with(Attribute.of("to", (long) target.onnx())).giving(target);
    }

    private static OneNode like(Setting s, Tensor x, ElementType target) {
        return s.node().feed(x).constant(zeros(target, 1)).giving(target);
    }

    private static Tensor zeros(ElementType type, int... dims) {
        return type == ElementType.STRING
                ? Tensor.ofStrings(
                        Shape.of(dims),
                        java.util.Collections.nCopies(Shape.of(dims).size(), ""))
                : new Tensor.Builder(type, Shape.of(dims)).build();
    }

    private static ElementType usual(Setting s) {
        return s.type() == ElementType.INT32 ? ElementType.INT64 : ElementType.INT32;
    }

    /**
     * To a narrow type a statement claims the case with that type. A float8 target is judged bit by bit: ONNX's tables fix
     * the rounding.
     */
    private static Form form(ElementType target, Form form) {
        return Types.ANY.contains(target) ? form : form.claimedWith(target, target.isFloat() && target.bits() == 8);
    }

    private static Declaration spread(Declaration all, To to) {
        Declaration more = all.families(Family.UNIFORM)
                .shape("rank-6", s -> to.node(s, plain(s, usual(s), 2, 1, 3, 1, 2, 2), usual(s)))
                .shape("dynamic", s -> to.node(s, plain(s, usual(s), 3, 5), usual(s))
                        .dynamic())
                .special("zero-to-bool", s -> to.node(s, specials(s), ElementType.BOOL));
        for (ElementType target : ElementType.values()) {
            BiPredicate<ElementType, Integer> defined = (type, opset) -> defined(type, target, opset);
            more = more.value(
                            "to-" + target.label(),
                            defined,
                            form(target, s -> to.node(s, plain(s, target, 31), target)))
                    .shape(
                            "rank-0-to-" + target.label(),
                            defined,
                            form(target, s -> to.node(s, plain(s, target), target)))
                    .shape(
                            "zero-size-to-" + target.label(),
                            defined,
                            form(target, s -> to.node(s, plain(s, target, 2, 0), target)));
            BiPredicate<ElementType, Integer> floats = defined.and((type, opset) -> type.isFloat());
            if (target.isFloat() && target != SCALE) {
                more = more.special(
                        "ties-to-" + target.label(), floats, form(target, s -> to.node(s, ties(s, target), target)));
            }
            if (target.isFloat() && target != SCALE && target.format().hasNaN()) {
                more = more.special(
                        "specials-to-" + target.label(),
                        floats,
                        form(target, s -> to.node(s, saturating(s, target), target)));
            }
            if (target.isInteger()) {
                more = more.special(
                        "low-bits-to-" + target.label(),
                        defined.and((type, opset) -> type.isInteger()),
                        form(target, s -> to.node(s, Specials.of(s.type()), target)));
            }
        }
        return scales(narrow(text(more, to), to), to);
    }

    /** Special values without the infinities where ONNX contradicts itself on what they saturate to (OP-Cast-D8). */
    private static Tensor saturating(Setting s, ElementType target) {
        boolean open = s.opset() < SATURATION_CORRECTED
                && (target == ElementType.FLOAT8E4M3FNUZ || target == ElementType.FLOAT8E5M2FNUZ);
        Tensor all = specials(s);
        if (!open) {
            return all;
        }
        int[] kept = IntStream.range(0, all.size())
                .filter(i -> !Double.isInfinite(all.real(i)))
                .toArray();
        Tensor.Builder finite = new Tensor.Builder(s.type(), Shape.of(kept.length));
        for (int i = 0; i < kept.length; i++) {
            finite.setBits(i, all.bits(kept[i]));
        }
        return finite.build();
    }

    /** What is written as text and read as a number. */
    private static Declaration text(Declaration all, To to) {
        Declaration more = all;
        for (ElementType target : List.of(ElementType.FLOAT32, ElementType.FLOAT64, ElementType.FLOAT16)) {
            more = more.special(
                    "text-to-" + target.label(),
                    (type, opset) -> type == ElementType.STRING,
                    s -> to.node(
                            s,
                            Tensor.ofStrings(
                                    Shape.of(12),
                                    List.of(
                                            "3.14", "1000", "1e-5", "1E4", "-2.5", "0.1", "INF", "+INF", "-INF", "NaN",
                                            "inf", "nan")),
                            target));
        }
        more = more.special(
                        "text-to-int64",
                        (type, opset) -> type == ElementType.STRING,
                        s -> to.node(
                                s,
                                Tensor.ofStrings(
                                        Shape.of(4),
                                        List.of(
                                                "9007199254740993",
                                                "-9007199254740993",
                                                "9223372036854775807",
                                                "-9223372036854775808")),
                                ElementType.INT64))
                .special(
                        "text-to-uint64",
                        (type, opset) -> type == ElementType.STRING,
                        s -> to.node(
                                s,
                                Tensor.ofStrings(Shape.of(2), List.of("9223372036854775809", "18446744073709551615")),
                                ElementType.UINT64))
                .special(
                        "large-to-uint64",
                        (type, opset) -> type == ElementType.FLOAT32 || type == ElementType.FLOAT64,
                        s -> to.node(
                                s,
                                Tensor.ofReals(s.type(), Shape.of(4), 0x1p62, 0x1p63, 0x1.8p63, 0x1.fffffep63),
                                ElementType.UINT64));
        return more.special(
                "extremes-to-string",
                (type, opset) -> type.isInteger(),
                s -> to.node(s, Specials.of(s.type()), ElementType.STRING));
    }

    private static Declaration narrow(Declaration all, To to) {
        Declaration more = all;
        for (ElementType target : Types.FLOAT8) {
            BiPredicate<ElementType, Integer> floats =
                    (type, opset) -> type.isFloat() && type != SCALE && defined(type, target, opset);
            AttributeProto off = Attribute.of("saturate", 0L);
            more = more.special("unsaturated-specials-to-" + target.label(), floats, form(target, s -> to.node(
                                    s, specials(s), target)
                            .with(off)))
                    .special("unsaturated-ties-to-" + target.label(), floats, form(target, s -> to.node(
                                    s, ties(s, target), target)
                            .with(off)))
                    .special("saturated-to-" + target.label(), floats, form(target, s -> to.node(
                                    s, saturating(s, target), target)
                            .with(Attribute.of("saturate", 1L))));
        }
        return more;
    }

    /** To powers of two: numbers between them in each mode, and what ONNX's table says of numbers beyond them. */
    private static Declaration scales(Declaration all, To to) {
        BiPredicate<ElementType, Integer> floats =
                (type, opset) -> type.isFloat() && type != SCALE && defined(type, SCALE, opset);
        Declaration more = all;
        for (String mode : List.of("up", "down", "nearest")) {
            more = more.special("round-" + mode, floats, form(SCALE, s -> to.node(s, between(s), SCALE)
                    .with(Attribute.of("round_mode", mode))));
        }
        BiPredicate<ElementType, Integer> wide =
                floats.and((type, opset) -> type.format().hasInfinity());
        return more.special("round-mode-left-out", floats, form(SCALE, s -> to.node(s, between(s), SCALE)))
                .special("saturate-and-up", wide, form(SCALE, s -> to.node(s, beyond(s), SCALE)
                        .with(Attribute.of("saturate", 1L), Attribute.of("round_mode", "up"))))
                .special("no-saturate-and-nearest", wide, form(SCALE, s -> to.node(s, beyond(s), SCALE)
                        .with(Attribute.of("saturate", 0L), Attribute.of("round_mode", "nearest"))));
    }

    private static Tensor between(Setting s) {
        return Specials.inEveryPosition(s.type(), 1, 1.25, 1.5, 1.75, 2, 3, 4, 6, 0.5, 0.75);
    }

    /** Not a number, infinity, and numbers below the smallest and above the largest power, where the type has them. */
    private static Tensor beyond(Setting s) {
        double most = s.type().format().largestFinite();
        double least = s.type().format().smallestSubnormal();
        return Specials.inEveryPosition(
                s.type(),
                Double.NaN,
                Double.POSITIVE_INFINITY,
                most > SCALE.format().largestFinite() ? most : 2,
                least < SCALE.format().smallestNormal() ? least : 1);
    }

    /**
     * Numbers written as text are left out where they may have a fraction, and bools: ONNX fixes neither digits nor form.
     * Text is read, but not as a bool.
     */
    private static boolean defined(ElementType from, ElementType to, int opset) {
        boolean known = Types.any(opset).contains(from) && Types.any(opset).contains(to);
        boolean text =
                to == ElementType.STRING && !from.isInteger() || from == ElementType.STRING && to == ElementType.BOOL;
        return known && from != to && !text;
    }

    private static long largest(ElementType type) {
        if (type == ElementType.STRING) {
            return LARGEST;
        }
        if (type == ElementType.BOOL) {
            return 1;
        }
        if (type.isFloat()) {
            return (long) Math.min(LARGEST, type.format().largestFinite());
        }
        return type.bits() >= 8 ? LARGEST : type.maxInteger();
    }

    private static boolean signed(ElementType type) {
        return type == ElementType.STRING || type != SCALE && type != ElementType.BOOL && type.isSigned();
    }

    /** Whole numbers that source and target hold, text of them for strings, powers of two where one holds nothing else. */
    private static Tensor plain(Setting s, ElementType target, int... dims) {
        long most = target == ElementType.BOOL ? largest(s.type()) : Math.min(largest(s.type()), largest(target));
        long least = target == SCALE || s.type() == SCALE ? 1 : signed(s.type()) && signed(target) ? -most : 0;
        int n = Shape.of(dims).size();
        long[] values = new long[n];
        Arrays.setAll(
                values,
                i -> s.type() == SCALE
                        ? 1L << s.seeded().integer(0, 63 - Long.numberOfLeadingZeros(most))
                        : s.seeded().integer(least, most));
        if (s.type() == ElementType.STRING) {
            List<String> words = new ArrayList<>();
            for (long value : values) {
                words.add(Long.toString(value));
            }
            return Tensor.ofStrings(Shape.of(dims), words);
        }
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(dims));
        for (int i = 0; i < n; i++) {
            if (s.type().isFloat()) {
                tensor.setReal(i, (double) values[i]);
            } else {
                tensor.setBits(i, values[i]);
            }
        }
        return tensor.build();
    }

    private static Tensor specials(Setting s) {
        return Specials.inEveryPosition(s.type(), Specials.all(s.type().format()));
    }

    /** Halfway between neighbours of the target, and a little to either side, where the source can say so. */
    private static Tensor ties(Setting s, ElementType target) {
        double half = target.format().unitRoundoff();
        double[] near = {
            1 + half, 1 + 3 * half, 1 + half + half / 64, 1 + half - half / 64, 2 + 2 * half, 0.5 + half / 2
        };
        double[] edge = {
            target.format().largestFinite(),
            target.format().smallestSubnormal() / 2,
            target.format().smallestSubnormal() * 1.5,
            target.format().smallestNormal() * (1 - half)
        };
        // A source that is narrower rounds them first, and one without a sign has only the positive ones.
        return Specials.inEveryPosition(
                s.type(),
                DoubleStream.concat(DoubleStream.of(near), DoubleStream.of(edge))
                        .flatMap(x -> s.type() == SCALE ? DoubleStream.of(x) : DoubleStream.of(x, -x))
                        .toArray());
    }
}
