package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.Arrays;
import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Running sums and products along an axis. */
final class Running {
    private Running() {}

    static List<Declaration> declarations() {
        return List.of(
                running("CumSum")
                        .families(Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES)
                        .value("long", s -> running(s.node().feed(s.tensor(2, 1003)), 1)),
                running("CumProd")
                        .families(Family.UNIFORM, Family.NEAR_ONE)
                        .value(
                                "around-one",
                                types(ElementType::isFloat),
                                s -> running(s.node().feed(s.between(0.9, 1.1, 5, 67)), 1))
                        .special(
                                "zero-times-infinity",
                                s -> running(
                                        s.node()
                                                .feed(Tensor.ofReals(
                                                        s.type(),
                                                        Shape.of(2, 3),
                                                        0,
                                                        Double.POSITIVE_INFINITY,
                                                        1,
                                                        2,
                                                        0,
                                                        -3)),
                                        1))
                        .special(
                                "overflow",
                                s -> running(
                                        s.node()
                                                .feed(Products.full(
                                                        s, s.type().format().largestFinite(), 2, 3)),
                                        1)));
    }

    /** Numbers whose products stay in range. */
    private static Tensor numbers(Setting s, int... dims) {
        if (!s.operator().equals("CumProd")) {
            return s.tensor(dims);
        }
        return s.type().isFloat()
                ? Factors.of(s, Arrays.stream(dims).max().orElse(1), dims)
                : s.integers(s.type(), 1, 2, dims);
    }

    private static Declaration running(String operator) {
        return Declaration.of(operator, s -> running(s.node().feed(numbers(s, 5, 13)), 1))
                .shape("axis-0", s -> running(s.node().feed(numbers(s, 5, 4)), 0))
                .shape("axis-negative", s -> running(s.node().feed(numbers(s, 2, 3, 4)), -2))
                .shape("exclusive", s -> running(s.node().feed(numbers(s, 3, 5)), 1)
                        .with(Attribute.of("exclusive", 1L)))
                .shape("reverse", s -> running(s.node().feed(numbers(s, 3, 5)), 1)
                        .with(Attribute.of("reverse", 1L)))
                .shape("exclusive-reverse", s -> running(s.node().feed(numbers(s, 3, 5)), 1)
                        .with(Attribute.of("exclusive", 1L), Attribute.of("reverse", 1L)))
                .shape("axis-int32", s -> s.node()
                        .feed(numbers(s, 3, 5))
                        .constant(Tensor.ofLongs(ElementType.INT32, Shape.SCALAR, 1)))
                .shape("rank-1", s -> running(s.node().feed(numbers(s, 17)), -1))
                .shape("rank-5", s -> running(s.node().feed(numbers(s, 2, 1, 3, 4, 2)), 3))
                .shape("size-1", s -> running(s.node().feed(numbers(s, 3, 1)), 1))
                .shape("zero-size", s -> running(s.node().feed(numbers(s, 3, 0)), 1))
                .shape("axis-fed", s -> running(s.node().feed(numbers(s, 3, 4)), 1)
                        .allFed())
                .shape("dynamic", s -> running(s.node().feed(numbers(s, 3, 5)), 0)
                        .dynamic())
                .special("nan", s -> running(s.node().feed(Products.holding(s, Double.NaN, 3, 5)), 1))
                .special(
                        "infinity", s -> running(s.node().feed(Products.holding(s, Double.POSITIVE_INFINITY, 3, 5)), 1))
                .special("infinity-minus-infinity", s -> running(s.node().feed(Reductions.infinities(s)), 1))
                .reject("axis-out-of-range", n -> n.replacing(1, Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, 2)))
                .reject("axis-below-range", n -> n.replacing(1, Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, -64)))
                .reject("axis-rank-2", n -> n.replacing(1, Tensor.ofLongs(ElementType.INT64, Shape.of(1, 1), 1)));
    }

    private static OneNode running(OneNode node, long axis) {
        return node.constant(Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, axis));
    }
}
