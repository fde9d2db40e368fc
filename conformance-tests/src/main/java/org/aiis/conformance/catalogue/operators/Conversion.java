package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Cast, from each type to each other one where ONNX determines the result. */
final class Conversion {
    private static final List<ElementType> TYPES = List.of(
            ElementType.FLOAT32,
            ElementType.FLOAT64,
            ElementType.FLOAT16,
            ElementType.BFLOAT16,
            ElementType.INT8,
            ElementType.UINT8,
            ElementType.INT16,
            ElementType.INT32,
            ElementType.INT64,
            ElementType.BOOL,
            ElementType.STRING);

    private Conversion() {}

    static List<Declaration> declarations() {
        Declaration cast = Declaration.of(
                        "Cast",
                        s -> to(
                                s,
                                plain(s, 5, 13),
                                s.type() == ElementType.INT32 ? ElementType.INT64 : ElementType.INT32))
                .families(Family.UNIFORM);
        for (ElementType target : TYPES) {
            cast = cast.value("to-" + target.label(), types(t -> defined(t, target)), s -> to(s, plain(s, 31), target))
                    .shape("rank-0-to-" + target.label(), types(t -> defined(t, target)), s -> to(s, plain(s), target))
                    .shape(
                            "zero-size-to-" + target.label(),
                            types(t -> defined(t, target)),
                            s -> to(s, plain(s, 2, 0), target));
            if (target.isFloat()) {
                cast = cast.special(
                                "specials-to-" + target.label(),
                                s -> to(
                                        s,
                                        Specials.inEveryPosition(
                                                s.type(), Specials.all(s.type().format())),
                                        target))
                        .special("ties-to-" + target.label(), s -> to(s, ties(s, target), target));
            } else if (target.isInteger()) {
                cast = cast.special(
                        "low-bits-to-" + target.label(),
                        types(t -> t.isInteger()),
                        s -> to(s, Specials.of(s.type()), target));
            }
        }
        return List.of(cast.special(
                        "zero-to-bool",
                        s -> to(
                                s,
                                Specials.inEveryPosition(
                                        s.type(), Specials.all(s.type().format())),
                                ElementType.BOOL))
                .shape("rank-6", s -> to(s, plain(s, 2, 1, 3, 1, 2, 2), ElementType.INT64))
                .shape("dynamic", s -> to(s, plain(s, 3, 5), ElementType.INT32).dynamic())
                .reject("to-missing", n -> n.without("to"))
                .reject("to-unknown", n -> n.with(Attribute.of("to", 99L))));
    }

    /** Numbers written as text are left out: ONNX fixes neither digits nor form. Text is read, but not as a bool. */
    private static boolean defined(ElementType from, ElementType to) {
        return from != to && to != ElementType.STRING && !(from == ElementType.STRING && to == ElementType.BOOL);
    }

    /** Whole numbers that each target holds; text of them for strings. */
    private static Tensor plain(Setting s, int... dims) {
        if (s.type() == ElementType.STRING) {
            List<String> words = new ArrayList<>();
            for (int i = 0; i < Shape.of(dims).size(); i++) {
                words.add(Long.toString(s.seeded().integer(0, 99)));
            }
            return Tensor.ofStrings(Shape.of(dims), words);
        }
        return s.type() == ElementType.BOOL ? s.tensor(dims) : s.integersOfType(0, 99, dims);
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
        return Specials.inEveryPosition(
                s.type(),
                DoubleStream.concat(DoubleStream.of(near), DoubleStream.of(edge))
                        .flatMap(x -> DoubleStream.of(x, -x))
                        .toArray());
    }

    private static OneNode to(Setting s, Tensor x, ElementType target) {
        return s.node().feed(x).with(Attribute.of("to", (long) target.onnx())).giving(target);
    }
}
