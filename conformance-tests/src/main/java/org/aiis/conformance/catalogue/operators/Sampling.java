package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.before;
import static org.aiis.conformance.catalogue.operators.Declaration.only;
import static org.aiis.conformance.catalogue.operators.Declaration.since;
import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Operators that read between elements: GridSample, AffineGrid, RoiAlign. Points lie away from steps of the result. */
final class Sampling {
    private static final BiPredicate<ElementType, Integer> FLOAT = types(ElementType::isFloat);

    private Sampling() {}

    static List<Declaration> declarations() {
        return List.of(gridSample(), affineGrid(), roiAlign());
    }

    private static Declaration gridSample() {
        Declaration grid = Declaration.of(
                        "GridSample",
                        s -> s.type().isFloat()
                                ? sample(s, s.tensor(2, 3, 5, 7), points(s, false, 0.4, 0, dims(2, 6, 4), 5, 7))
                                : sample(s, s.distinct(2, 3, 5, 7), points(s, false, 0.3, 0, dims(2, 6, 4), 5, 7))
                                        .with(mode("nearest")))
                .families(Family.UNIFORM, Family.NEAR_ONE, Family.TIES);
        for (String padding : List.of("zeros", "border", "reflection")) {
            for (boolean corners : new boolean[] {false, true}) {
                grid = padded(grid, padding, corners);
            }
        }
        grid = grid.value(
                "grid-double",
                only(ElementType.FLOAT64),
                s -> sample(
                        s, s.tensor(1, 1, 4, 5), points(s, ElementType.FLOAT64, false, 0.4, 0, dims(1, 3, 3), 4, 5)));
        return grid.value("cubic", FLOAT, s -> sample(
                                s, s.tensor(1, 2, 6, 7), points(s, false, 0.4, 1, dims(1, 7, 5), 6, 7))
                        .with(cubic(s)))
                .shape("mode", FLOAT, s -> sample(
                                s, s.tensor(1, 1, 4, 5), points(s, false, 0.4, 0, dims(1, 3, 3), 4, 5))
                        .with(mode(s.opset() < 20 ? "bilinear" : "linear")))
                .shape(
                        "grid-float64",
                        FLOAT,
                        s -> sample(
                                s,
                                s.tensor(1, 1, 4, 5),
                                points(s, ElementType.FLOAT64, false, 0.4, 0, dims(1, 3, 3), 4, 5)))
                .shape(
                        "grid-float16",
                        FLOAT,
                        s -> sample(
                                s,
                                s.tensor(1, 1, 4, 5),
                                points(s, ElementType.FLOAT16, false, 0.4, 0, dims(1, 3, 3), 4, 5)))
                .shape(
                        "grid-bfloat16",
                        since(22).and(FLOAT),
                        s -> sample(
                                s,
                                s.tensor(1, 1, 4, 5),
                                points(s, ElementType.BFLOAT16, false, 0.3, 0, dims(1, 3, 3), 4, 5)))
                .shape(
                        "one-element",
                        FLOAT,
                        s -> sample(s, s.tensor(1, 2, 1, 1), points(s, false, 0.4, 0, dims(1, 3, 3), 1, 1)))
                .shape("batch-0", s -> sample(s, s.tensor(0, 2, 4, 5), points(s, false, 0.3, 0, dims(0, 3, 3), 4, 5))
                        .with(mode("nearest")))
                .shape("no-points", s -> sample(s, s.tensor(1, 2, 4, 5), points(s, false, 0.3, 0, dims(1, 0, 3), 4, 5))
                        .with(mode("nearest")))
                .shape("dynamic", s -> sample(s, s.distinct(1, 2, 4, 5), points(s, false, 0.3, 0, dims(1, 3, 3), 4, 5))
                        .with(mode("nearest"))
                        .dynamic())
                .shape(
                        "volume",
                        since(20).and(FLOAT),
                        s -> sample(s, s.tensor(1, 2, 3, 4, 5), points(s, false, 0.4, 1, dims(1, 3, 2, 4), 3, 4, 5)))
                .shape("volume-nearest", since(20), s -> sample(
                                s, s.distinct(1, 2, 3, 4, 5), points(s, true, 0.3, 1, dims(1, 3, 2, 4), 3, 4, 5))
                        .with(mode("nearest"), Attribute.of("align_corners", 1L)))
                .shape(
                        "line",
                        since(20).and(FLOAT),
                        s -> sample(s, s.tensor(1, 2, 6), points(s, false, 0.4, 1, dims(1, 7), 6)))
                .special("bits-kept", types(t -> t != ElementType.BOOL), Sampling::specials)
                .special(
                        "nan",
                        s -> sample(
                                s,
                                Products.holding(s, Double.NaN, 1, 1, 4, 5),
                                points(s, false, 0.4, 0, dims(1, 5, 5), 4, 5)))
                .reject(
                        "grid-last-axis",
                        before(20),
                        s -> sample(s, s.tensor(1, 1, 4, 5), points(s, false, 0.3, 0, dims(1, 3, 3), 4, 5)),
                        n -> n.replacing(1, new Tensor.Builder(ElementType.FLOAT32, Shape.of(1, 3, 3, 3)).build()))
                .reject(
                        "batch-sizes",
                        s -> sample(s, s.tensor(2, 1, 4, 5), points(s, false, 0.3, 0, dims(2, 3, 3), 4, 5)),
                        n -> n.replacing(1, new Tensor.Builder(ElementType.FLOAT32, Shape.of(3, 3, 3, 2)).build()))
                .reject("unknown-mode", n -> n.with(mode("quadratic")))
                .reject("unknown-padding", n -> n.with(Attribute.of("padding_mode", "wrap")));
    }

    private static Declaration padded(Declaration grid, String padding, boolean corners) {
        String word = padding + (corners ? "-corners" : "");
        AttributeProto[] chosen = {
            Attribute.of("padding_mode", padding), Attribute.of("align_corners", corners ? 1L : 0L)
        };
        // Cubic samples beyond the border are a decision, those near it read copies of it.
        int out = padding.equals("border") ? -1 : 2;
        return grid.shape("linear-" + word, FLOAT, s -> sample(
                                s, s.tensor(1, 2, 4, 5), points(s, corners, 0.4, 2, dims(1, 5, 6), 4, 5))
                        .with(chosen))
                .shape("nearest-" + word, s -> sample(
                                s, s.distinct(1, 2, 4, 5), points(s, corners, 0.3, 2, dims(1, 5, 6), 4, 5))
                        .with(chosen)
                        .with(mode("nearest")))
                .shape("cubic-" + word, FLOAT, s -> sample(
                                s, s.tensor(1, 2, 4, 5), points(s, corners, 0.4, out, dims(1, 5, 6), 4, 5))
                        .with(chosen)
                        .with(cubic(s)));
    }

    private static OneNode sample(Setting s, Tensor x, Tensor grid) {
        return s.node().feed(x, grid);
    }

    private static AttributeProto mode(String word) {
        return Attribute.of("mode", word);
    }

    private static AttributeProto cubic(Setting s) {
        return mode(s.opset() < 20 ? "bicubic" : "cubic");
    }

    private static Tensor points(Setting s, boolean corners, double aside, int out, int[] dims, int... extents) {
        return points(s, ElementType.FLOAT32, corners, aside, out, dims, extents);
    }

    /** Points at most so far aside of an element, of which some are so many elements out of range, or all within. */
    private static Tensor points(
            Setting s, ElementType type, boolean corners, double aside, int out, int[] dims, int... extents) {
        int axes = extents.length;
        int[] shape = Arrays.copyOf(dims, dims.length + 1);
        shape[dims.length] = axes;
        Tensor.Builder tensor = new Tensor.Builder(type, Shape.of(shape));
        for (int i = 0; i < Shape.of(shape).size(); i++) {
            int extent = extents[axes - 1 - i % axes];
            double at = s.seeded().integer(-out, extent - 1 + out) + s.seeded().between(-aside, aside);
            tensor.setReal(i, corners ? 2 * at / Math.max(1, extent - 1) - 1 : (2 * at + 1) / extent - 1);
        }
        return tensor.build();
    }

    /** Each special value once, through nearest elements. */
    private static OneNode specials(Setting s) {
        Tensor row = Specials.of(s.type());
        int n = row.size();
        Tensor.Builder grid = new Tensor.Builder(ElementType.FLOAT32, Shape.of(1, 1, n, 2));
        for (int i = 0; i < n; i++) {
            grid.setReal(2 * i, (2.0 * (n - 1 - i) + 1) / n - 1);
        }
        return sample(s, row.reshaped(Shape.of(1, 1, 1, n)), grid.build()).with(mode("nearest"));
    }

    private static Declaration affineGrid() {
        return Declaration.of("AffineGrid", s -> affine(s, s.tensor(2, 2, 3), 2, 3, 5, 7))
                .families(Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES)
                .value("volume", s -> affine(s, s.tensor(2, 3, 4), 2, 1, 3, 4, 5))
                .shape("corners", s -> affine(s, s.tensor(2, 2, 3), 2, 1, 4, 5).with(corners(1)))
                .shape("corners-0", s -> affine(s, s.tensor(1, 2, 3), 1, 1, 4, 5)
                        .with(corners(0)))
                .shape("volume-corners", s -> affine(s, s.tensor(1, 3, 4), 1, 2, 3, 4, 2)
                        .with(corners(1)))
                .shape("one-element", s -> affine(s, s.tensor(1, 2, 3), 1, 1, 1, 1))
                .shape("batch-0", s -> affine(s, s.tensor(0, 2, 3), 0, 1, 3, 2))
                .shape("size-fed", s -> affine(s, s.tensor(1, 2, 3), 1, 1, 3, 4).allFed())
                .shape("dynamic", s -> affine(s, s.tensor(1, 2, 3), 1, 1, 3, 4).dynamic())
                .special("nan", s -> affine(s, Products.holding(s, Double.NaN, 2, 2, 3), 2, 1, 3, 4))
                .special("one-by-one", Sampling::specialThetas)
                .reject("theta-shape", n -> n.replacing(0, Products.zeros(n, 2, 3, 3)))
                .reject("size-length", n -> n.replacing(1, Setting.longs(2, 3, 5)));
    }

    /** One special value in each matrix, and zeros. */
    private static OneNode specialThetas(Setting s) {
        double[] values = Specials.all(s.type().format());
        Tensor.Builder theta = new Tensor.Builder(s.type(), Shape.of(values.length, 2, 3));
        for (int i = 0; i < values.length; i++) {
            theta.setReal(6 * i + i % 3, values[i]);
        }
        return affine(s, theta.build(), values.length, 1, 2, 2);
    }

    private static OneNode affine(Setting s, Tensor theta, long... size) {
        return s.node().feed(theta).constant(Setting.longs(size));
    }

    private static AttributeProto corners(long flag) {
        return Attribute.of("align_corners", flag);
    }

    private static Declaration roiAlign() {
        return Declaration.of("RoiAlign", s -> align(s, s.tensor(2, 3, 8, 9), inside(s))
                        .with(size(3, 4, ratio(2))))
                .families(Family.UNIFORM, Family.NEAR_ONE, Family.TIES)
                .shape("defaults", s -> align(s, s.tensor(2, 2, 8, 9), inside(s)))
                .shape("adaptive", s -> align(s, s.tensor(2, 2, 8, 9), inside(s))
                        .with(size(2, 2)))
                .shape("ratio-1", s -> align(s, s.tensor(2, 2, 8, 9), inside(s)).with(size(2, 5, ratio(1))))
                .shape("ratio-3", s -> align(s, s.tensor(2, 2, 8, 9), inside(s)).with(size(2, 2, ratio(3))))
                .shape("scale", s -> align(s, s.tensor(2, 2, 4, 5), inside(s))
                        .with(size(2, 2, ratio(2)))
                        .with(Attribute.of("spatial_scale", 0.5f)))
                .shape("average", s -> align(s, s.tensor(2, 2, 8, 9), inside(s))
                        .with(size(2, 2, ratio(2)))
                        .with(mode("avg")))
                .shape("beyond-the-edge", s -> align(s, s.tensor(2, 2, 5, 6), inside(s))
                        .with(size(3, 3, ratio(2))))
                .shape("half-pixel", since(16), s -> align(s, s.tensor(2, 2, 8, 9), inside(s))
                        .with(size(2, 2, ratio(2)))
                        .with(pixel("half_pixel")))
                .shape("output-half-pixel", since(16), s -> align(s, s.tensor(2, 2, 8, 9), inside(s))
                        .with(size(2, 2, ratio(2)))
                        .with(pixel("output_half_pixel")))
                .shape("small-output-half-pixel", since(16), s -> align(s, s.tensor(2, 2, 8, 9), small(s))
                        .with(size(2, 2, ratio(2)))
                        .with(pixel("output_half_pixel")))
                .shape("small", s -> align(s, s.tensor(2, 2, 8, 9), small(s)).with(size(2, 2, ratio(2))))
                .shape("max", since(16), s -> align(s, s.between(1, 8, 2, 2, 8, 9), whole(s))
                        .with(size(2, 3, ratio(1)))
                        .with(mode("max"), pixel("output_half_pixel")))
                .shape("no-regions", s -> align(s, s.tensor(2, 2, 8, 9), s.tensor(0, 4))
                        .with(size(2, 2)))
                .shape("dynamic", s -> align(s, s.tensor(2, 2, 8, 9), inside(s))
                        .with(size(2, 2, ratio(2)))
                        .dynamic())
                .shape("max-of-four", since(16), s -> align(s, s.between(1, 8, 2, 2, 8, 9), halves(s))
                        .with(size(1, 2, ratio(2)))
                        .with(mode("max"), pixel("output_half_pixel")))
                .special("nan", s -> align(s, Products.full(s, Double.NaN, 2, 1, 8, 9), inside(s))
                        .with(size(2, 2, ratio(2))))
                .special("one-by-one", s -> s.node()
                        .feed(
                                Planes.all(s, 4, 4),
                                Tensor.ofReals(s.type(), Shape.of(1, 4), 0.75, 0.75, 2.75, 2.75),
                                Setting.longs(0))
                        .with(size(1, 1, ratio(1))))
                .reject(
                        "rois-of-5",
                        s -> align(s, s.tensor(2, 2, 8, 9), inside(s)),
                        n -> n.replacing(1, Products.zeros(n, 4, 5)))
                .reject(
                        "batch-indices-length",
                        s -> align(s, s.tensor(2, 2, 8, 9), inside(s)),
                        n -> n.replacing(2, Setting.longs(0, 1, 0)))
                .reject(
                        "rank-3",
                        s -> align(s, s.tensor(2, 2, 8, 9), inside(s)),
                        n -> n.replacing(0, Products.zeros(n, 2, 8, 9)));
    }

    private static OneNode align(Setting s, Tensor x, Tensor rois) {
        long[] images = new long[rois.shape().dim(0)];
        Arrays.setAll(images, i -> i * 3 % 2);
        return s.node().feed(x, rois, Setting.longs(images));
    }

    private static int[] dims(int... dims) {
        return dims;
    }

    private static AttributeProto[] size(long height, long width, AttributeProto... more) {
        AttributeProto[] all = Arrays.copyOf(more, more.length + 2);
        all[more.length] = Attribute.of("output_height", height);
        all[more.length + 1] = Attribute.of("output_width", width);
        return all;
    }

    private static AttributeProto pixel(String word) {
        return Attribute.of("coordinate_transformation_mode", word);
    }

    private static AttributeProto ratio(long ratio) {
        return Attribute.of("sampling_ratio", ratio);
    }

    /** Regions whose extents are no multiple of any number of bins. */
    private static Tensor inside(Setting s) {
        return Tensor.ofReals(
                s.type(),
                Shape.of(4, 4),
                0.75,
                1.25,
                6,
                7,
                2.5,
                0.625,
                7.375,
                5.25,
                1.125,
                3.375,
                8,
                6.625,
                0.25,
                0.5,
                3.5,
                3.125);
    }

    /** Less than one element wide. */
    private static Tensor small(Setting s) {
        return Tensor.ofReals(s.type(), Shape.of(2, 4), 2.25, 3.125, 2.75, 3.375, 5.5, 1.25, 5.875, 1.75);
    }

    /** Regions whose two bins beside each other, of four samples each, have them at elements. */
    private static Tensor halves(Setting s) {
        return Tensor.ofReals(s.type(), Shape.of(2, 4), 0, 1, 8, 5, 1, 0, 9, 4);
    }

    /** Regions whose bins, of one sample each, have it at an element. */
    private static Tensor whole(Setting s) {
        return Tensor.ofReals(s.type(), Shape.of(2, 4), 1, 1, 7, 5, 2, 0, 8, 4);
    }
}
