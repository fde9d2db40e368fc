package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.before;
import static org.aiis.conformance.catalogue.operators.Declaration.since;
import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.List;
import java.util.function.BiPredicate;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Resize. Nearest elements are only asked for where coordinates are exact, ties included, or far from a step, since
 * float32 coordinates are right as well; align_corners and half regions only with sizes, where lengths are integers. Where
 * a length times its scale is no integer, all elements are equal, since then the scale is open (OP-Resize-D4).
 */
final class Resizing {
    private static final BiPredicate<ElementType, Integer> FLOAT = types(ElementType::isFloat);
    private static final AttributeProto LINEAR = Attribute.of("mode", "linear");
    private static final AttributeProto CUBIC = Attribute.of("mode", "cubic");
    private static final AttributeProto NEAREST = Attribute.of("mode", "nearest");

    private Resizing() {}

    static List<Declaration> declarations() {
        Declaration resize = Declaration.of("Resize", Resizing::plain)
                .families(Family.UNIFORM, Family.NEAR_ONE, Family.TIES)
                .value("linear-up", FLOAT, s -> sizes(s, s.tensor(1, 2, 7, 5), 1, 2, 11, 13)
                        .with(LINEAR))
                .value("linear-down", FLOAT, s -> sizes(s, s.tensor(2, 3, 13, 11), 2, 3, 7, 5)
                        .with(LINEAR))
                .value("cubic-up", FLOAT, s -> sizes(s, s.tensor(1, 2, 7, 5), 1, 2, 11, 13)
                        .with(CUBIC))
                .value("cubic-down", FLOAT, s -> sizes(s, s.tensor(2, 3, 13, 11), 2, 3, 7, 5)
                        .with(CUBIC));
        for (String mode : List.of("half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric")) {
            resize = transformed(resize, mode);
        }
        Declaration all = special(rejected(versions(nearest(lists(resize)))));
        return List.of(all);
    }

    private static OneNode plain(Setting s) {
        return s.type().isFloat()
                ? scales(s, s.tensor(1, 2, 4, 8), 1, 1, 2.5f, 1.75f).with(LINEAR)
                : scales(s, s.tensor(1, 2, 5, 7), 1, 1, 2, 2);
    }

    private static OneNode scales(Setting s, Tensor x, float... scales) {
        return s.node().feed(x).omit().constant(Tensor.ofFloats(Shape.of(scales.length), scales));
    }

    private static OneNode sizes(Setting s, Tensor x, long... sizes) {
        return s.node().feed(x).omit().omit().constant(Setting.longs(sizes));
    }

    private static OneNode cropped(Setting s, Tensor x, Tensor roi) {
        return s.node().feed(x).constant(roi).with(transformation("tf_crop_and_resize"));
    }

    private static AttributeProto transformation(String mode) {
        return Attribute.of("coordinate_transformation_mode", mode);
    }

    private static Declaration transformed(Declaration resize, String mode) {
        String word = mode.replace('_', '-');
        AttributeProto chosen = transformation(mode);
        return resize.shape("nearest-up-" + word, s -> sizes(s, s.distinct(1, 2, 4, 3), 1, 2, 7, 5)
                        .with(chosen))
                .shape("nearest-double-" + word, s -> scales(s, s.distinct(1, 1, 4, 3), 1, 1, 2, 2)
                        .with(chosen))
                .shape("nearest-half-" + word, s -> scales(s, s.distinct(1, 1, 6, 8), 1, 1, 0.5f, 0.5f)
                        .with(chosen))
                .shape("linear-up-" + word, FLOAT, s -> sizes(s, s.tensor(1, 2, 4, 3), 1, 2, 7, 5)
                        .with(chosen, LINEAR))
                .shape("linear-down-" + word, FLOAT, s -> sizes(s, s.tensor(1, 1, 9, 7), 1, 1, 4, 3)
                        .with(chosen, LINEAR))
                .shape("cubic-up-" + word, FLOAT, s -> sizes(s, s.tensor(1, 1, 5, 4), 1, 1, 8, 9)
                        .with(chosen, CUBIC))
                .shape("cubic-down-" + word, FLOAT, s -> sizes(s, s.tensor(1, 1, 9, 7), 1, 1, 4, 3)
                        .with(chosen, CUBIC))
                .shape("one-" + word, FLOAT, s -> sizes(s, s.tensor(1, 1, 5, 6), 1, 1, 1, 1)
                        .with(chosen, LINEAR));
    }

    private static Declaration nearest(Declaration resize) {
        Declaration all = resize;
        for (String rounding : List.of("round_prefer_floor", "round_prefer_ceil", "floor", "ceil")) {
            String word = rounding.replace('_', '-');
            AttributeProto chosen = Attribute.of("nearest_mode", rounding);
            all = all.shape("nearest-" + word, s -> scales(s, s.distinct(1, 1, 4, 6), 1, 1, 2, 2)
                            .with(NEAREST, chosen))
                    .shape("nearest-tie-" + word, s -> scales(s, s.distinct(1, 1, 4, 6), 1, 1, 2, 0.5f)
                            .with(transformation("asymmetric"), chosen))
                    .shape("nearest-half-tie-" + word, s -> scales(s, s.distinct(1, 1, 6, 4), 1, 1, 0.5f, 0.5f)
                            .with(chosen))
                    .shape("nearest-corner-tie-" + word, s -> sizes(s, s.distinct(1, 1, 3, 4), 1, 1, 5, 7)
                            .with(transformation("align_corners"), chosen));
        }
        return all;
    }

    private static Declaration lists(Declaration resize) {
        Form exact = s -> scales(s, sixteenths(s, 1, 2, 4, 3), 1, 1, 2, 2).with(LINEAR);
        return resize.shape("linear-integer", types(ElementType::isInteger), exact)
                .value("linear-integer", types(ElementType::isInteger), exact)
                .shape("rank-1", s -> scales(s, s.distinct(5), 2))
                .shape("rank-1-linear", FLOAT, s -> sizes(s, s.tensor(5), 8).with(LINEAR))
                .shape("rank-2-cubic", FLOAT, s -> sizes(s, s.tensor(5, 4), 8, 3)
                        .with(CUBIC))
                .shape("rank-3", s -> scales(s, s.distinct(2, 3, 4), 1, 2, 2))
                .shape("rank-3-linear", FLOAT, s -> sizes(s, s.tensor(3, 4, 5), 5, 3, 8)
                        .with(LINEAR))
                .shape("rank-5", s -> scales(s, s.distinct(1, 2, 2, 3, 2), 1, 1, 2, 2, 2))
                .shape("rank-5-linear", FLOAT, s -> scales(s, s.tensor(1, 2, 4, 2, 4), 1, 1, 1.5f, 2, 0.75f)
                        .with(LINEAR))
                .shape("channels-last", FLOAT, s -> scales(s, s.tensor(1, 4, 6, 3), 1, 2, 1.5f, 1)
                        .with(LINEAR))
                .shape("all-axes", s -> scales(s, s.distinct(2, 1, 3, 2), 2, 2, 2, 2))
                .shape("scale-1", s -> scales(s, s.tensor(1, 2, 3, 4), 1, 1, 1, 1))
                .shape("scale-floored", FLOAT, s -> scales(s, Products.full(s, 2.5, 1, 1, 7, 9), 1, 1, 0.75f, 1.375f)
                        .with(LINEAR))
                .shape("batch-0", s -> scales(s, s.tensor(0, 2, 3, 4), 1, 1, 2, 2))
                .shape("size-0", FLOAT, s -> sizes(s, s.tensor(1, 1, 3, 4), 1, 1, 0, 4)
                        .with(LINEAR))
                .shape("one-element", FLOAT, s -> scales(s, s.tensor(1, 1, 1, 1), 1, 1, 3, 3)
                        .with(LINEAR))
                .shape("scales-fed", s -> scales(s, s.distinct(1, 1, 3, 2), 1, 1, 2, 2)
                        .allFed())
                .shape("sizes-fed", FLOAT, s -> sizes(s, s.tensor(1, 1, 3, 4), 1, 1, 5, 7)
                        .with(LINEAR)
                        .allFed())
                .shape("dynamic", FLOAT, s -> scales(s, s.tensor(1, 1, 3, 4), 1, 1, 2, 1.5f)
                        .with(LINEAR)
                        .dynamic())
                .shape("coefficient", FLOAT, s -> sizes(s, s.tensor(1, 1, 5, 4), 1, 1, 8, 9)
                        .with(CUBIC, Attribute.of("cubic_coeff_a", -0.5f)))
                .shape("exclude-outside", FLOAT, s -> sizes(s, s.tensor(1, 1, 5, 4), 1, 1, 8, 9)
                        .with(CUBIC, Attribute.of("exclude_outside", 1L)))
                .shape("exclude-outside-down", FLOAT, s -> sizes(s, s.tensor(1, 1, 9, 7), 1, 1, 4, 3)
                        .with(CUBIC, Attribute.of("exclude_outside", 1L), Attribute.of("cubic_coeff_a", -0.5f)))
                .shape("exclude-outside-0", FLOAT, s -> sizes(s, s.tensor(1, 1, 5, 4), 1, 1, 8, 9)
                        .with(CUBIC, Attribute.of("exclude_outside", 0L)))
                .shape("crop", FLOAT, s -> cropped(s, s.tensor(1, 1, 6, 7), roi(ElementType.FLOAT32))
                        .omit()
                        .constant(Setting.longs(1, 1, 5, 4))
                        .with(LINEAR))
                .shape("crop-cubic", FLOAT, s -> cropped(s, s.tensor(1, 1, 6, 7), roi(ElementType.FLOAT32))
                        .omit()
                        .constant(Setting.longs(1, 1, 5, 4))
                        .with(CUBIC))
                .shape("crop-to-one", FLOAT, s -> cropped(s, s.tensor(1, 1, 6, 7), roi(ElementType.FLOAT32))
                        .omit()
                        .constant(Setting.longs(1, 1, 1, 4))
                        .with(LINEAR))
                .shape("crop-float16", FLOAT, s -> cropped(s, s.tensor(1, 1, 6, 7), roi(ElementType.FLOAT16))
                        .omit()
                        .constant(Setting.longs(1, 1, 5, 4))
                        .with(LINEAR))
                .shape("crop-float64", FLOAT, s -> cropped(s, s.tensor(1, 1, 6, 7), roi(ElementType.FLOAT64))
                        .omit()
                        .constant(Setting.longs(1, 1, 5, 4))
                        .with(LINEAR))
                .shape("crop-scales", FLOAT, s -> cropped(s, s.tensor(1, 1, 8, 8), half())
                        .constant(Tensor.ofFloats(Shape.of(4), 1, 1, 2, 1.5f))
                        .with(LINEAR))
                .shape("extrapolated", FLOAT, s -> cropped(s, s.tensor(1, 1, 6, 6), wide())
                        .omit()
                        .constant(Setting.longs(1, 1, 7, 8))
                        .with(LINEAR, Attribute.of("extrapolation_value", 10.5f)))
                .shape("extrapolated-default", FLOAT, s -> cropped(s, s.tensor(1, 1, 6, 6), wide())
                        .omit()
                        .constant(Setting.longs(1, 1, 7, 8))
                        .with(LINEAR));
    }

    /** Regions of 6 by 7 elements whose coordinates lie inside. */
    private static Tensor roi(ElementType type) {
        return Tensor.ofReals(type, Shape.of(8), 0, 0, 0.25, 0.375, 1, 1, 0.875, 0.75);
    }

    private static Tensor half() {
        return Tensor.ofFloats(Shape.of(8), 0, 0, 0.25f, 0.125f, 1, 1, 0.75f, 0.625f);
    }

    private static Tensor wide() {
        return Tensor.ofFloats(Shape.of(8), 0, 0, -0.37f, 0.22f, 1, 1, 0.83f, 1.41f);
    }

    /** Multiples of 16, of which doubling an axis twice takes exact sixteenths. */
    private static Tensor sixteenths(Setting s, int... dims) {
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(dims));
        int size = Shape.of(dims).size();
        for (int i = 0; i < size; i++) {
            tensor.setBits(i, 16 * s.seeded().integer(s.type().isSigned() ? -7 : 0, 7));
        }
        return tensor.build();
    }

    private static Declaration versions(Declaration resize) {
        BiPredicate<ElementType, Integer> axes = since(18);
        BiPredicate<ElementType, Integer> real = axes.and(FLOAT);
        return resize.shape("axes", axes, s -> scales(s, s.distinct(1, 2, 3, 4), 2, 2)
                        .with(Attribute.ints("axes", 2, 3)))
                .shape("axes-swapped", axes, s -> sizes(s, s.distinct(1, 2, 3, 5), 10, 6)
                        .with(Attribute.ints("axes", 3, 2)))
                .shape("axes-negative", real, s -> sizes(s, s.tensor(1, 3, 5, 2), 7, 4)
                        .with(LINEAR, Attribute.ints("axes", -2, -3)))
                .shape("axes-crop", real, s -> s.node()
                        .feed(s.tensor(1, 1, 6, 7))
                        .constant(Tensor.ofFloats(Shape.of(4), 0.375f, 0.25f, 0.75f, 0.875f))
                        .omit()
                        .constant(Setting.longs(4, 5))
                        .with(LINEAR, transformation("tf_crop_and_resize"), Attribute.ints("axes", 3, 2)))
                .shape("not-larger", axes, s -> sizes(s, s.distinct(1, 1, 6, 4), 9, 2)
                        .with(policy("not_larger"), Attribute.ints("axes", 2, 3), transformation("asymmetric")))
                .shape("not-smaller", axes, s -> sizes(s, s.distinct(1, 1, 6, 4), 6, 6)
                        .with(policy("not_smaller"), Attribute.ints("axes", 2, 3)))
                .shape("not-larger-linear", real, s -> sizes(s, s.tensor(1, 1, 6, 4), 12, 6)
                        .with(LINEAR, policy("not_larger"), Attribute.ints("axes", 2, 3)))
                .shape("not-larger-rounded", real, s -> sizes(s, Products.full(s, 2.5, 1, 1, 5, 4), 9, 6)
                        .with(LINEAR, policy("not_larger"), Attribute.ints("axes", 2, 3)))
                .shape("not-smaller-linear", real, s -> sizes(s, s.tensor(1, 1, 5, 10), 4, 4)
                        .with(LINEAR, policy("not_smaller"), Attribute.ints("axes", 2, 3)))
                .shape("stretch", real, s -> sizes(s, s.tensor(1, 1, 5, 4), 9, 6)
                        .with(LINEAR, policy("stretch"), Attribute.ints("axes", 2, 3)))
                .shape("antialias-linear", real, s -> sizes(s, s.tensor(1, 2, 13, 11), 1, 2, 5, 4)
                        .with(LINEAR, Attribute.of("antialias", 1L)))
                .shape("antialias-cubic", real, s -> sizes(s, s.tensor(1, 2, 13, 11), 1, 2, 5, 4)
                        .with(CUBIC, Attribute.of("antialias", 1L)))
                .shape("antialias-up", real, s -> sizes(s, s.tensor(1, 1, 5, 4), 1, 1, 8, 9)
                        .with(LINEAR, Attribute.of("antialias", 1L)))
                .shape("antialias-0", real, s -> sizes(s, s.tensor(1, 1, 9, 7), 1, 1, 4, 3)
                        .with(LINEAR, Attribute.of("antialias", 0L)))
                .shape("antialias-exclude-outside", real, s -> sizes(s, s.tensor(1, 1, 13, 11), 1, 1, 5, 4)
                        .with(CUBIC, Attribute.of("antialias", 1L), Attribute.of("exclude_outside", 1L)))
                .shape("half-pixel-symmetric", since(19).and(FLOAT), s -> scales(
                                s, s.tensor(1, 1, 7, 9), 1, 1, 0.75f, 1.375f)
                        .with(LINEAR, transformation("half_pixel_symmetric")))
                .shape("half-pixel-symmetric-cubic", since(19).and(FLOAT), s -> scales(
                                s, s.tensor(1, 1, 7, 9), 1, 1, 0.75f, 1.375f)
                        .with(CUBIC, transformation("half_pixel_symmetric")))
                .shape("half-pixel-symmetric-nearest", since(19), s -> scales(s, s.distinct(1, 1, 7, 8), 1, 1, 0.75f, 2)
                        .with(transformation("half_pixel_symmetric")))
                // The extents stay, and the coordinates do not.
                .shape("half-pixel-symmetric-same-size", since(19).and(FLOAT), s -> scales(
                                s, s.tensor(1, 1, 7, 5), 1, 1, 1.125f, 1.1875f)
                        .with(LINEAR, transformation("half_pixel_symmetric")))
                .shape("crop-same-size", FLOAT, s -> cropped(
                                s, s.tensor(1, 1, 6, 7), Tensor.ofFloats(Shape.of(8), 0, 0, 0, 0.25f, 1, 1, 0.625f, 1))
                        .omit()
                        .constant(Setting.longs(1, 1, 6, 7))
                        .with(LINEAR));
    }

    private static AttributeProto policy(String word) {
        return Attribute.of("keep_aspect_ratio_policy", word);
    }

    private static Declaration special(Declaration resize) {
        return resize.special("bits-kept", types(t -> t != ElementType.BOOL), s -> scales(s, Layout.twoRows(s), 1, 2))
                .special("nan", s -> scales(s, Products.holding(s, Double.NaN, 1, 1, 5, 4), 1, 1, 2, 2)
                        .with(LINEAR))
                .special("infinity", s -> scales(
                                s, Products.holding(s, Double.POSITIVE_INFINITY, 1, 1, 5, 4), 1, 1, 2, 2)
                        .with(LINEAR))
                .special("extremes", s -> scales(
                                s, Products.full(s, s.type().format().largestFinite() / 4, 1, 1, 5, 4), 1, 1, 2, 2)
                        .with(LINEAR));
    }

    private static Declaration rejected(Declaration resize) {
        Form scaled = s -> scales(s, s.tensor(1, 1, 3, 4), 1, 1, 2, 2);
        Form sized = s -> sizes(s, s.tensor(1, 1, 3, 4), 1, 1, 6, 8);
        return resize.reject(
                        "scales-and-sizes",
                        scaled,
                        n -> n.plus(new OneNode.Operand.Constant(Setting.longs(1, 1, 6, 8))))
                .reject("neither", scaled, n -> n.replacing(2, Tensor.ofFloats(Shape.of(0))))
                .reject("scales-length", scaled, n -> n.replacing(2, Tensor.ofFloats(Shape.of(3), 1, 2, 2)))
                .reject("sizes-length", sized, n -> n.replacing(3, Setting.longs(1, 6, 8)))
                .reject("scale-0", scaled, n -> n.replacing(2, Tensor.ofFloats(Shape.of(4), 1, 1, 2, 0)))
                .reject("scale-negative", scaled, n -> n.replacing(2, Tensor.ofFloats(Shape.of(4), 1, 1, 2, -2)))
                .reject("unknown-mode", scaled, n -> n.with(Attribute.of("mode", "quadratic")))
                .reject("unknown-transformation", scaled, n -> n.with(transformation("quarter_pixel")))
                .reject("axes-before-18", before(18), scaled, n -> n.with(Attribute.ints("axes", 0, 1, 2, 3)));
    }
}
