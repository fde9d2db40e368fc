package org.aiis.conformance.catalogue.operators;

import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Convolution. x: [batch, channels, spatial…], w: [out, channels / group, kernel…], b: [out]. */
final class Convolution {
    private Convolution() {}

    static List<Declaration> declarations() {
        Declaration conv = Declaration.of("Conv", s -> conv(s, dims(1, 3, 6, 7), dims(4, 3, 3, 3)))
                .families(Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES);
        for (DotInputs inputs : DotInputs.values()) {
            conv = conv.value(inputs.word() + "-37", s -> pointwise(s, inputs, 37))
                    .value(inputs.word() + "-1003", s -> pointwise(s, inputs, 1003));
        }
        Declaration all = conv.value("deep", s -> conv(s, dims(1, 19, 8, 8), dims(3, 19, 3, 3), pads(1, 1, 1, 1)))
                .value("wide-kernel", s -> conv(s, dims(1, 2, 15, 15), dims(2, 2, 7, 7)))
                .shape("spatial-1", s -> conv(s, dims(2, 3, 9), dims(4, 3, 3)))
                .shape("spatial-3", s -> conv(s, dims(1, 2, 4, 3, 5), dims(2, 2, 2, 2, 3)))
                .shape("no-bias", s -> s.node().feed(s.tensor(1, 2, 5, 5), s.tensor(3, 2, 3, 3)))
                .shape("strides", s -> conv(s, dims(1, 2, 7, 8), dims(3, 2, 3, 3), Attribute.ints("strides", 2, 3)))
                .shape("dilations", s -> conv(s, dims(1, 2, 9, 9), dims(3, 2, 3, 3), Attribute.ints("dilations", 2, 3)))
                .shape("pads", s -> conv(s, dims(1, 2, 5, 5), dims(3, 2, 3, 3), pads(1, 0, 2, 1)))
                .shape(
                        "pads-strides-dilations",
                        s -> conv(
                                s,
                                dims(1, 2, 9, 8),
                                dims(3, 2, 3, 2),
                                pads(2, 1, 1, 2),
                                Attribute.ints("strides", 2, 1),
                                Attribute.ints("dilations", 1, 2)))
                .shape(
                        "same-upper",
                        s -> conv(
                                s,
                                dims(1, 2, 7, 8),
                                dims(3, 2, 3, 2),
                                Attribute.of("auto_pad", "SAME_UPPER"),
                                Attribute.ints("strides", 2, 1)))
                .shape(
                        "same-lower",
                        s -> conv(
                                s,
                                dims(1, 2, 7, 8),
                                dims(3, 2, 3, 2),
                                Attribute.of("auto_pad", "SAME_LOWER"),
                                Attribute.ints("strides", 2, 1)))
                .shape("valid", s -> conv(s, dims(1, 2, 5, 6), dims(3, 2, 3, 3), Attribute.of("auto_pad", "VALID")))
                .shape("not-set", s -> conv(s, dims(1, 2, 5, 6), dims(3, 2, 3, 3), Attribute.of("auto_pad", "NOTSET")))
                .shape(
                        "kernel-shape",
                        s -> conv(s, dims(1, 2, 5, 6), dims(3, 2, 3, 2), Attribute.ints("kernel_shape", 3, 2)))
                .shape("group-2", s -> conv(s, dims(1, 4, 5, 5), dims(6, 2, 3, 3), Attribute.of("group", 2L)))
                .shape("depthwise", s -> conv(s, dims(1, 5, 6, 6), dims(5, 1, 3, 3), Attribute.of("group", 5L)))
                .shape(
                        "depthwise-multiplier",
                        s -> conv(s, dims(1, 3, 6, 6), dims(6, 1, 3, 3), Attribute.of("group", 3L)))
                .shape("kernel-1", s -> conv(s, dims(2, 3, 4, 5), dims(4, 3, 1, 1)))
                .shape("batch-0", s -> conv(s, dims(0, 3, 4, 5), dims(4, 3, 3, 3)))
                .shape("constant-weights", s -> s.node()
                        .feed(s.tensor(1, 2, 5, 5))
                        .constant(s.tensor(3, 2, 3, 3))
                        .constant(s.tensor(3)))
                .shape("dynamic", s -> s.node()
                        .feed(s.tensor(1, 2, 5, 5), s.tensor(3, 2, 3, 3))
                        .dynamic())
                .special("nan", s -> s.node()
                        .feed(Products.holding(s, Double.NaN, 1, 2, 5, 6), s.between(1, 2, 2, 2, 2, 2))
                        .with(Attribute.ints("strides", 2, 2)))
                .special("infinity", s -> s.node()
                        .feed(Products.holding(s, Double.POSITIVE_INFINITY, 1, 2, 5, 6), s.between(1, 2, 2, 2, 2, 2)))
                .special("every-product-zero", s -> pointwise(s, DotInputs.ZERO, 37))
                .reject(
                        "group",
                        s -> conv(s, dims(1, 4, 5, 5), dims(6, 2, 3, 3), Attribute.of("group", 2L)),
                        n -> n.with(Attribute.of("group", 1L)))
                .reject(
                        "group-not-dividing-maps",
                        s -> s.node()
                                .feed(s.tensor(1, 4, 5, 5), s.tensor(6, 2, 3, 3))
                                .with(Attribute.of("group", 2L)),
                        n -> n.replacing(1, Products.zeros(n, 5, 2, 3, 3)))
                .reject(
                        "bias-length",
                        s -> conv(s, dims(1, 2, 5, 6), dims(3, 2, 3, 2)),
                        n -> n.replacing(2, Products.zeros(n, 2)))
                .reject(
                        "kernel-shape",
                        s -> conv(s, dims(1, 2, 5, 6), dims(3, 2, 3, 2), Attribute.ints("kernel_shape", 3, 2)),
                        n -> n.with(Attribute.ints("kernel_shape", 2, 2)))
                .reject(
                        "ranks",
                        s -> s.node().feed(s.tensor(1, 2, 5, 5), s.tensor(3, 2, 3, 3)),
                        n -> n.replacing(1, Products.zeros(n, 3, 2, 3)))
                .reject(
                        "pads-length",
                        s -> conv(s, dims(1, 2, 5, 5), dims(3, 2, 3, 3), pads(1, 1, 1, 1)),
                        n -> n.with(pads(1, 1, 1)));
        return List.of(all.special("one-by-one", s -> s.node()
                .feed(Planes.all(s, 1, 3), Products.full(s, 1, Planes.count(s), 1, 1, 1))
                .with(Attribute.of("group", (long) Planes.count(s)))));
    }

    private static OneNode conv(Setting s, int[] x, int[] w, AttributeProto... attributes) {
        return s.node().feed(s.tensor(x), s.tensor(w), s.tensor(w[0])).with(attributes);
    }

    /** A kernel of size 1 makes each result one dot product over the channels. */
    private static OneNode pointwise(Setting s, DotInputs inputs, int k) {
        List<Tensor> ab = inputs.matrices(s.type(), s.seeded(), DotInputs.ROWS, k, DotInputs.COLUMNS);
        return s.node()
                .feed(ab.get(1).reshaped(Shape.of(1, k, 3, 3)), ab.get(0).reshaped(Shape.of(DotInputs.ROWS, k, 1, 1)));
    }

    static AttributeProto pads(long... pads) {
        return Attribute.ints("pads", pads);
    }

    private static int[] dims(int... dims) {
        return dims;
    }
}
