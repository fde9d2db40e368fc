package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.only;
import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** The largest or smallest elements along an axis. */
final class Sorting {
    private Sorting() {}

    static List<Declaration> declarations() {
        return List.of(topK());
    }

    private static Declaration topK() {
        return Declaration.of("TopK", s -> top(s, s.distinct(5, 13), 4))
                .families(Family.UNIFORM)
                .value("wide-range", types(ElementType::isFloat), s -> top(s, wide(s, 5, 11), 7))
                .value("smallest", s -> top(s, s.distinct(5, 13), 4).with(Attribute.of("largest", 0L)))
                .value("ties", s -> top(s, s.integersOfType(0, 3, 7, 13), 6))
                .value("ties-smallest", s -> top(s, s.integersOfType(0, 3, 7, 13), 6)
                        .with(Attribute.of("largest", 0L)))
                .value("all", s -> top(s, s.integersOfType(0, 9, 3, 17), 17))
                .value("long", s -> top(s, s.integersOfType(0, 99, 2, 1003), 37))
                .value("data-like-k", only(ElementType.INT64), s -> top(s, s.distinct(4, 3), 1))
                .shape("axis-left-out", s -> top(s, s.distinct(2, 3, 5), 2))
                .shape("axis-first", s -> top(s, s.distinct(5, 3), 2).with(Attribute.of("axis", 0L)))
                .shape("axis-middle", s -> top(s, s.distinct(2, 5, 3), 3).with(Attribute.of("axis", 1L)))
                .shape("axis-negative", s -> top(s, s.distinct(2, 5, 3), 3).with(Attribute.of("axis", -2L)))
                .shape("axis-last", s -> top(s, s.distinct(2, 3, 5), 3).with(Attribute.of("axis", 2L)))
                .shape("largest-1-sorted-1", s -> top(s, s.distinct(3, 7), 3)
                        .with(Attribute.of("largest", 1L), Attribute.of("sorted", 1L)))
                .shape("largest-0-sorted-1", s -> top(s, s.distinct(3, 7), 3)
                        .with(Attribute.of("largest", 0L), Attribute.of("sorted", 1L)))
                // Unsorted results may come in any order, so one is asked for.
                .shape("sorted-0", s -> top(s, s.integersOfType(0, 2, 4, 9), 1).with(Attribute.of("sorted", 0L)))
                .shape("largest-0-sorted-0", s -> top(s, s.integersOfType(0, 2, 4, 9), 1)
                        .with(Attribute.of("largest", 0L), Attribute.of("sorted", 0L)))
                .shape("k-1", s -> top(s, s.distinct(3, 7), 1))
                .shape("k-all", s -> top(s, s.distinct(3, 7), 7))
                .shape("rank-1", s -> top(s, s.distinct(17), 5))
                .shape("rank-5", s -> top(s, s.distinct(1, 2, 3, 2, 2), 2).with(Attribute.of("axis", 2L)))
                .shape("size-1", s -> top(s, s.distinct(4, 1), 1))
                .shape("zero-size", s -> top(s, s.tensor(0, 5), 2))
                .shape("k-fed", s -> top(s, s.distinct(3, 7), 3).allFed())
                .shape("dynamic", s -> top(s, s.distinct(3, 7), 3).dynamic())
                .special("infinities", s -> top(s, infinities(s), 4))
                .special("infinities-smallest", s -> top(s, infinities(s), 4).with(Attribute.of("largest", 0L)))
                .special(
                        "subnormals",
                        s -> top(
                                s,
                                Specials.inEveryPosition(
                                        s.type(), Specials.finite(s.type().format())),
                                30))
                .special(
                        "zeros-tie",
                        s -> top(s, Tensor.ofReals(s.type(), Shape.of(2, 4), -0.0, 0.0, -1, 1, 0.0, -0.0, -1, -2), 3))
                .special("integer-extremes", types(ElementType::isInteger), s -> top(s, Specials.of(s.type()), 9))
                .special("integer-extremes-smallest", types(ElementType::isInteger), s -> top(
                                s, Specials.of(s.type()), 9)
                        .with(Attribute.of("largest", 0L)))
                .reject(
                        "axis-out-of-range",
                        s -> top(s, s.tensor(3, 4), 2).with(Attribute.of("axis", 1L)),
                        n -> n.with(Attribute.of("axis", 2L)))
                .reject("k-too-large", s -> top(s, s.tensor(3, 4), 4), n -> n.replacing(1, Setting.longs(5)))
                .reject("k-negative", s -> top(s, s.tensor(3, 4), 1), n -> n.replacing(1, Setting.longs(-1)))
                .reject("k-two-elements", s -> top(s, s.tensor(3, 4), 1), n -> n.replacing(1, Setting.longs(1, 1)))
                .reject("type-bool", s -> top(s, s.tensor(4), 2), n -> n.replacing(
                                0, Tensor.ofLongs(ElementType.BOOL, Shape.of(4), 1, 0, 1, 0))
                        .giving(ElementType.BOOL, ElementType.INT64));
    }

    private static OneNode top(Setting s, Tensor x, long k) {
        return s.node().feed(x).constant(Setting.longs(k)).giving(s.type(), ElementType.INT64);
    }

    private static Tensor wide(Setting s, int... dims) {
        return new Setting(s.operator(), s.type(), s.opset(), Family.WIDE, s.seeded()).tensor(dims);
    }

    private static Tensor infinities(Setting s) {
        double most = s.type().format().largestFinite();
        double infinity = Double.POSITIVE_INFINITY;
        return Tensor.ofReals(
                s.type(), Shape.of(2, 5), 1, infinity, -infinity, infinity, most, -infinity, -most, 2, -infinity, most);
    }
}
