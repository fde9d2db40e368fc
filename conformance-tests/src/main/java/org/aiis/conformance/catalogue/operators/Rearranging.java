package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Layout.moving;

import java.util.List;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Operators that rearrange images: DepthToSpace, SpaceToDepth, CenterCropPad, ImageDecoder. */
final class Rearranging {
    private Rearranging() {}

    static List<Declaration> declarations() {
        return List.of(depthToSpace(), spaceToDepth(), centerCropPad(), imageDecoder());
    }

    private static Declaration depthToSpace() {
        return moving("DepthToSpace", s -> s.node().feed(s.tensor(2, 12, 3, 5)).with(size(2)), s -> s.node()
                        .feed(channels(s, 4))
                        .with(size(2)))
                .shape("dcr", s -> s.node().feed(s.tensor(1, 18, 2, 3)).with(size(3), Attribute.of("mode", "DCR")))
                .shape("crd", s -> s.node().feed(s.tensor(1, 18, 2, 3)).with(size(3), Attribute.of("mode", "CRD")))
                .shape("crd-2", s -> s.node().feed(s.tensor(2, 8, 3, 2)).with(size(2), Attribute.of("mode", "CRD")))
                .shape("size-1", s -> s.node().feed(s.tensor(1, 3, 4, 5)).with(size(1)))
                .shape("batch-0", s -> s.node().feed(s.tensor(0, 4, 2, 3)).with(size(2)))
                .shape(
                        "dynamic",
                        s -> s.node().feed(s.tensor(1, 4, 2, 3)).with(size(2)).dynamic())
                .value("odd", s -> s.node().feed(s.tensor(1, 9, 3, 5)).with(size(3)))
                .reject("channels", n -> n.replacing(0, Products.zeros(n, 2, 11, 3, 5)))
                .reject("rank-3", n -> n.replacing(0, Products.zeros(n, 12, 3, 5)))
                .reject("size-0", n -> n.with(size(0)))
                .reject("unknown-mode", n -> n.with(Attribute.of("mode", "RCD")))
                .reject("size-missing", n -> n.without("blocksize"));
    }

    private static Declaration spaceToDepth() {
        return moving("SpaceToDepth", s -> s.node().feed(s.tensor(2, 3, 6, 10)).with(size(2)), s -> s.node()
                        .feed(channels(s, 2)
                                .reshaped(
                                        Shape.of(1, 1, 2, Specials.of(s.type()).size() * 2)))
                        .with(size(2)))
                .shape("size-3", s -> s.node().feed(s.tensor(1, 2, 6, 9)).with(size(3)))
                .shape("size-1", s -> s.node().feed(s.tensor(1, 3, 4, 5)).with(size(1)))
                .shape("batch-0", s -> s.node().feed(s.tensor(0, 2, 4, 6)).with(size(2)))
                .shape(
                        "dynamic",
                        s -> s.node().feed(s.tensor(1, 2, 4, 6)).with(size(2)).dynamic())
                .value("odd", s -> s.node().feed(s.tensor(1, 1, 9, 3)).with(size(3)))
                .shape("two-or-three", s -> s.node().feed(s.tensor(1, 3, 6, 6)).with(size(2)))
                .reject("height", n -> n.replacing(0, Products.zeros(n, 2, 3, 5, 10)))
                .reject("width", n -> n.replacing(0, Products.zeros(n, 2, 3, 6, 9)))
                .reject("rank-3", n -> n.replacing(0, Products.zeros(n, 3, 6, 10)))
                .reject("size-0", n -> n.with(size(0)))
                .reject("size-missing", n -> n.without("blocksize"));
    }

    private static AttributeProto size(long size) {
        return Attribute.of("blocksize", size);
    }

    /** The special values as [1, channels, 1, n], each channel the same ones. */
    private static Tensor channels(Setting s, int channels) {
        Tensor two = Layout.twoRows(s);
        int n = two.shape().dim(1);
        if (s.type() == ElementType.STRING) {
            List<String> all = new java.util.ArrayList<>();
            for (int i = 0; i < 2 * channels * n; i++) {
                all.add(two.string(i % n));
            }
            return Tensor.ofStrings(Shape.of(1, channels, 1, 2 * n), all);
        }
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(1, channels, 1, 2 * n));
        for (int i = 0; i < 2 * channels * n; i++) {
            tensor.setBits(i, two.bits(i % n));
        }
        return tensor.build();
    }

    private static Declaration centerCropPad() {
        return moving(
                        "CenterCropPad",
                        s -> center(s, s.tensor(7, 5, 4), 4, s.type() == ElementType.STRING ? 3 : 8, 4),
                        s -> center(
                                s,
                                Layout.twoRows(s),
                                5,
                                2L * Specials.of(s.type()).size() + 1))
                .shape("crop", s -> center(s, s.tensor(9, 8), 4, 5))
                .shape("crop-even", s -> center(s, s.tensor(9, 8), 5, 4))
                .shape("pad", s -> center(s, s.tensor(3, 4), 8, 9))
                .shape("pad-even", s -> center(s, s.tensor(3, 4), 7, 8))
                .shape("same", s -> center(s, s.tensor(3, 4), 3, 4))
                .shape("axes", s -> center(s, s.tensor(7, 6, 3), 4, 9).with(Attribute.ints("axes", 0, 1)))
                .shape("axes-swapped", s -> center(s, s.tensor(2, 7, 6), 9, 4).with(Attribute.ints("axes", 2, 1)))
                .shape("axes-negative", s -> center(s, s.tensor(2, 7, 6), 4, 9).with(Attribute.ints("axes", -2, -1)))
                .shape("int32-shape", s -> s.node()
                        .feed(s.tensor(7, 6))
                        .constant(Tensor.ofLongs(ElementType.INT32, Shape.of(2), 4, 9)))
                .shape("shape-fed", s -> center(s, s.tensor(7, 6), 4, 9).allFed())
                .shape("to-nothing", s -> center(s, s.tensor(3, 4), 0, 4))
                .shape("from-nothing", s -> center(s, s.tensor(0, 4), 3, 4))
                .shape("rank-5", s -> center(s, s.tensor(1, 2, 3, 4, 2), 2, 1, 5, 3, 2))
                .shape("dynamic", s -> center(s, s.tensor(7, 6), 4, 9).dynamic())
                .reject("shape-length", n -> n.replacing(1, Setting.longs(4, 8)))
                .reject(
                        "axis-out-of-range",
                        s -> center(s, s.tensor(7, 6, 3), 4, 9).with(Attribute.ints("axes", 0, 2)),
                        n -> n.with(Attribute.ints("axes", 0, 3)));
    }

    private static OneNode center(Setting s, Tensor data, long... shape) {
        return s.node().feed(data).constant(Setting.longs(shape));
    }

    /** Lossless formats alone, since the last bits of JPEG are free. */
    private static Declaration imageDecoder() {
        return Declaration.of("ImageDecoder", s -> decoded(Encoded.pixmap(s, 5, 7), s))
                .shape("pixmap", s -> decoded(Encoded.pixmap(s, 3, 4), s))
                .shape("greymap", s -> decoded(Encoded.greymap(s, 3, 4), s))
                .shape("bmp", s -> decoded(Encoded.bmp(s, 5, 3), s))
                .shape("png", s -> decoded(Encoded.png(s, 5, 4), s))
                .shape("bgr", s -> decoded(Encoded.png(s, 3, 4), s).with(Attribute.of("pixel_format", "BGR")))
                .shape("rgb", s -> decoded(Encoded.png(s, 3, 4), s).with(Attribute.of("pixel_format", "RGB")))
                .shape("grey", s -> decoded(Encoded.greymap(s, 3, 4), s)
                        .with(Attribute.of("pixel_format", "Grayscale")))
                .shape("bitmap", s -> decoded(Encoded.bitmap(s, 11, 3), s))
                .shape("plain-bitmap", s -> decoded(Encoded.plain(s, "P1", 1, 5, 3), s))
                .shape("plain-greymap", s -> decoded(Encoded.plain(s, "P2", 15, 5, 3), s))
                .shape("plain-pixmap", s -> decoded(Encoded.plain(s, "P3", 255, 5, 3), s))
                .shape("deep-greymap", s -> decoded(Encoded.deepGreymap(s, 5, 3), s))
                .value("deep-png", s -> decoded(Encoded.deepPng(s, 4, 3), s))
                .value("one-pixel", s -> decoded(Encoded.pixmap(s, 1, 1), s))
                .value("plain-without-end", s -> decoded(Encoded.withoutLast(Encoded.plain(s, "P2", 15, 5, 3)), s))
                .value("damaged-bitmap", s -> damaged(Encoded.withoutLast(Encoded.bitmap(s, 11, 3)), s))
                .value("damaged-header", s -> damaged(Encoded.text("P5\n3 4\n"), s))
                .shape("damaged", s -> damaged(Encoded.cut(s, 5, 4), s))
                .shape("dynamic", s -> decoded(Encoded.bmp(s, 2, 2), s).dynamic())
                .reject("unknown-pixel-format", n -> n.with(Attribute.of("pixel_format", "CMYK")))
                .reject(
                        "rank-2",
                        n -> n.replacing(
                                0,
                                ((OneNode.Operand.Fed) n.operands().get(0))
                                        .tensor()
                                        .reshaped(Shape.of(1, Encoded.pixmapLength(5, 7)))));
    }

    /** An image that cannot be decoded comes back empty. */
    private static OneNode damaged(Tensor stream, Setting s) {
        return decoded(stream, s)
                .behind(List.of("t"), Sequences.node("Size", "t", "y"))
                .giving(ElementType.INT64);
    }

    private static OneNode decoded(Tensor stream, Setting s) {
        return s.node().feed(stream);
    }
}
