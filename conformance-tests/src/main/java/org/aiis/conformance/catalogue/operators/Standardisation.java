package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.only;
import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.Arrays;
import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Normalisations over instances, groups, trailing axes and regions of channels. */
final class Standardisation {
    private static final List<ElementType> FLOATS =
            List.of(ElementType.FLOAT32, ElementType.FLOAT64, ElementType.FLOAT16, ElementType.BFLOAT16);

    private Standardisation() {}

    static List<Declaration> declarations() {
        return List.of(instance(), group(), rootMeanSquare(), meanVariance(), norm(), local());
    }

    private static Declaration instance() {
        return Declaration.of("InstanceNormalization", s -> affine(s, s.tensor(2, 3, 5, 7), 3))
                .families(Family.UNIFORM, Family.TIES)
                .value("long", s -> affine(s, s.tensor(2, 3, 257), 3))
                .value("offset", s -> affine(s, s.between(20, 21, 2, 3, 64), 3))
                .value("scaled", s -> affine(s, s.between(-30, 30, 2, 3, 64), 3))
                .shape("rank-3", s -> affine(s, s.tensor(2, 3, 11), 3))
                .shape("rank-5", s -> affine(s, s.tensor(2, 3, 2, 3, 2), 3))
                .shape("one-channel", s -> affine(s, s.tensor(2, 1, 3, 5), 1))
                .shape("one-instance", s -> affine(s, s.tensor(1, 5, 3, 5), 5))
                .shape("epsilon", s -> affine(s, s.tensor(2, 3, 4, 5), 3).with(Attribute.of("epsilon", 0.125f)))
                .shape("constant-scale", s -> s.node()
                        .feed(s.tensor(2, 3, 4, 5))
                        .constant(s.tensor(3))
                        .constant(s.tensor(3)))
                .shape("batch-0", s -> affine(s, s.tensor(0, 3, 4), 3))
                .shape("dynamic", s -> affine(s, s.tensor(2, 3, 4, 5), 3).dynamic())
                .special("constant-channel", s -> affine(s, Products.full(s, 3, 1, 2, 4, 4), 2))
                .special("nan", s -> affine(s, Products.holding(s, Double.NaN, 2, 3, 4), 3))
                .special("bias-alone", s -> s.node()
                        .feed(s.tensor(1, 5, 3), Products.full(s, 0, 5), special(s.type(), 5)))
                .reject(
                        "scale-length",
                        s -> affine(s, s.tensor(2, 3, 4, 5), 3),
                        n -> n.replacing(1, Products.zeros(n, 4)))
                .reject(
                        "scale-rank",
                        s -> affine(s, s.tensor(2, 3, 4, 5), 3),
                        n -> n.replacing(1, Products.zeros(n, 3, 1)))
                .reject("bias-missing", s -> affine(s, s.tensor(2, 3, 4, 5), 3), OneNode::shortened);
    }

    private static OneNode affine(Setting s, Tensor x, int channels) {
        return s.node().feed(x, s.tensor(channels), s.tensor(channels));
    }

    /** A bias for a scale of zero, or a scale of what is close to 1: infinities, a subnormal number, one with every bit set. */
    static Tensor special(ElementType type, int channels) {
        double[] values = {
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            type.format().smallestNormal() - type.format().smallestSubnormal(),
            1 - type.format().unitRoundoff(),
            -0.625
        };
        return Tensor.ofReals(type, Shape.of(channels), Arrays.copyOf(values, channels));
    }

    private static OneNode grouped(Setting s, Tensor x, int channels, long groups) {
        return affine(s, x, channels).with(Attribute.of("num_groups", groups));
    }

    private static Declaration group() {
        return Declaration.of("GroupNormalization", s -> grouped(s, s.tensor(2, 6, 5, 7), 6, 3))
                .families(Family.UNIFORM, Family.TIES)
                .value("long", s -> grouped(s, s.tensor(2, 4, 257), 4, 2))
                .value("offset", s -> grouped(s, s.between(20, 21, 2, 4, 32), 4, 2))
                .value("scaled", s -> grouped(s, s.between(-100, 100, 2, 4, 32), 4, 2))
                .value("stash-double", only(ElementType.FLOAT64), s -> grouped(s, s.tensor(2, 4, 3), 4, 2)
                        .with(Attribute.of("stash_type", (long) ElementType.FLOAT64.onnx())))
                .shape("one-group", s -> grouped(s, s.tensor(2, 4, 3, 5), 4, 1))
                .shape("groups-are-channels", s -> grouped(s, s.tensor(2, 4, 3, 5), 4, 4))
                .shape("rank-3", s -> grouped(s, s.tensor(2, 6, 11), 6, 2))
                .shape("rank-5", s -> grouped(s, s.tensor(2, 4, 2, 3, 2), 4, 2))
                .shape("epsilon", s -> grouped(s, s.tensor(2, 4, 3, 5), 4, 2).with(Attribute.of("epsilon", 0.125f)))
                .shape("stash-type", s -> grouped(s, s.tensor(2, 4, 3, 5), 4, 2).with(Attribute.of("stash_type", 1L)))
                .shape("batch-0", s -> grouped(s, s.tensor(0, 4, 3), 4, 2))
                .shape("dynamic", s -> grouped(s, s.tensor(2, 4, 3, 5), 4, 2).dynamic())
                .special("constant-group", s -> grouped(s, Products.full(s, 3, 1, 4, 4, 4), 4, 2))
                .special("nan", s -> grouped(s, Products.holding(s, Double.NaN, 2, 4, 3), 4, 2))
                .special("bias-alone", s -> s.node()
                        .feed(s.tensor(1, 5, 3), Products.full(s, 0, 5), special(s.type(), 5))
                        .with(Attribute.of("num_groups", 1L)))
                .reject(
                        "groups-do-not-divide",
                        s -> grouped(s, s.tensor(2, 4, 3), 4, 2),
                        n -> n.with(Attribute.of("num_groups", 3L)))
                .reject("groups-missing", s -> grouped(s, s.tensor(2, 4, 3), 4, 2), n -> n.without("num_groups"))
                .reject(
                        "scale-length",
                        s -> grouped(s, s.tensor(2, 4, 3), 4, 2),
                        n -> n.replacing(1, Products.zeros(n, 3)));
    }

    private static Declaration rootMeanSquare() {
        Declaration rms = Declaration.of("RMSNormalization", s -> s.node().feed(s.tensor(5, 13), s.tensor(13)))
                .families(Family.UNIFORM, Family.NEAR_ONE, Family.TIES)
                .value("long", s -> s.node().feed(s.tensor(3, 257), s.tensor(257)))
                .value("scaled", s -> s.node().feed(s.between(-100, 100, 5, 64), s.tensor(64)))
                .value("stash-double", only(ElementType.FLOAT64), s -> s.node()
                        .feed(s.tensor(3, 7), s.tensor(7))
                        .with(Attribute.of("stash_type", (long) ElementType.FLOAT64.onnx())));
        for (ElementType scale : FLOATS) {
            rms = rms.value("scale-" + scale.label(), types(type -> type != scale), s -> s.node()
                    .feed(s.tensor(5, 13), s.tensor(scale, 13))
                    .giving(scale));
        }
        return rms.shape("axis-left-out", s -> s.node().feed(s.tensor(2, 3, 4), s.tensor(4)))
                .shape(
                        "axis-negative",
                        s -> s.node().feed(s.tensor(2, 3, 4), s.tensor(3, 4)).with(axis(-2)))
                .shape(
                        "axis-first",
                        s -> s.node().feed(s.tensor(3, 4), s.tensor(3, 4)).with(axis(0)))
                .shape(
                        "axis-middle",
                        s -> s.node().feed(s.tensor(2, 3, 4), s.tensor(3, 4)).with(axis(1)))
                .shape("rank-1", s -> s.node().feed(s.tensor(7), s.tensor(7)))
                .shape("rank-5", s -> s.node()
                        .feed(s.tensor(2, 1, 3, 2, 5), s.tensor(2, 5))
                        .with(axis(3)))
                .shape(
                        "scale-broadcast",
                        s -> s.node().feed(s.tensor(3, 4, 5), s.tensor(5)).with(axis(1)))
                .shape("scale-rank-0", s -> s.node().feed(s.tensor(3, 5), s.tensor()))
                .shape(
                        "epsilon",
                        s -> s.node().feed(s.tensor(3, 7), s.tensor(7)).with(Attribute.of("epsilon", 0.125f)))
                .shape(
                        "stash-type",
                        s -> s.node().feed(s.tensor(3, 7), s.tensor(7)).with(Attribute.of("stash_type", 1L)))
                .shape("constant-scale", s -> s.node().feed(s.tensor(3, 7)).constant(s.tensor(7)))
                .shape("batch-0", s -> s.node().feed(s.tensor(0, 7), s.tensor(7)))
                .shape(
                        "dynamic",
                        s -> s.node().feed(s.tensor(3, 7), s.tensor(7)).dynamic())
                .special("zero-slice", s -> s.node().feed(Products.full(s, 0, 2, 8), s.tensor(8)))
                .special("nan", s -> s.node().feed(Products.holding(s, Double.NaN, 3, 7), s.tensor(7)))
                .special("scale-special", s -> s.node().feed(Products.full(s, 1, 2, 5), special(s.type(), 5)))
                .reject(
                        "axis-out-of-range",
                        s -> s.node().feed(s.tensor(3, 7), s.tensor(7)).with(axis(1)),
                        n -> n.with(axis(2)))
                .reject(
                        "scale-shape",
                        s -> s.node().feed(s.tensor(3, 7), s.tensor(7)),
                        n -> n.replacing(1, Products.zeros(n, 5)))
                .reject("scale-missing", s -> s.node().feed(s.tensor(3, 7), s.tensor(7)), OneNode::shortened);
    }

    private static Declaration meanVariance() {
        return Declaration.of("MeanVarianceNormalization", s -> s.node().feed(s.tensor(3, 4, 5, 3)))
                .families(Family.UNIFORM, Family.TIES)
                .value("long", s -> s.node().feed(s.tensor(3, 2, 11, 17)))
                .value("offset", s -> s.node().feed(s.between(20, 21, 2, 3, 6, 7)))
                .shape("axes-left-out", s -> s.node().feed(s.tensor(2, 3, 4, 5)))
                .shape("axes-default", s -> s.node().feed(s.tensor(2, 3, 4, 5)).with(Attribute.ints("axes", 0, 2, 3)))
                .shape(
                        "axes-across-channels",
                        s -> s.node().feed(s.tensor(2, 3, 4, 5)).with(Attribute.ints("axes", 0, 1, 2, 3)))
                .shape("axes-spatial", s -> s.node().feed(s.tensor(2, 3, 4, 5)).with(Attribute.ints("axes", 2, 3)))
                .shape("axes-instance", s -> s.node().feed(s.tensor(2, 3, 4, 5)).with(Attribute.ints("axes", 1, 2, 3)))
                .shape("rank-2", s -> s.node().feed(s.tensor(4, 7)).with(Attribute.ints("axes", 1)))
                .shape("rank-5", s -> s.node().feed(s.tensor(2, 3, 2, 3, 2)).with(Attribute.ints("axes", 0, 2, 3, 4)))
                .shape("dynamic", s -> s.node().feed(s.tensor(2, 3, 4, 5)).dynamic())
                .special("nan", s -> s.node().feed(Products.holding(s, Double.NaN, 2, 3, 2, 2)))
                .reject(
                        "two-inputs",
                        s -> s.node().feed(s.tensor(2, 3, 4, 5)),
                        n -> n.plus(n.operands().get(0)))
                .reject(
                        "axis-out-of-range",
                        s -> s.node().feed(s.tensor(2, 3, 4, 5)).with(Attribute.ints("axes", 0, 2, 3)),
                        n -> n.with(Attribute.ints("axes", 0, 2, 4)));
    }

    private static Declaration norm() {
        return Declaration.of("LpNormalization", s -> s.node().feed(s.tensor(5, 13)))
                .families(Family.UNIFORM, Family.NEAR_ONE, Family.TIES)
                .value("p-1", s -> s.node().feed(s.tensor(5, 13)).with(Attribute.of("p", 1L)))
                .value("long", s -> s.node().feed(s.tensor(3, 257)))
                .shape("axis-left-out", s -> s.node().feed(s.tensor(2, 3, 4)))
                .shape("axis-first", s -> s.node().feed(s.tensor(4, 3)).with(axis(0)))
                .shape("axis-middle", s -> s.node().feed(s.tensor(2, 3, 4)).with(axis(1)))
                .shape("axis-negative", s -> s.node().feed(s.tensor(2, 3, 4)).with(axis(-2)))
                .shape("p-2", s -> s.node().feed(s.tensor(3, 5)).with(Attribute.of("p", 2L)))
                .shape("p-1-axis", s -> s.node().feed(s.tensor(3, 4, 5)).with(Attribute.of("p", 1L), axis(1)))
                .shape("rank-1", s -> s.node().feed(s.tensor(17)))
                .shape("rank-5", s -> s.node().feed(s.tensor(2, 1, 3, 2, 5)).with(axis(2)))
                .shape("size-1", s -> s.node().feed(s.tensor(3, 1)))
                .shape("zero-size", s -> s.node().feed(s.tensor(0, 3)))
                .shape("dynamic", s -> s.node().feed(s.tensor(3, 5)).dynamic())
                .special("norm-zero", s -> s.node().feed(Products.full(s, 0, 2, 3)))
                .special("norm-zero-p-1", s -> s.node()
                        .feed(Tensor.ofReals(s.type(), Shape.of(2, 3), 0, 0, 0, 1, -2, 3))
                        .with(Attribute.of("p", 1L)))
                .special("nan", s -> s.node().feed(Products.holding(s, Double.NaN, 3, 5)))
                // The norm and the quotients are normal numbers.
                .special("subnormal-p-1", s -> {
                    double normal = s.type().format().smallestNormal();
                    double below = normal - s.type().format().smallestSubnormal();
                    return s.node()
                            .feed(Tensor.ofReals(s.type(), Shape.of(1, 3), 2 * normal, below, -below))
                            .with(Attribute.of("p", 1L));
                })
                .reject(
                        "p-3",
                        s -> s.node().feed(s.tensor(3, 5)).with(Attribute.of("p", 2L)),
                        n -> n.with(Attribute.of("p", 3L)))
                .reject("axis-out-of-range", s -> s.node().feed(s.tensor(3, 5)).with(axis(1)), n -> n.with(axis(2)));
    }

    private static Declaration local() {
        return Declaration.of("LRN", s -> region(s, s.tensor(2, 7, 3, 4), 3))
                .families(Family.UNIFORM, Family.TIES)
                // With an alpha of this size the sum weighs as much as the bias.
                .value("alpha", s -> region(s, s.tensor(2, 7, 3, 4), 3).with(Attribute.of("alpha", 0.75f)))
                .value("alpha-even", s -> region(s, s.tensor(2, 7, 3, 4), 4).with(Attribute.of("alpha", 0.75f)))
                .value("alpha-beta-bias", s -> region(s, s.tensor(2, 7, 3, 4), 5)
                        .with(Attribute.of("alpha", 0.5f), Attribute.of("beta", 1.5f), Attribute.of("bias", 2f)))
                .shape("size-1", s -> region(s, s.tensor(2, 5, 3, 4), 1).with(Attribute.of("alpha", 0.5f)))
                .shape("size-2", s -> region(s, s.tensor(2, 5, 3, 4), 2).with(Attribute.of("alpha", 0.5f)))
                .shape("size-beyond-channels", s -> region(s, s.tensor(2, 3, 3, 4), 9)
                        .with(Attribute.of("alpha", 0.5f)))
                .shape("one-channel", s -> region(s, s.tensor(2, 1, 3, 4), 3).with(Attribute.of("alpha", 0.5f)))
                .shape("beta", s -> region(s, s.tensor(2, 5, 3, 4), 3)
                        .with(Attribute.of("alpha", 0.5f), Attribute.of("beta", 0.5f)))
                .shape("bias", s -> region(s, s.tensor(2, 5, 3, 4), 3)
                        .with(Attribute.of("alpha", 0.5f), Attribute.of("bias", 4f)))
                .shape("batch-0", s -> region(s, s.tensor(0, 5, 3, 4), 3))
                .shape("dynamic", s -> region(s, s.tensor(2, 5, 3, 4), 3).dynamic())
                .special("nan", s -> region(s, Products.holding(s, Double.NaN, 1, 7, 2, 2), 3))
                .special("zeros", s -> region(s, Products.full(s, 0, 1, 5, 2, 2), 3))
                .special("subnormal", s -> {
                    double below = s.type().format().smallestNormal()
                            - s.type().format().smallestSubnormal();
                    return region(
                            s, Tensor.ofReals(s.type(), Shape.of(1, 3, 1, 2), below, -below, 0.5, 2, -0.75, 1.5), 1);
                })
                .reject("size-missing", s -> region(s, s.between(-2, 2, 2, 5, 3, 4), 3), n -> n.without("size"))
                .reject("type-integer", s -> region(s, s.between(-2, 2, 2, 5, 3, 4), 3), n -> n.replacing(
                                0, new Tensor.Builder(ElementType.INT32, Shape.of(2, 5, 3, 4)).build())
                        .giving(ElementType.INT32));
    }

    private static OneNode region(Setting s, Tensor x, long size) {
        return s.node().feed(x).with(Attribute.of("size", size));
    }

    private static AttributeProto axis(long axis) {
        return Attribute.of("axis", axis);
    }
}
