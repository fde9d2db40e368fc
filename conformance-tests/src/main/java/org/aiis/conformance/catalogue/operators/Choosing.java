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

/** Operators that choose among elements: Min, Max, Clip, Where, ArgMax, ArgMin. */
final class Choosing {
    private Choosing() {}

    static List<Declaration> declarations() {
        return List.of(extreme("Min"), extreme("Max"), clip(), where(), index("ArgMax"), index("ArgMin"));
    }

    private static Declaration extreme(String operator) {
        return Declaration.of(operator, s -> s.node().feed(s.tensor(5, 13), s.tensor(5, 13)))
                .value("three", s -> s.node().feed(s.tensor(7, 9), s.tensor(7, 9), s.tensor(7, 9)))
                .shape("one-input", s -> s.node().feed(s.tensor(3, 5)))
                .shape("three-inputs", s -> s.node().feed(s.tensor(3, 5), s.tensor(5), s.tensor(3, 1)))
                .shape("five-inputs", s -> s.node()
                        .feed(s.tensor(2, 1, 3), s.tensor(3), s.tensor(), s.tensor(5, 1), s.tensor(1)))
                .shape("rank-0", s -> s.node().feed(s.tensor(), s.tensor()))
                .shape("broadcast-both", s -> s.node().feed(s.tensor(7, 1), s.tensor(1, 3)))
                .shape("zero-size", s -> s.node().feed(s.tensor(0, 3), s.tensor(1, 3)))
                .shape("rank-6", s -> s.node().feed(s.tensor(2, 1, 3, 1, 2, 1), s.tensor(2, 1, 3)))
                .shape(
                        "dynamic",
                        s -> s.node().feed(s.tensor(3, 5), s.tensor(3, 1)).dynamic())
                .special(
                        "every-pair",
                        s -> pairs(
                                s,
                                Tensor.ofReals(
                                        s.type(),
                                        Shape.of(24),
                                        Specials.numbers(s.type().format()))))
                .special("integer-extremes", types(t -> t.isInteger()), s -> pairs(s, Specials.of(s.type())))
                .reject("no-input", s -> s.node().feed(s.tensor(3)), OneNode::shortened)
                .reject(
                        "shapes",
                        s -> s.node().feed(s.tensor(3, 4), s.tensor(4)),
                        n -> n.replacing(1, new Tensor.Builder(type(n, 1), Shape.of(5)).build()))
                .reject(
                        "unequal-types",
                        n -> n.replacing(1, new Tensor.Builder(ElementType.INT64, Shape.of(5, 13)).build()));
    }

    private static OneNode pairs(Setting s, Tensor values) {
        return s.node().feed(Binary.column(values), values);
    }

    private static Declaration clip() {
        Form both = s -> s.node().feed(s.tensor(5, 13)).feed(bound(s, 1), bound(s, 3));
        return Declaration.of("Clip", both)
                .shape("min-only", s -> s.node().feed(s.tensor(4, 5), bound(s, 2)))
                .shape("max-only", s -> s.node().feed(s.tensor(4, 5)).omit().feed(bound(s, 2)))
                .shape(
                        "constant-bounds",
                        s -> s.node().feed(s.tensor(4, 5)).constant(bound(s, 1)).constant(bound(s, 3)))
                .shape("rank-0", s -> s.node().feed(s.tensor(), bound(s, 1), bound(s, 3)))
                .shape("rank-6", s -> s.node().feed(s.tensor(1, 2, 1, 3, 2, 2), bound(s, 1), bound(s, 3)))
                .shape("zero-size", s -> s.node().feed(s.tensor(2, 0), bound(s, 1), bound(s, 3)))
                .shape(
                        "dynamic",
                        s -> s.node().feed(s.tensor(3, 5), bound(s, 1)).dynamic())
                .special("infinite-bounds", s -> s.node()
                        .feed(Tensor.ofReals(
                                s.type(),
                                Shape.of(24),
                                Specials.numbers(s.type().format())))
                        .feed(
                                Setting.scalar(s.type(), Double.NEGATIVE_INFINITY),
                                Setting.scalar(s.type(), Double.POSITIVE_INFINITY)))
                .special("infinities", s -> s.node()
                        .feed(Tensor.ofReals(
                                s.type(),
                                Shape.of(24),
                                Specials.numbers(s.type().format())))
                        .feed(bound(s, 1), bound(s, 3)))
                .special("min-above-max", types(t -> true), s -> s.node()
                        .feed(s.tensor(17))
                        .feed(bound(s, 4), bound(s, 2)))
                .special("integer-extremes", types(t -> t.isInteger()), s -> s.node()
                        .feed(Specials.of(s.type()))
                        .feed(bound(s, 1), bound(s, 3)))
                .reject("bounds-rank-1", n -> n.replacing(1, s1(n)))
                .reject("bounds-type", n -> n.replacing(1, Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, 1)));
    }

    private static Tensor bound(Setting s, double value) {
        return Setting.scalar(s.type(), value);
    }

    private static Tensor s1(OneNode node) {
        return new Tensor.Builder(type(node, 1), Shape.of(2)).build();
    }

    private static Declaration where() {
        return Declaration.of("Where", s -> where(s, new int[] {5, 13}, new int[] {5, 13}, new int[] {5, 13}))
                .shape("rank-0", s -> where(s, new int[] {}, new int[] {}, new int[] {}))
                .shape("condition-broadcast", s -> where(s, new int[] {3, 1}, new int[] {3, 5}, new int[] {5}))
                .shape("all-broadcast", s -> where(s, new int[] {7, 1, 1}, new int[] {3, 1}, new int[] {5}))
                .shape("scalars", s -> where(s, new int[] {4, 5}, new int[] {}, new int[] {1}))
                .shape("zero-size", s -> where(s, new int[] {0, 2}, new int[] {1, 2}, new int[] {}))
                .shape("rank-6", s -> where(s, new int[] {2, 1, 3, 1, 2, 1}, new int[] {2}, new int[] {3, 1, 1, 2}))
                .shape("dynamic", s -> where(s, new int[] {3, 5}, new int[] {3, 1}, new int[] {5})
                        .dynamic())
                .shape("square", s -> where(s, new int[] {5}, new int[] {5, 5}, new int[] {5, 1}))
                .special("not-selected", s -> selected(s, Specials.of(s.type()), 0))
                .special("selected", s -> selected(s, Specials.of(s.type()), 1))
                .reject("shapes", n -> n.replacing(1, new Tensor.Builder(ElementType.FLOAT32, Shape.of(5, 12)).build()))
                .reject(
                        "condition-not-bool",
                        n -> n.replacing(0, new Tensor.Builder(ElementType.INT32, Shape.of(5, 13)).build()))
                .reject(
                        "unequal-types",
                        n -> n.replacing(2, new Tensor.Builder(ElementType.INT64, Shape.of(5, 13)).build()));
    }

    private static OneNode where(Setting s, int[] condition, int[] x, int[] y) {
        return s.node().feed(s.integers(ElementType.BOOL, 0, 1, condition), s.tensor(x), s.tensor(y));
    }

    private static OneNode selected(Setting s, Tensor specials, long which) {
        Tensor.Builder condition = new Tensor.Builder(ElementType.BOOL, specials.shape());
        for (int i = 0; i < specials.size(); i++) {
            condition.setBits(i, which);
        }
        return s.node().feed(condition.build(), specials, s.tensor(specials.size()));
    }

    private static Declaration index(String operator) {
        return Declaration.of(operator, s -> index(s.node().feed(s.distinct(5, 11))))
                .families(Family.UNIFORM)
                .value(
                        "wide-range",
                        types(ElementType::isFloat),
                        s -> index(s.node()
                                .feed(new Setting(s.operator(), s.type(), s.opset(), Family.WIDE, s.seeded())
                                        .tensor(5, 11))))
                .value("last-axis", s -> index(s.node().feed(s.tensor(7, 13)).with(Attribute.of("axis", -1L))))
                .value(
                        "ties",
                        s -> index(s.node().feed(s.integersOfType(0, 2, 7, 13)).with(Attribute.of("axis", 1L))))
                .value(
                        "ties-last",
                        s -> index(s.node()
                                .feed(s.integersOfType(0, 2, 7, 13))
                                .with(Attribute.of("axis", 1L), Attribute.of("select_last_index", 1L))))
                .shape(
                        "axis-negative",
                        s -> index(s.node().feed(s.distinct(2, 3, 5)).with(Attribute.of("axis", -2L))))
                .shape(
                        "axis-last",
                        s -> index(s.node().feed(s.distinct(2, 3, 5)).with(Attribute.of("axis", 2L))))
                .shape(
                        "keepdims-0",
                        s -> index(s.node()
                                .feed(s.distinct(2, 3, 5))
                                .with(Attribute.of("axis", 1L), Attribute.of("keepdims", 0L))))
                .shape(
                        "keepdims-1",
                        s -> index(s.node()
                                .feed(s.distinct(2, 3, 5))
                                .with(Attribute.of("axis", 1L), Attribute.of("keepdims", 1L))))
                .shape("rank-1", s -> index(s.node().feed(s.distinct(17))))
                .shape(
                        "rank-1-keepdims-0",
                        s -> index(s.node().feed(s.distinct(17)).with(Attribute.of("keepdims", 0L))))
                .shape("size-1", s -> index(s.node().feed(s.distinct(4, 1)).with(Attribute.of("axis", 1L))))
                .shape("zero-size", s -> index(s.node().feed(s.tensor(0, 3)).with(Attribute.of("axis", 1L))))
                .shape(
                        "select-last",
                        s -> index(s.node()
                                .feed(s.integersOfType(0, 1, 4, 9))
                                .with(Attribute.of("axis", 1L), Attribute.of("select_last_index", 1L))))
                .shape("dynamic", s -> index(s.node().feed(s.distinct(3, 5)).dynamic()))
                .value(
                        "one-to-choose",
                        only(ElementType.INT64),
                        s -> index(s.node().feed(s.distinct(4, 1)).with(Attribute.of("axis", 1L))))
                .special(
                        "infinities",
                        s -> index(s.node()
                                .feed(Tensor.ofReals(
                                        s.type(),
                                        Shape.of(2, 4),
                                        1,
                                        Double.POSITIVE_INFINITY,
                                        -3,
                                        Double.POSITIVE_INFINITY,
                                        Double.NEGATIVE_INFINITY,
                                        -s.type().format().largestFinite(),
                                        Double.NEGATIVE_INFINITY,
                                        -s.type().format().largestFinite()))
                                .with(Attribute.of("axis", 1L))))
                .special(
                        "zeros-tie",
                        s -> index(s.node()
                                .feed(Tensor.ofReals(s.type(), Shape.of(2, 3), -0.0, 0.0, -1, 0.0, -0.0, -1))
                                .with(Attribute.of("axis", 1L))))
                .special(
                        "integer-extremes",
                        types(t -> t.isInteger()),
                        s -> index(s.node().feed(Specials.of(s.type()))))
                .reject(
                        "axis-out-of-range",
                        s -> index(s.node().feed(s.tensor(2, 3)).with(Attribute.of("axis", 1L))),
                        n -> n.with(Attribute.of("axis", 2L)))
                .reject("two-inputs", n -> n.plus(n.operands().get(0)));
    }

    private static OneNode index(OneNode node) {
        return node.giving(ElementType.INT64);
    }

    private static ElementType type(OneNode node, int operand) {
        return ((OneNode.Operand.Fed) node.operands().get(operand)).tensor().type();
    }
}
