package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Convolution.pads;
import static org.aiis.conformance.catalogue.operators.Declaration.since;
import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Pooling over windows. x: [batch, channels, spatial…]. */
final class Pooling {
    private Pooling() {}

    static List<Declaration> declarations() {
        return List.of(
                max().special("one-by-one", s -> pool(Planes.numbers(s, 1, 3), s, kernel(1, 1))),
                average().special("one-by-one", s -> pool(Planes.all(s, 1, 3), s, kernel(1, 1))),
                global(global().special("one-by-one", s -> s.node().feed(Planes.all(s, 1, 1)))),
                lp().special("one-by-one", s -> pool(Planes.all(s, 1, 3), s, kernel(1, 1), norm(1))),
                global(globalLp().special("one-by-one", s -> s.node()
                        .feed(Planes.all(s, 1, 1))
                        .with(norm(1)))),
                global(globalMax().special("one-by-one", s -> s.node().feed(Planes.numbers(s, 2, 2)))));
    }

    /** Their other rules have cases of other names. */
    private static Declaration global(Declaration pool) {
        return pool.reject("too-few-inputs", OneNode::shortened);
    }

    private static Declaration max() {
        return windows(Declaration.of("MaxPool", s -> pool(s.tensor(1, 2, 8, 9), s, kernel(3, 2))))
                .shape(
                        "dilations",
                        s -> pool(s.distinct(1, 2, 8, 9), s, kernel(3, 2), Attribute.ints("dilations", 2, 3)))
                .shape("indices", s -> pool(s.distinct(1, 2, 6, 7), s, kernel(2, 3), strides(2, 2))
                        .giving(s.type(), ElementType.INT64))
                .shape("indices-column-major", s -> pool(
                                s.distinct(1, 2, 6, 7),
                                s,
                                kernel(2, 3),
                                strides(2, 2),
                                Attribute.of("storage_order", 1L))
                        .giving(s.type(), ElementType.INT64))
                .shape("indices-row-major", s -> pool(
                                s.distinct(2, 1, 6, 7),
                                s,
                                kernel(2, 3),
                                pads(1, 1, 0, 1),
                                Attribute.of("storage_order", 0L))
                        .giving(s.type(), ElementType.INT64))
                .special(
                        "minus-infinity",
                        s -> pool(
                                Products.holding(s, Double.NEGATIVE_INFINITY, 1, 1, 5, 5),
                                s,
                                kernel(2, 2),
                                pads(1, 1, 1, 1)))
                .special(
                        "infinity",
                        s -> pool(
                                Products.holding(s, Double.POSITIVE_INFINITY, 1, 1, 5, 5),
                                s,
                                kernel(2, 2),
                                pads(1, 1, 1, 1)))
                .special(
                        "all-minus-infinity",
                        s -> pool(
                                Products.full(s, Double.NEGATIVE_INFINITY, 1, 1, 4, 4),
                                s,
                                kernel(2, 2),
                                pads(1, 1, 1, 1)))
                .special("negative-border", s -> pool(s.between(-9, -1, 1, 2, 5, 5), s, kernel(3, 3), pads(1, 1, 1, 1)))
                .special(
                        "negative-border-integer",
                        types(t -> t == ElementType.INT8),
                        s -> pool(s.integers(s.type(), -100, -1, 1, 2, 5, 5), s, kernel(3, 3), pads(1, 1, 1, 1)));
    }

    private static Declaration average() {
        return windows(Declaration.of("AveragePool", s -> pool(s.tensor(1, 2, 8, 9), s, kernel(3, 2)))
                        .families(Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES))
                .value("wide-window", s -> pool(s.tensor(1, 2, 17, 19), s, kernel(11, 13)))
                .shape(
                        "count-pads",
                        s -> pool(
                                s.tensor(1, 2, 5, 6),
                                s,
                                kernel(3, 3),
                                pads(1, 1, 1, 1),
                                Attribute.of("count_include_pad", 1L)))
                .shape(
                        "no-count-pads",
                        s -> pool(
                                s.tensor(1, 2, 5, 6),
                                s,
                                kernel(3, 3),
                                pads(1, 1, 1, 1),
                                Attribute.of("count_include_pad", 0L)))
                .shape(
                        "ceil-count-pads",
                        since(19),
                        s -> pool(
                                s.tensor(1, 1, 6, 6),
                                s,
                                kernel(3, 3),
                                strides(2, 2),
                                pads(1, 1, 1, 1),
                                Attribute.of("ceil_mode", 1L),
                                Attribute.of("count_include_pad", 1L)))
                .shape(
                        "dilations",
                        since(19),
                        s -> pool(s.tensor(1, 2, 8, 9), s, kernel(3, 2), Attribute.ints("dilations", 2, 3)))
                .special("nan", s -> pool(Products.holding(s, Double.NaN, 1, 1, 5, 5), s, kernel(2, 2), strides(2, 2)))
                .special(
                        "infinity",
                        s -> pool(
                                Products.holding(s, Double.POSITIVE_INFINITY, 1, 1, 5, 5),
                                s,
                                kernel(2, 2),
                                pads(1, 1, 1, 1)));
    }

    private static Declaration lp() {
        return windows(Declaration.of("LpPool", s -> pool(s.tensor(1, 2, 8, 9), s, kernel(3, 2)))
                        .families(Family.UNIFORM, Family.NEAR_ONE, Family.TIES))
                .value("wide-window", s -> pool(s.tensor(1, 2, 17, 19), s, kernel(11, 13)))
                .value("p-1", s -> pool(s.tensor(1, 2, 8, 9), s, kernel(3, 2), norm(1)))
                .value("p-3", s -> pool(s.tensor(1, 2, 8, 9), s, kernel(3, 2), norm(3)))
                .shape("p-1", s -> pool(s.tensor(1, 2, 5, 6), s, kernel(2, 3), norm(1)))
                .shape("p-2", s -> pool(s.tensor(1, 2, 5, 6), s, kernel(2, 3), norm(2)))
                .shape("p-3", s -> pool(s.tensor(1, 2, 5, 6), s, kernel(2, 3), norm(3)))
                .shape(
                        "dilations",
                        since(18),
                        s -> pool(s.tensor(1, 2, 8, 9), s, kernel(3, 2), Attribute.ints("dilations", 2, 3)))
                .shape(
                        "ceil-pads",
                        since(18),
                        s -> pool(
                                s.tensor(1, 1, 6, 6),
                                s,
                                kernel(3, 3),
                                strides(2, 2),
                                pads(1, 1, 1, 1),
                                Attribute.of("ceil_mode", 1L)))
                .special("nan", s -> pool(Products.holding(s, Double.NaN, 1, 1, 5, 5), s, kernel(2, 2), strides(2, 2)))
                .special(
                        "infinity",
                        s -> pool(
                                Products.holding(s, Double.NEGATIVE_INFINITY, 1, 1, 5, 5),
                                s,
                                kernel(2, 2),
                                pads(1, 1, 1, 1)))
                .special("zeros", s -> pool(Products.full(s, -0.0, 1, 1, 4, 4), s, kernel(2, 2)));
    }

    private static AttributeProto norm(long p) {
        return Attribute.of("p", p);
    }

    private static Declaration globalLp() {
        return whole(Declaration.of("GlobalLpPool", s -> s.node().feed(s.tensor(2, 36, 5, 7)))
                        .families(Family.UNIFORM, Family.NEAR_ONE, Family.TIES))
                .value("p-3", s -> s.node().feed(s.tensor(2, 36, 5, 7)).with(norm(3)))
                .shape("p-1", s -> s.node().feed(s.tensor(2, 3, 4, 5)).with(norm(1)))
                .shape("p-2", s -> s.node().feed(s.tensor(2, 3, 4, 5)).with(norm(2)))
                .shape("p-3", s -> s.node().feed(s.tensor(2, 3, 4, 5)).with(norm(3)))
                .special("nan", s -> s.node().feed(Products.holding(s, Double.NaN, 1, 2, 3, 3)))
                .special("infinity", s -> s.node().feed(Products.holding(s, Double.NEGATIVE_INFINITY, 1, 2, 3, 3)));
    }

    private static Declaration globalMax() {
        return whole(Declaration.of("GlobalMaxPool", s -> s.node().feed(s.tensor(2, 36, 5, 7))))
                .shape("one-channel", s -> s.node().feed(s.tensor(1, 1, 3, 5)))
                .shape("batch-0-of-no-pixels", s -> s.node().feed(s.tensor(0, 3, 0, 2)))
                .special("negative", s -> s.node().feed(s.between(-9, -1, 1, 2, 3, 3)))
                .special("infinity", s -> s.node().feed(Products.holding(s, Double.POSITIVE_INFINITY, 1, 2, 3, 3)))
                .special(
                        "minus-infinity", s -> s.node().feed(Products.holding(s, Double.NEGATIVE_INFINITY, 1, 2, 3, 3)))
                .special("all-minus-infinity", s -> s.node()
                        .feed(Products.full(s, Double.NEGATIVE_INFINITY, 1, 2, 3, 3)));
    }

    private static Declaration whole(Declaration declaration) {
        return declaration
                .value("large-plane", s -> s.node().feed(s.tensor(1, 2, 31, 37)))
                .shape("spatial-1", s -> s.node().feed(s.tensor(2, 3, 7)))
                .shape("spatial-3", s -> s.node().feed(s.tensor(1, 2, 3, 2, 5)))
                .shape("one-pixel", s -> s.node().feed(s.tensor(2, 3, 1, 1)))
                .shape("batch-0", s -> s.node().feed(s.tensor(0, 3, 2, 2)))
                .shape("dynamic", s -> s.node().feed(s.tensor(2, 3, 4, 5)).dynamic())
                .reject("two-inputs", n -> n.plus(n.operands().get(0)))
                .reject("type-integer", s -> s.node().feed(s.tensor(1, 2, 3, 3)), n -> n.replacing(
                                0, new Tensor.Builder(ElementType.INT32, Shape.of(1, 2, 3, 3)).build())
                        .giving(ElementType.INT32));
    }

    private static Declaration global() {
        return whole(Declaration.of("GlobalAveragePool", s -> s.node().feed(s.tensor(2, 36, 5, 7)))
                        .families(Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES))
                .shape("one-channel", s -> s.node().feed(s.tensor(1, 1, 3, 5)))
                .special("nan", s -> s.node().feed(Products.holding(s, Double.NaN, 1, 2, 3, 3)))
                .special("infinity", s -> s.node().feed(Products.holding(s, Double.POSITIVE_INFINITY, 1, 2, 3, 3)))
                .special("infinity-minus-infinity", s -> s.node()
                        .feed(Tensor.ofReals(
                                s.type(),
                                Shape.of(1, 1, 2, 2),
                                Double.POSITIVE_INFINITY,
                                1,
                                Double.NEGATIVE_INFINITY,
                                2)));
    }

    private static Declaration windows(Declaration declaration) {
        return declaration
                .shape("spatial-1", s -> pool(s.distinct(2, 3, 11), s, kernel(3)))
                .shape("spatial-3", s -> pool(s.distinct(1, 2, 4, 3, 5), s, kernel(2, 2, 3)))
                .shape("strides", s -> pool(s.distinct(1, 2, 8, 9), s, kernel(3, 2), strides(2, 3)))
                .shape("pads", s -> pool(s.distinct(1, 2, 5, 6), s, kernel(3, 3), pads(1, 0, 2, 1)))
                // Before version 22 ONNX's text and its shape inference keep such a window, ReferenceEvaluator drops
                // it.
                .shape(
                        "ceil-window-in-padding",
                        since(22),
                        s -> pool(
                                s.distinct(1, 1, 5, 5),
                                s,
                                kernel(2, 2),
                                strides(3, 3),
                                pads(0, 0, 1, 1),
                                Attribute.of("ceil_mode", 1L)))
                .shape(
                        "ceil-mode",
                        declaration.operator().equals("LpPool") ? since(18) : since(0),
                        s -> pool(
                                s.distinct(1, 1, 6, 7), s, kernel(3, 2), strides(2, 2), Attribute.of("ceil_mode", 1L)))
                .shape(
                        "same-upper",
                        s -> pool(
                                s.distinct(1, 2, 7, 8),
                                s,
                                kernel(3, 2),
                                strides(2, 1),
                                Attribute.of("auto_pad", "SAME_UPPER")))
                .shape(
                        "same-lower",
                        s -> pool(
                                s.distinct(1, 2, 7, 8),
                                s,
                                kernel(3, 2),
                                strides(2, 1),
                                Attribute.of("auto_pad", "SAME_LOWER")))
                .shape("valid", s -> pool(s.distinct(1, 2, 7, 8), s, kernel(3, 2), Attribute.of("auto_pad", "VALID")))
                .shape(
                        "not-set",
                        s -> pool(s.distinct(1, 2, 5, 6), s, kernel(3, 2), Attribute.of("auto_pad", "NOTSET")))
                .shape(
                        "ceil-mode-pads",
                        declaration.operator().equals("MaxPool") ? since(0) : since(19),
                        s -> pool(
                                s.distinct(1, 1, 5, 9),
                                s,
                                kernel(2, 3),
                                strides(2, 3),
                                pads(0, 1, 1, 1),
                                Attribute.of("ceil_mode", 1L)))
                .shape("kernel-1", s -> pool(s.distinct(1, 2, 3, 4), s, kernel(1, 1)))
                .shape("batch-0", s -> pool(s.tensor(0, 2, 5, 5), s, kernel(2, 2)))
                .shape("dynamic", s -> pool(s.distinct(1, 2, 5, 6), s, kernel(2, 2))
                        .dynamic())
                .reject("kernel-shape-missing", n -> n.without("kernel_shape"))
                .reject(
                        "rank-2",
                        s -> pool(s.tensor(1, 2, 5), s, kernel(2)),
                        n -> n.replacing(0, Products.zeros(n, 2, 5)))
                .reject(
                        "pads-length",
                        s -> pool(s.tensor(1, 2, 5, 5), s, kernel(2, 2), pads(1, 1, 1, 1)),
                        n -> n.with(pads(1, 1, 1)));
    }

    private static OneNode pool(Tensor x, Setting s, AttributeProto... attributes) {
        return s.node().feed(x).with(attributes);
    }

    private static AttributeProto kernel(long... sizes) {
        return Attribute.ints("kernel_shape", sizes);
    }

    private static AttributeProto strides(long... strides) {
        return Attribute.ints("strides", strides);
    }
}
