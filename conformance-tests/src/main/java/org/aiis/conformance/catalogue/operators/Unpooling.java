package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Convolution.pads;
import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.Arrays;
import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** MaxUnpool and MaxRoiPool. */
final class Unpooling {
    private Unpooling() {}

    static List<Declaration> declarations() {
        return List.of(unpool(), regions());
    }

    private static Declaration unpool() {
        return Declaration.of("MaxUnpool", s -> unpool(s, dims(1, 2, 3, 4), 1, 2, 6, 8)
                        .with(kernel(2, 2), strides(2, 2)))
                .families(Family.UNIFORM, Family.WIDE)
                .shape("spatial-1", s -> unpool(s, dims(2, 2, 5), 2, 2, 10).with(kernel(2), strides(2)))
                .shape("spatial-3", s -> unpool(s, dims(1, 1, 2, 3, 2), 1, 1, 4, 6, 4)
                        .with(kernel(2, 2, 2), strides(2, 2, 2)))
                .shape("no-strides", s -> unpool(s, dims(1, 1, 3, 4), 1, 1, 4, 6)
                        .with(kernel(2, 3)))
                .shape("strides", s -> unpool(s, dims(1, 2, 3, 4), 1, 2, 7, 11).with(kernel(3, 2), strides(2, 3)))
                .shape("pads", s -> unpool(s, dims(1, 1, 4, 4), 1, 1, 6, 7)
                        .with(kernel(2, 2), strides(2, 2), pads(1, 0, 1, 1)))
                .shape("output-shape", s -> unpool(s, dims(1, 1, 5), 1, 1, 10)
                        .constant(Setting.longs(1, 1, 12))
                        .with(kernel(2), strides(2)))
                .shape("output-shape-equal", s -> unpool(s, dims(1, 2, 3, 4), 1, 2, 6, 8)
                        .constant(Setting.longs(1, 2, 6, 8))
                        .with(kernel(2, 2), strides(2, 2)))
                .shape("dynamic", s -> unpool(s, dims(1, 2, 3, 4), 1, 2, 6, 8)
                        .with(kernel(2, 2), strides(2, 2))
                        .dynamic())
                .shape("output-shape-batch", s -> unpool(s, dims(2, 2, 3, 4), 2, 2, 6, 8)
                        .constant(Setting.longs(2, 2, 6, 8))
                        .with(kernel(2, 2), strides(2, 2)))
                .special("bits-kept", s -> {
                    Tensor row = Specials.of(s.type());
                    long[] at = new long[row.size()];
                    Arrays.setAll(at, i -> 2L * i + i % 2);
                    return s.node()
                            .feed(
                                    row.reshaped(Shape.of(1, 1, row.size())),
                                    Tensor.ofLongs(ElementType.INT64, Shape.of(1, 1, row.size()), at))
                            .with(kernel(2), strides(2));
                })
                .reject(
                        "shapes",
                        n -> n.replacing(1, new Tensor.Builder(ElementType.INT64, Shape.of(1, 2, 4, 3)).build()))
                .reject("kernel-shape-missing", n -> n.without("kernel_shape"))
                .reject(
                        "index-out-of-range",
                        n -> n.replacing(
                                1, Tensor.ofLongs(ElementType.INT64, Shape.of(1, 2, 3, 4), longs(24, 95, 96))));
    }

    /** Each element at a place of its own. */
    private static OneNode unpool(Setting s, int[] x, int... result) {
        Tensor data = s.tensor(x);
        int room = Shape.of(result).size() / data.size();
        long[] at = new long[data.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = (long) i * room + s.seeded().integer(0, room - 1);
        }
        return s.node().feed(data, Tensor.ofLongs(ElementType.INT64, Shape.of(x), at));
    }

    private static long[] longs(int count, long first, long last) {
        long[] values = new long[count];
        Arrays.setAll(values, i -> i == count - 1 ? last : Math.min(i, first));
        return values;
    }

    private static Declaration regions() {
        return Declaration.of(
                        "MaxRoiPool", s -> rois(s, s.distinct(2, 2, 9, 10)).with(pooled(2, 4)))
                .families(Family.UNIFORM)
                .value("close", types(type -> type == ElementType.FLOAT32 || type == ElementType.FLOAT64), s -> rois(
                                s, s.between(1, 1.001, 2, 1, 9, 10))
                        .with(pooled(2, 2)))
                .shape("one-bin", s -> rois(s, s.distinct(2, 2, 9, 10)).with(pooled(1, 1)))
                .shape("overlapping-bins", s -> rois(s, s.distinct(2, 1, 9, 10)).with(pooled(4, 2)))
                .shape("scale", s -> rois(s, s.distinct(2, 1, 5, 6))
                        .with(pooled(1, 2))
                        .with(Attribute.of("spatial_scale", 0.5f)))
                .shape("no-regions", s -> s.node()
                        .feed(s.distinct(2, 1, 5, 6), s.tensor(0, 5))
                        .with(pooled(2, 2)))
                .shape(
                        "dynamic",
                        s -> rois(s, s.distinct(2, 2, 9, 10)).with(pooled(2, 2)).dynamic())
                .special(
                        "negative", s -> rois(s, s.between(-9, -1, 2, 2, 9, 10)).with(pooled(2, 2)))
                .special("infinity", s -> rois(s, Products.holding(s, Double.POSITIVE_INFINITY, 2, 1, 9, 10))
                        .with(pooled(2, 2)))
                .special("one-by-one", s -> s.node()
                        .feed(Planes.numbers(s, 3, 3), Tensor.ofReals(s.type(), Shape.of(1, 5), 0, 0, 0, 1, 1))
                        .with(pooled(1, 1)))
                .reject("rois-of-4", n -> n.replacing(1, Products.zeros(n, 3, 4)))
                .reject("pooled-shape-missing", n -> n.without("pooled_shape"))
                .reject("pooled-shape-length", n -> n.with(Attribute.ints("pooled_shape", 2)));
    }

    /** Whole, even corners, 8 by 4 and 4 by 8 elements, so that no bin ends near an element. */
    private static OneNode rois(Setting s, Tensor x) {
        return s.node().feed(x, Tensor.ofReals(s.type(), Shape.of(3, 5), 0, 1, 2, 8, 5, 1, 0, 0, 3, 7, 1, 2, 4, 9, 7));
    }

    private static AttributeProto pooled(long height, long width) {
        return Attribute.ints("pooled_shape", height, width);
    }

    private static AttributeProto kernel(long... sizes) {
        return Attribute.ints("kernel_shape", sizes);
    }

    private static AttributeProto strides(long... strides) {
        return Attribute.ints("strides", strides);
    }

    private static int[] dims(int... dims) {
        return dims;
    }
}
