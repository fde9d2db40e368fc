package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.types;
import static org.aiis.conformance.catalogue.operators.Layout.axis;
import static org.aiis.conformance.catalogue.operators.Layout.moving;
import static org.aiis.conformance.catalogue.operators.Layout.twoRows;

import java.util.List;
import java.util.stream.IntStream;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Operators that select, repeat, reverse or count elements. */
final class Selecting {
    private Selecting() {}

    static List<Declaration> declarations() {
        return List.of(compress(), nonZero(), reverseSequence(), tile(), size(), unique());
    }

    private static Tensor bools(long... values) {
        return Tensor.ofLongs(ElementType.BOOL, Shape.of(values.length), values);
    }

    private static Declaration compress() {
        return moving(
                        "Compress",
                        s -> s.node().feed(s.tensor(5, 7), bools(1, 0, 0, 1, 1)).with(axis(0)),
                        s -> s.node().feed(twoRows(s), bools(0, 1)).with(axis(0)))
                .shape("axis-left-out", s -> s.node().feed(s.tensor(3, 4), bools(0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1)))
                .shape("axis-last", s -> s.node()
                        .feed(s.tensor(2, 3, 5), bools(1, 0, 1, 0, 1))
                        .with(axis(2)))
                .shape(
                        "axis-negative",
                        s -> s.node().feed(s.tensor(2, 3, 5), bools(1, 0, 1)).with(axis(-2)))
                // All extents alike, so that a wrong axis is no condition too long, which may be refused.
                .shape(
                        "square",
                        s -> s.node().feed(s.distinct(4, 4), bools(0, 1, 0, 1)).with(axis(0)))
                .shape(
                        "square-axis-1",
                        s -> s.node().feed(s.distinct(4, 4), bools(0, 1, 0, 1)).with(axis(1)))
                .shape(
                        "square-axis-negative",
                        s -> s.node().feed(s.distinct(4, 4), bools(0, 1, 0, 1)).with(axis(-1)))
                .shape(
                        "cube-axis-1",
                        s -> s.node().feed(s.distinct(3, 3, 3), bools(1, 0, 1)).with(axis(1)))
                .shape(
                        "shorter",
                        s -> s.node().feed(s.tensor(5, 3), bools(0, 1, 1)).with(axis(0)))
                .shape("shorter-flat", s -> s.node().feed(s.tensor(3, 4), bools(0, 1, 1, 0, 1)))
                .shape(
                        "none",
                        s -> s.node().feed(s.tensor(3, 4), bools(0, 0, 0)).with(axis(0)))
                .shape("all", s -> s.node().feed(s.tensor(3, 4), bools(1, 1, 1)).with(axis(0)))
                .shape(
                        "condition-empty",
                        s -> s.node().feed(s.tensor(3, 4), bools()).with(axis(0)))
                .shape(
                        "rank-1",
                        s -> s.node().feed(s.tensor(5), bools(1, 0, 1, 1, 0)).with(axis(0)))
                .shape("constant", s -> s.node()
                        .feed(s.tensor(3, 4))
                        .constant(bools(0, 1, 1))
                        .with(axis(0)))
                .shape(
                        "zero-size",
                        s -> s.node().feed(s.tensor(3, 0), bools(0, 1, 1)).with(axis(0)))
                .shape("dynamic", s -> s.node()
                        .feed(s.tensor(3, 4), bools(0, 1, 1))
                        .with(axis(0))
                        .dynamic())
                .reject("axis-out-of-range", n -> n.with(axis(2)))
                .reject(
                        "condition-rank-2",
                        n -> n.replacing(1, bools(1, 0, 0, 1, 1).reshaped(Shape.of(1, 5))))
                .reject("condition-not-bool", n -> n.replacing(1, Setting.longs(1, 0, 0, 1, 1)));
    }

    private static Declaration nonZero() {
        return Declaration.of("NonZero", s -> found(s.node().feed(zeros(s, 5, 7))))
                .families(Family.UNIFORM)
                .shape("rank-1", s -> found(s.node().feed(zeros(s, 17))))
                .shape("rank-3", s -> found(s.node().feed(zeros(s, 2, 3, 5))))
                .shape("rank-5", s -> found(s.node().feed(zeros(s, 2, 1, 3, 2, 3))))
                .shape("scalar", s -> found(s.node().feed(s.integersOfType(1, 1))))
                .shape("scalar-zero", s -> found(s.node().feed(s.integersOfType(0, 0))))
                .shape("all-zero", s -> found(s.node().feed(s.integersOfType(0, 0, 3, 4))))
                .shape("none-zero", s -> found(s.node().feed(s.integersOfType(1, 1, 3, 4))))
                .shape("zero-size", s -> found(s.node().feed(s.tensor(0, 3))))
                .shape("dynamic", s -> found(s.node().feed(zeros(s, 3, 5)).dynamic()))
                .special(
                        "special-values",
                        types(t -> t != ElementType.BOOL),
                        s -> found(s.node().feed(Specials.of(s.type()))))
                .reject("two-inputs", n -> n.plus(n.operands().get(0)));
    }

    /** Half of the elements are zero. */
    private static Tensor zeros(Setting s, int... dims) {
        return s.integersOfType(0, 1, dims);
    }

    private static OneNode found(OneNode node) {
        return node.giving(ElementType.INT64);
    }

    private static Declaration reverseSequence() {
        return moving(
                        "ReverseSequence",
                        s -> s.node().feed(s.tensor(5, 7), Setting.longs(5, 1, 2, 3, 4, 5, 2)),
                        s -> s.node()
                                .feed(
                                        twoRows(s),
                                        Setting.longs(Specials.of(s.type()).size(), 2))
                                .with(batchFirst()))
                .shape("batch-first", s -> s.node()
                        .feed(s.tensor(4, 5), Setting.longs(1, 5, 3, 2))
                        .with(batchFirst()))
                .shape("time-first", s -> s.node()
                        .feed(s.tensor(4, 3), Setting.longs(1, 4, 3))
                        .with(Attribute.of("batch_axis", 1L), Attribute.of("time_axis", 0L)))
                .shape("rank-3", s -> s.node().feed(s.tensor(5, 3, 4), Setting.longs(5, 2, 4)))
                .shape("rank-4", s -> s.node()
                        .feed(s.tensor(3, 5, 2, 2), Setting.longs(5, 2, 4))
                        .with(batchFirst()))
                .shape("nothing", s -> s.node().feed(s.tensor(5, 3), Setting.longs(1, 1, 1)))
                .shape("everything", s -> s.node().feed(s.tensor(5, 3), Setting.longs(5, 5, 5)))
                .shape("constant", s -> s.node().feed(s.tensor(5, 3)).constant(Setting.longs(5, 2, 3)))
                .shape("dynamic", s -> s.node()
                        .feed(s.tensor(5, 3), Setting.longs(5, 2, 3))
                        .dynamic())
                .reject("lengths-count", n -> n.replacing(1, Setting.longs(5, 1, 2)))
                .reject("length-too-long", n -> n.replacing(1, Setting.longs(6, 1, 2, 3, 4, 5, 2)))
                .reject(
                        "axes-equal",
                        s -> s.node().feed(s.tensor(3, 3), Setting.longs(1, 2, 3)),
                        n -> n.with(Attribute.of("time_axis", 1L)))
                .reject(
                        "rank-1",
                        s -> s.node().feed(s.tensor(3, 3), Setting.longs(1, 2, 3)),
                        n -> n.replacing(0, Products.zeros(n, 3)));
    }

    private static AttributeProto[] batchFirst() {
        return new AttributeProto[] {Attribute.of("batch_axis", 0L), Attribute.of("time_axis", 1L)};
    }

    private static Declaration tile() {
        return moving("Tile", s -> s.node().feed(s.tensor(3, 5)).constant(Setting.longs(2, 3)), s -> s.node()
                        .feed(twoRows(s))
                        .constant(Setting.longs(1, 2)))
                .shape("rank-0", s -> s.node().feed(s.tensor()).constant(Setting.longs()))
                .shape("rank-1", s -> s.node().feed(s.tensor(7)).constant(Setting.longs(3)))
                .shape("rank-4", s -> s.node().feed(s.tensor(2, 1, 3, 2)).constant(Setting.longs(1, 3, 2, 2)))
                .shape("once", s -> s.node().feed(s.tensor(3, 5)).constant(Setting.longs(1, 1)))
                .shape("never", s -> s.node().feed(s.tensor(3, 5)).constant(Setting.longs(2, 0)))
                .shape("zero-size", s -> s.node().feed(s.tensor(0, 5)).constant(Setting.longs(2, 2)))
                .shape("fed", s -> s.node().feed(s.tensor(3, 5), Setting.longs(2, 3)))
                .shape("dynamic", s -> s.node()
                        .feed(s.tensor(3, 5))
                        .constant(Setting.longs(2, 3))
                        .dynamic())
                .shape("one-row", s -> s.node().feed(s.tensor(1, 5)).constant(Setting.longs(1, 3)))
                .value("odd", s -> s.node().feed(s.tensor(3, 5)).constant(Setting.longs(1, 3)))
                .reject("repeats-length", n -> n.replacing(1, Setting.longs(2, 3, 1)))
                .reject(
                        "repeats-rank-2",
                        n -> n.replacing(1, Setting.longs(2, 3).reshaped(Shape.of(1, 2))))
                .reject("repeats-type", n -> n.replacing(1, Tensor.ofLongs(ElementType.INT32, Shape.of(2), 2, 3)));
    }

    /** Every extent open, or a compiler answers from the declaration and no node runs. */
    private static Declaration size() {
        return Declaration.of("Size", s -> found(s.node().feed(s.tensor(3, 5)).dynamic()))
                .families(Family.UNIFORM)
                .shape("rank-0", s -> found(s.node().feed(s.tensor())))
                .shape("rank-1", s -> found(s.node().feed(s.tensor(17)).dynamic()))
                .shape(
                        "rank-6",
                        s -> found(s.node().feed(s.tensor(2, 1, 3, 1, 2, 2)).dynamic()))
                .shape("zero-size", s -> found(s.node().feed(s.tensor(2, 0, 3)).dynamic()))
                .shape("static", s -> found(s.node().feed(s.tensor(3, 5))))
                .reject("two-inputs", n -> n.plus(n.operands().get(0)));
    }

    private static Declaration unique() {
        return Declaration.of("Unique", s -> all(s, repeated(s, 31)))
                .families(Family.UNIFORM)
                .value("first-occurrence", s -> all(s, repeated(s, 31)).with(sorted(0)))
                .value("sorted", s -> all(s, repeated(s, 31)).with(sorted(1)))
                .shape("one-output", s -> s.node().feed(repeated(s, 17)))
                .shape("two-outputs", s -> s.node().feed(repeated(s, 17)).giving(s.type(), ElementType.INT64))
                .shape(
                        "three-outputs",
                        s -> s.node().feed(repeated(s, 17)).giving(s.type(), ElementType.INT64, ElementType.INT64))
                .shape("flattened", s -> all(s, repeated(s, 3, 2, 5)))
                .shape("axis-0", s -> all(s, rows(s, 5, 2)).with(axis(0)))
                .shape("axis-0-first-occurrence", s -> all(s, rows(s, 5, 2)).with(axis(0), sorted(0)))
                .shape("axis-1", s -> all(s, columns(s)).with(axis(1)))
                .shape("axis-negative", s -> all(s, rows(s, 5, 6).reshaped(Shape.of(5, 3, 2)))
                        .with(axis(-3)))
                .shape(
                        "axis-middle-first-occurrence",
                        s -> all(s, rows(s, 3, 10).reshaped(Shape.of(3, 5, 2))).with(axis(1), sorted(0)))
                .shape("all-equal", s -> all(s, s.integersOfType(1, 1, 7)))
                .shape("one", s -> all(s, s.integersOfType(1, 1, 1)))
                .shape("dynamic", s -> all(s, repeated(s, 5, 3)).dynamic())
                .special("infinities-and-subnormals", s -> all(s, Tensor.ofReals(s.type(), Shape.of(9), numbers(s))))
                .special("integer-extremes", types(t -> t.isInteger()), s -> all(s, Specials.of(s.type())))
                .reject("axis-out-of-range", s -> all(s, rows(s, 5, 2)).with(axis(1)), n -> n.with(axis(2)))
                .reject("two-inputs", n -> n.plus(n.operands().get(0)));
    }

    private static double[] numbers(Setting s) {
        double least = s.type().format().smallestSubnormal();
        double most = s.type().format().largestFinite();
        return new double[] {
            1,
            Double.POSITIVE_INFINITY,
            least,
            -most,
            Double.NEGATIVE_INFINITY,
            least,
            most,
            -least,
            Double.POSITIVE_INFINITY
        };
    }

    private static AttributeProto sorted(long flag) {
        return Attribute.of("sorted", flag);
    }

    /** Few different elements, and words of unequal length for strings. */
    private static Tensor repeated(Setting s, int... dims) {
        if (s.type() == ElementType.STRING) {
            List<String> words = List.of("b", "", "ab", "B", "ä", "a");
            return Tensor.ofStrings(
                    Shape.of(dims),
                    IntStream.range(0, Shape.of(dims).size())
                            .mapToObj(i -> words.get((int) s.seeded().integer(0, 5)))
                            .toList());
        }
        return s.type() == ElementType.BOOL
                ? s.tensor(dims)
                : s.integersOfType(s.type().isSigned() ? -3 : 0, 4, dims);
    }

    /** Rows of which the last two repeat the first two. */
    private static Tensor rows(Setting s, int count, int each) {
        Tensor some = repeated(s, count, each);
        int[] order = IntStream.range(0, count * each)
                .map(i -> i / each >= count - 2 ? i - (count - 2) * each : i)
                .toArray();
        if (some.type() == ElementType.STRING) {
            return Tensor.ofStrings(
                    some.shape(), IntStream.of(order).mapToObj(some::string).toList());
        }
        Tensor.Builder rows = new Tensor.Builder(some.type(), some.shape());
        for (int i = 0; i < order.length; i++) {
            rows.setBits(i, some.bits(order[i]));
        }
        return rows.build();
    }

    private static Tensor columns(Setting s) {
        return s.type() == ElementType.STRING
                ? Tensor.ofStrings(Shape.of(2, 4), List.of("b", "a", "b", "a", "c", "c", "c", "a"))
                : bits(s, 1, 0, 1, 0, 1, 1, 1, 0);
    }

    private static Tensor bits(Setting s, long... values) {
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(2, values.length / 2));
        for (int i = 0; i < values.length; i++) {
            if (s.type().isFloat()) {
                tensor.setReal(i, (double) values[i]);
            } else {
                tensor.setBits(i, values[i]);
            }
        }
        return tensor.build();
    }

    private static OneNode all(Setting s, Tensor x) {
        return s.node().feed(x).giving(s.type(), ElementType.INT64, ElementType.INT64, ElementType.INT64);
    }
}
