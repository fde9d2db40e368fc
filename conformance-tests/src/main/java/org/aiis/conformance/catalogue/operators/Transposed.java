package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Convolution.pads;
import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** What runs a convolution backwards or at points of its own: ConvTranspose, Col2Im, DeformConv. */
final class Transposed {
    private Transposed() {}

    static List<Declaration> declarations() {
        return List.of(convTranspose(), col2Im(), deformConv());
    }

    private static Declaration convTranspose() {
        Declaration conv = Declaration.of("ConvTranspose", s -> conv(s, dims(1, 3, 5, 6), dims(3, 4, 3, 3)))
                .families(Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES);
        for (DotInputs inputs : DotInputs.values()) {
            conv = conv.value(inputs.word() + "-37", s -> pointwise(s, inputs, 37))
                    .value(inputs.word() + "-1003", s -> pointwise(s, inputs, 1003));
        }
        return conv.value("deep", s -> conv(s, dims(1, 19, 5, 5), dims(19, 3, 3, 3), strides(2, 2)))
                .shape("spatial-1", s -> conv(s, dims(2, 3, 7), dims(3, 2, 3)))
                .shape("spatial-3", s -> conv(s, dims(1, 2, 3, 2, 4), dims(2, 2, 2, 3, 2)))
                .shape("no-bias", s -> s.node().feed(s.tensor(1, 2, 4, 5), s.tensor(2, 3, 3, 2)))
                .shape("strides", s -> conv(s, dims(1, 2, 4, 5), dims(2, 3, 3, 3), strides(2, 3)))
                .shape("strides-beyond-kernel", s -> conv(s, dims(1, 2, 4, 3), dims(2, 3, 2, 2), strides(3, 4)))
                .shape("dilations", s -> conv(s, dims(1, 2, 4, 5), dims(2, 3, 3, 2), Attribute.ints("dilations", 2, 3)))
                .shape("pads", s -> conv(s, dims(1, 2, 5, 5), dims(2, 3, 3, 3), pads(1, 0, 2, 1)))
                .shape(
                        "output-padding",
                        s -> conv(
                                s,
                                dims(1, 2, 4, 5),
                                dims(2, 3, 3, 3),
                                strides(2, 3),
                                Attribute.ints("output_padding", 1, 2)))
                .shape(
                        "pads-strides-dilations",
                        s -> conv(
                                s,
                                dims(1, 2, 5, 4),
                                dims(2, 3, 3, 2),
                                pads(2, 1, 1, 2),
                                strides(2, 1),
                                Attribute.ints("dilations", 1, 2),
                                Attribute.ints("output_padding", 1, 0)))
                .shape(
                        "output-shape",
                        s -> conv(
                                s,
                                dims(1, 2, 4, 5),
                                dims(2, 3, 3, 3),
                                strides(2, 2),
                                Attribute.ints("output_shape", 8, 9)))
                .shape(
                        "output-shape-odd",
                        s -> conv(s, dims(1, 2, 5, 5), dims(2, 3, 4, 4), Attribute.ints("output_shape", 5, 7)))
                .shape(
                        "output-shape-same-upper",
                        s -> conv(
                                s,
                                dims(1, 2, 4, 5),
                                dims(2, 3, 3, 3),
                                strides(2, 2),
                                Attribute.ints("output_shape", 8, 10),
                                Attribute.of("auto_pad", "SAME_UPPER")))
                .shape(
                        "same-upper",
                        s -> conv(
                                s,
                                dims(1, 2, 4, 5),
                                dims(2, 3, 3, 4),
                                strides(2, 1),
                                Attribute.of("auto_pad", "SAME_UPPER")))
                .shape(
                        "same-lower",
                        s -> conv(
                                s,
                                dims(1, 2, 4, 5),
                                dims(2, 3, 3, 4),
                                strides(2, 1),
                                Attribute.of("auto_pad", "SAME_LOWER")))
                .shape("valid", s -> conv(s, dims(1, 2, 4, 5), dims(2, 3, 3, 3), Attribute.of("auto_pad", "VALID")))
                .shape("not-set", s -> conv(s, dims(1, 2, 4, 5), dims(2, 3, 3, 3), Attribute.of("auto_pad", "NOTSET")))
                .shape(
                        "kernel-shape",
                        s -> conv(s, dims(1, 2, 4, 5), dims(2, 3, 3, 2), Attribute.ints("kernel_shape", 3, 2)))
                .shape("group-2", s -> conv(s, dims(1, 4, 4, 5), dims(4, 3, 3, 3), 6, Attribute.of("group", 2L)))
                .shape("depthwise", s -> conv(s, dims(1, 3, 4, 5), dims(3, 1, 3, 3), 3, Attribute.of("group", 3L)))
                .shape("kernel-1", s -> conv(s, dims(2, 3, 4, 5), dims(3, 4, 1, 1)))
                .shape("batch-0", s -> conv(s, dims(0, 3, 4, 5), dims(3, 4, 3, 3)))
                .shape("constant-weights", s -> s.node()
                        .feed(s.tensor(1, 2, 4, 4))
                        .constant(s.tensor(2, 3, 3, 3))
                        .constant(s.tensor(3)))
                .shape("dynamic", s -> s.node()
                        .feed(s.tensor(1, 2, 4, 5), s.tensor(2, 3, 3, 3))
                        .dynamic())
                .special("nan", s -> s.node()
                        .feed(Products.holding(s, Double.NaN, 1, 2, 5, 6), s.between(1, 2, 2, 2, 2, 2)))
                .special("infinity", s -> s.node()
                        .feed(Products.holding(s, Double.POSITIVE_INFINITY, 1, 2, 5, 6), s.between(1, 2, 2, 2, 2, 2)))
                .special("every-product-zero", s -> pointwise(s, DotInputs.ZERO, 37))
                .special("one-by-one", s -> s.node()
                        .feed(Planes.all(s, 1, 3), Products.full(s, 1, Planes.count(s), 1, 1, 1))
                        .with(Attribute.of("group", (long) Planes.count(s))))
                .reject(
                        "channels",
                        s -> s.node().feed(s.tensor(1, 2, 4, 4), s.tensor(2, 3, 3, 3)),
                        n -> n.replacing(1, Products.zeros(n, 3, 3, 3, 3)))
                .reject(
                        "bias-length",
                        s -> conv(s, dims(1, 2, 4, 5), dims(2, 3, 3, 2)),
                        n -> n.replacing(2, Products.zeros(n, 2)))
                .reject(
                        "output-padding-of-a-stride",
                        s -> conv(
                                s,
                                dims(1, 2, 4, 5),
                                dims(2, 3, 3, 3),
                                strides(2, 3),
                                Attribute.ints("output_padding", 1, 2)),
                        n -> n.with(Attribute.ints("output_padding", 2, 2)))
                .reject(
                        "kernel-shape",
                        s -> conv(s, dims(1, 2, 4, 5), dims(2, 3, 3, 2), Attribute.ints("kernel_shape", 3, 2)),
                        n -> n.with(Attribute.ints("kernel_shape", 2, 2)))
                .reject(
                        "ranks",
                        s -> s.node().feed(s.tensor(1, 2, 4, 4), s.tensor(2, 3, 3, 3)),
                        n -> n.replacing(1, Products.zeros(n, 2, 3, 3)))
                .reject(
                        "pads-length",
                        s -> conv(s, dims(1, 2, 5, 5), dims(2, 3, 3, 3), pads(1, 1, 1, 1)),
                        n -> n.with(pads(1, 1, 1)));
    }

    private static OneNode conv(Setting s, int[] x, int[] w, AttributeProto... attributes) {
        return conv(s, x, w, w[1], attributes);
    }

    private static OneNode conv(Setting s, int[] x, int[] w, int maps, AttributeProto... attributes) {
        return s.node().feed(s.tensor(x), s.tensor(w), s.tensor(maps)).with(attributes);
    }

    /** A kernel of size 1 makes each result one dot product over the channels. */
    private static OneNode pointwise(Setting s, DotInputs inputs, int k) {
        List<Tensor> ab = inputs.matrices(s.type(), s.seeded(), DotInputs.ROWS, k, DotInputs.COLUMNS);
        Tensor.Builder weights = new Tensor.Builder(s.type(), Shape.of(k, DotInputs.ROWS, 1, 1));
        for (int i = 0; i < k * DotInputs.ROWS; i++) {
            weights.setBits(i, ab.get(0).bits(i % DotInputs.ROWS * k + i / DotInputs.ROWS));
        }
        return s.node().feed(ab.get(1).reshaped(Shape.of(1, k, 3, 3)), weights.build());
    }

    private static Declaration col2Im() {
        return Declaration.of("Col2Im", s -> blocks(s, s.tensor(2, 12, 20), image(5, 6), image(2, 2)))
                .families(Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES)
                .value("much-overlap", s -> blocks(s, s.tensor(1, 25, 36), image(10, 10), image(5, 5)))
                .shape("no-overlap", s -> blocks(s, s.tensor(1, 12, 6), image(4, 9), image(2, 3))
                        .with(strides(2, 3)))
                .shape("strides", s -> blocks(s, s.tensor(1, 9, 6), image(7, 5), image(3, 3))
                        .with(strides(2, 2)))
                .shape("pads", s -> blocks(s, s.tensor(1, 6, 25), image(5, 5), image(3, 2))
                        .with(pads(1, 0, 1, 1)))
                .shape("dilations", s -> blocks(s, s.tensor(1, 4, 9), image(5, 6), image(2, 2))
                        .with(Attribute.ints("dilations", 2, 3)))
                .shape("gaps", s -> blocks(s, s.tensor(1, 4, 4), image(5, 5), image(2, 2))
                        .with(strides(3, 3)))
                .shape("spatial-3", s -> blocks(s, s.tensor(1, 16, 12), image(3, 3, 4), image(2, 2, 2)))
                .shape("batch-0", s -> blocks(s, s.tensor(0, 4, 20), image(5, 6), image(2, 2)))
                .shape("shapes-fed", s -> blocks(s, s.tensor(1, 4, 20), image(5, 6), image(2, 2))
                        .allFed())
                .shape("dynamic", s -> blocks(s, s.tensor(1, 4, 20), image(5, 6), image(2, 2))
                        .dynamic())
                .special("nan", s -> blocks(s, Products.holding(s, Double.NaN, 1, 4, 20), image(5, 6), image(2, 2)))
                .special(
                        "one-by-one",
                        s -> blocks(
                                s,
                                Planes.all(s).reshaped(Shape.of(1, 1, Planes.count(s))),
                                image(1, Planes.count(s)),
                                image(1, 1)))
                .special("integer-extremes", types(ElementType::isInteger), s -> blocks(
                                s, extremes(s), image(4, 4), image(2, 2))
                        .with(strides(2, 2)))
                .special(
                        "odd-integers",
                        types(ElementType::isInteger),
                        s -> blocks(
                                s,
                                Tensor.ofLongs(
                                        s.type(),
                                        Shape.of(1, 1, 2),
                                        s.type().minInteger() + 1,
                                        s.type().maxInteger() - 2),
                                image(1, 2),
                                image(1, 1)))
                .reject(
                        "columns-of-one-axis",
                        s -> blocks(s, s.tensor(1, 1, 6), image(2, 3), image(1, 1)),
                        n -> n.replacing(0, Products.zeros(n, 1, 1, 2)))
                .reject("columns", n -> n.replacing(0, Products.zeros(n, 2, 12, 21)))
                .reject("rows", n -> n.replacing(0, Products.zeros(n, 2, 13, 20)));
    }

    private static OneNode blocks(Setting s, Tensor data, Tensor image, Tensor block) {
        return s.node().feed(data).constant(image).constant(block);
    }

    private static Tensor extremes(Setting s) {
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(1, 4, 4));
        for (int i = 0; i < 16; i++) {
            tensor.setBits(
                    i,
                    i % 3 == 0 ? s.type().minInteger() : i % 3 == 1 ? s.type().maxInteger() : i);
        }
        return tensor.build();
    }

    private static Tensor image(long... extents) {
        return Setting.longs(extents);
    }

    private static Declaration deformConv() {
        return Declaration.of("DeformConv", s -> deformed(s, dims(1, 2, 6, 7), dims(3, 2, 3, 3), 1, dims(4, 5)))
                .families(Family.UNIFORM, Family.NEAR_ONE, Family.TIES)
                .value("deep", s -> deformed(s, dims(1, 9, 6, 6), dims(2, 9, 3, 3), 1, dims(4, 4)))
                .shape("bias", s -> deformed(s, dims(1, 2, 6, 7), dims(3, 2, 3, 2), 1, dims(4, 6))
                        .feed(s.tensor(3)))
                .shape("mask", s -> deformed(s, dims(1, 2, 6, 7), dims(3, 2, 3, 2), 1, dims(4, 6))
                        .omit()
                        .feed(s.between(0, 1, 1, 6, 4, 6)))
                .shape("bias-and-mask", s -> deformed(s, dims(2, 2, 5, 5), dims(3, 2, 2, 2), 1, dims(4, 4))
                        .feed(s.tensor(3), s.between(0, 1, 2, 4, 4, 4)))
                .shape("pads", s -> deformed(s, dims(1, 2, 5, 5), dims(2, 2, 3, 3), 1, dims(6, 4))
                        .with(pads(1, 0, 2, 1)))
                .shape("strides", s -> deformed(s, dims(1, 2, 7, 8), dims(2, 2, 3, 3), 1, dims(3, 2))
                        .with(strides(2, 3)))
                .shape("dilations", s -> deformed(s, dims(1, 2, 7, 8), dims(2, 2, 3, 2), 1, dims(3, 5))
                        .with(Attribute.ints("dilations", 2, 3)))
                .shape("group-2", s -> deformed(s, dims(1, 4, 5, 5), dims(6, 2, 3, 3), 1, dims(3, 3))
                        .with(Attribute.of("group", 2L)))
                .shape("offset-group-2", s -> deformed(s, dims(1, 4, 5, 5), dims(2, 4, 2, 2), 2, dims(4, 4))
                        .with(Attribute.of("offset_group", 2L)))
                .shape("both-groups", s -> deformed(s, dims(1, 4, 5, 5), dims(4, 2, 2, 2), 2, dims(4, 4))
                        .with(Attribute.of("offset_group", 2L), Attribute.of("group", 2L)))
                .shape("kernel-shape", s -> deformed(s, dims(1, 2, 5, 5), dims(2, 2, 2, 3), 1, dims(4, 3))
                        .with(Attribute.ints("kernel_shape", 2, 3)))
                .shape("kernel-1", s -> deformed(s, dims(2, 3, 4, 5), dims(2, 3, 1, 1), 1, dims(4, 5)))
                .shape("batch-0", s -> deformed(s, dims(0, 2, 5, 5), dims(2, 2, 2, 2), 1, dims(4, 4)))
                .shape("dynamic", s -> deformed(s, dims(1, 2, 5, 5), dims(2, 2, 2, 2), 1, dims(4, 4))
                        .dynamic())
                .special(
                        "nan",
                        s -> deformed(
                                s,
                                Products.holding(s, Double.NaN, 1, 1, 5, 5),
                                s.between(1, 2, 2, 1, 2, 2),
                                1,
                                dims(4, 4)))
                .special("one-by-one", s -> s.node()
                        .feed(Planes.all(s, 4, 4), Products.full(s, 1, Planes.count(s), 1, 1, 1))
                        .feed(Products.full(s, 0.5, 1, 2, 2, 2))
                        .with(strides(2, 2), Attribute.of("group", (long) Planes.count(s))))
                .reject("offset-shape", n -> n.replacing(2, Products.zeros(n, 1, 16, 4, 5)))
                .reject(
                        "bias-length",
                        s -> deformed(s, dims(1, 2, 6, 7), dims(3, 2, 3, 2), 1, dims(4, 6))
                                .feed(s.tensor(3)),
                        n -> n.replacing(3, Products.zeros(n, 2)))
                .reject(
                        "group-not-dividing-maps",
                        s -> deformed(s, dims(1, 4, 5, 5), dims(6, 2, 3, 3), 1, dims(3, 3))
                                .with(Attribute.of("group", 2L)),
                        n -> n.replacing(1, Products.zeros(n, 5, 2, 3, 3)))
                .reject("offset-extents", n -> n.replacing(2, Products.zeros(n, 1, 18, 4, 4)))
                .reject("channels", n -> n.replacing(1, Products.zeros(n, 3, 1, 3, 3)));
    }

    private static OneNode deformed(Setting s, int[] x, int[] w, int groups, int[] output) {
        return deformed(s, s.tensor(x), s.tensor(w), groups, output);
    }

    /** Offsets of up to one and a half elements, a quarter of an element away from any element. */
    private static OneNode deformed(Setting s, Tensor x, Tensor w, int groups, int[] output) {
        int taps = w.shape().dim(2) * w.shape().dim(3);
        Shape shape = Shape.of(x.shape().dim(0), groups * taps * 2, output[0], output[1]);
        Tensor.Builder offset = new Tensor.Builder(s.type(), shape);
        for (int i = 0; i < shape.size(); i++) {
            offset.setReal(i, s.seeded().integer(-1, 1) + 0.5 + s.seeded().between(-0.25, 0.25));
        }
        return s.node().feed(x, w, offset.build());
    }

    private static AttributeProto strides(long... strides) {
        return Attribute.ints("strides", strides);
    }

    private static int[] dims(int... dims) {
        return dims;
    }
}
