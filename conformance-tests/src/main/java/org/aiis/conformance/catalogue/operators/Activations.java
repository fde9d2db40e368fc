package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.List;
import java.util.stream.DoubleStream;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Activation functions. */
final class Activations {
    private static final double MINUS_INFINITY = Double.NEGATIVE_INFINITY;

    private Activations() {}

    static List<Declaration> declarations() {
        return List.of(
                scaled("Elu"),
                scaled("Celu"),
                selu(),
                hardSigmoid(),
                function("HardSwish", Double.NaN, MINUS_INFINITY)
                        .value("ramp", s -> s.node().feed(s.between(-4, 4, 199))),
                softplus(),
                smooth("Mish").value("bend", s -> s.node().feed(s.between(-6, 3, 199))),
                function("Softsign", MINUS_INFINITY, Double.POSITIVE_INFINITY),
                swish(),
                thresholdedRelu(),
                prelu(),
                shrink(),
                hardmax(),
                dropout());
    }

    /** Every special value but those whose result is a decision. */
    private static Declaration function(String operator, double... decided) {
        return Unary.walked(operator, Unary::any)
                .special("every-special", s -> s.node().feed(specials(s, decided)))
                .reject("type-integer", Unary::asInteger);
    }

    /**
     * x times a gate that falls like e^x. No argument so far below zero that the gate underflows before the product:
     * that is no flushing of a result.
     */
    private static Declaration smooth(String operator) {
        return Unary.shaped(Declaration.of(operator, Unary::any))
                .families(Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES)
                .special("limits", s -> s.node()
                        .feed(Specials.inEveryPosition(
                                s.type(), Double.POSITIVE_INFINITY, Double.NaN, 0.0, -0.0, 50, 1000, -5, 3)))
                .reject("two-inputs", Unary::twoInputs)
                .reject("type-integer", Unary::asInteger);
    }

    private static Tensor specials(Setting s, double... decided) {
        FloatFormat format = s.type().format();
        return Specials.inEveryPosition(
                s.type(),
                DoubleStream.concat(DoubleStream.of(Specials.all(format)), DoubleStream.of(-20, 20, -50, 50, -3, 3))
                        .filter(x -> DoubleStream.of(decided).noneMatch(d -> Double.compare(d, x) == 0))
                        .toArray());
    }

    /** An exponential for negative numbers, with alpha. */
    private static Declaration scaled(String operator) {
        return function(operator, Double.NaN)
                .value("bend", s -> s.node().feed(s.between(-6, 1, 199)))
                .value("around-zero", s -> s.node().feed(s.between(-0.01, 0.01, 199)))
                .value("alpha", s -> s.node().feed(s.between(-6, 3, 97)).with(alpha(1.75f)))
                .shape("alpha-small", s -> s.node().feed(s.between(-6, 3, 4, 5)).with(alpha(0.25f)))
                .shape("alpha-one", s -> s.node().feed(s.between(-6, 3, 4, 5)).with(alpha(1)))
                .reject(
                        "alpha-integer",
                        s -> s.node().feed(s.tensor(3)).with(alpha(0.5f)),
                        n -> n.with(Attribute.of("alpha", 1L)));
    }

    private static org.aiis.onnx.AttributeProto alpha(float value) {
        return Attribute.of("alpha", value);
    }

    private static Declaration selu() {
        return scaled("Selu")
                .value("gamma", s -> s.node().feed(s.between(-6, 3, 97)).with(Attribute.of("gamma", 0.75f)))
                .special(
                        "gamma-below-1",
                        s -> s.node().feed(specials(s, Double.NaN)).with(Attribute.of("gamma", 0.5f)))
                .shape(
                        "alpha-and-gamma",
                        s -> s.node().feed(s.between(-6, 3, 4, 5)).with(alpha(2.5f), Attribute.of("gamma", 3f)));
    }

    private static Declaration hardSigmoid() {
        return function("HardSigmoid", Double.NaN)
                .value("ramp", s -> s.node().feed(s.between(-4, 4, 199)))
                .value("alpha", s -> s.node().feed(s.between(-4, 4, 97)).with(alpha(0.75f)))
                .value("beta", s -> s.node().feed(s.between(-4, 4, 97)).with(Attribute.of("beta", 0.125f)))
                .shape(
                        "alpha-and-beta",
                        s -> s.node().feed(s.between(-4, 4, 4, 5)).with(alpha(-0.5f), Attribute.of("beta", 0.25f)))
                .reject(
                        "alpha-integer",
                        s -> s.node().feed(s.tensor(3)).with(alpha(0.5f)),
                        n -> n.with(Attribute.of("alpha", 1L)));
    }

    /** No argument whose exponential overflows: the function body of ONNX gives an infinity there, the function does not. */
    private static Declaration softplus() {
        return Unary.shaped(Declaration.of("Softplus", Unary::any))
                .families(Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES)
                .value("tails", s -> s.node().feed(s.between(-30, 10, 199)))
                .value("bend", s -> s.node().feed(s.between(-4, 4, 199)))
                .special("limits", s -> s.node()
                        .feed(Specials.inEveryPosition(
                                s.type(), 0.0, -0.0, MINUS_INFINITY, Double.POSITIVE_INFINITY, Double.NaN, -50, 5, -9)))
                .reject("two-inputs", Unary::twoInputs)
                .reject("type-integer", Unary::asInteger);
    }

    private static Declaration swish() {
        return smooth("Swish")
                .value("bend", s -> s.node().feed(s.between(-8, 4, 199)))
                .value("alpha", s -> s.node().feed(s.between(-6, 6, 97)).with(alpha(1.75f)))
                .shape("alpha-zero", s -> s.node().feed(s.between(-6, 6, 4, 5)).with(alpha(0)))
                .shape(
                        "alpha-negative",
                        s -> s.node().feed(s.between(-6, 6, 4, 5)).with(alpha(-0.5f)))
                .shape("alpha-one", s -> s.node().feed(s.between(-6, 6, 4, 5)).with(alpha(1)))
                .reject(
                        "alpha-integer",
                        s -> s.node().feed(s.tensor(3)).with(alpha(0.5f)),
                        n -> n.with(Attribute.of("alpha", 1L)));
    }

    private static Declaration thresholdedRelu() {
        return function("ThresholdedRelu")
                .value("at-threshold", s -> s.node().feed(s.integersOfType(-2, 3, 97)))
                .value("alpha", s -> s.node().feed(s.integersOfType(-4, 4, 97)).with(alpha(2)))
                .special("alpha-zero", s -> s.node().feed(specials(s)).with(alpha(0)))
                .shape("alpha-zero", s -> s.node().feed(s.tensor(4, 5)).with(alpha(0)))
                .shape("alpha-negative", s -> s.node().feed(s.tensor(4, 5)).with(alpha(-1.5f)))
                .reject(
                        "alpha-integer",
                        s -> s.node().feed(s.tensor(3)).with(alpha(0.5f)),
                        n -> n.with(Attribute.of("alpha", 1L)));
    }

    private static Declaration prelu() {
        return Declaration.of("PRelu", s -> slope(s, new int[] {5, 13}, new int[] {5, 13}))
                .value("channel", s -> slope(s, new int[] {2, 7, 5}, new int[] {7, 1}))
                .shape("slope-one", s -> slope(s, new int[] {3, 5}, new int[] {1}))
                .shape("slope-rank-0", s -> slope(s, new int[] {3, 5}, new int[] {}))
                .shape("slope-last-axis", s -> slope(s, new int[] {4, 3, 5}, new int[] {5}))
                .shape("slope-same-rank", s -> slope(s, new int[] {4, 3, 5}, new int[] {1, 3, 1}))
                .shape("rank-0", s -> slope(s, new int[] {}, new int[] {}))
                .shape("rank-1", s -> slope(s, new int[] {17}, new int[] {17}))
                .shape("rank-6", s -> slope(s, new int[] {2, 1, 3, 1, 2, 2}, new int[] {3, 1, 1, 2}))
                .shape("zero-size", s -> slope(s, new int[] {3, 0}, new int[] {1}))
                .shape("dynamic", s -> slope(s, new int[] {3, 11}, new int[] {11})
                        .dynamic())
                .shape("slope-square", s -> slope(s, new int[] {3, 3, 5}, new int[] {3, 1}))
                .value("beyond-signed", types(Setting::wideUnsigned), s -> s.node()
                        .feed(s.beyondSigned(), Tensor.ofLongs(s.type(), Shape.of(1), 3)))
                .special("every-special", s -> s.node().feed(specials(s, Double.NaN), slopes(s)))
                .special("integer-extremes", types(t -> t.isInteger()), s -> s.node()
                        .feed(Specials.of(s.type()), Tensor.ofLongs(s.type(), Shape.of(1), 1)))
                .reject(
                        "slope-larger",
                        s -> slope(s, new int[] {1, 5}, new int[] {1, 5}),
                        n -> n.replacing(1, new Tensor.Builder(ElementType.FLOAT32, Shape.of(3, 5)).build()))
                .reject(
                        "shapes",
                        s -> slope(s, new int[] {3, 4}, new int[] {4}),
                        n -> n.replacing(1, new Tensor.Builder(ElementType.FLOAT32, Shape.of(5)).build()))
                .reject("unequal-types", Binary::otherType)
                .reject("one-input", OneNode::shortened);
    }

    private static Tensor slopes(Setting s) {
        double[] some = {0.5, -2, 3, 1};
        Tensor.Builder tensor =
                new Tensor.Builder(s.type(), specials(s, Double.NaN).shape());
        for (int i = 0; i < specials(s, Double.NaN).size(); i++) {
            tensor.setReal(i, some[i % some.length]);
        }
        return tensor.build();
    }

    private static OneNode slope(Setting s, int[] x, int[] slope) {
        return s.node().feed(s.tensor(x), s.type().isFloat() ? s.between(-3, 3, slope) : s.tensor(slope));
    }

    private static Declaration shrink() {
        return Unary.walked("Shrink", Unary::any)
                .value("bias", s -> s.node()
                        .feed(s.integersOfType(s.type().isSigned() ? -9 : 2, 9, 97))
                        .with(Attribute.of("bias", 2f)))
                .value("lambd", s -> s.node()
                        .feed(s.integersOfType(s.type().isSigned() ? -9 : 0, 9, 97))
                        .with(Attribute.of("lambd", 3f)))
                .value("bias-real", types(ElementType::isFloat), s -> s.node()
                        .feed(s.tensor(97))
                        .with(Attribute.of("bias", 1.25f), Attribute.of("lambd", 2.5f)))
                .value("beyond-signed", types(Setting::wideUnsigned), s -> s.node()
                        .feed(s.beyondSigned())
                        .with(Attribute.of("lambd", 2f)))
                .shape("both", s -> s.node()
                        .feed(s.integersOfType(s.type().isSigned() ? -9 : 2, 9, 4, 5))
                        .with(Attribute.of("bias", 1f), Attribute.of("lambd", 4f)))
                .special("every-special", s -> s.node().feed(specials(s)))
                .special("integer-extremes", types(t -> t.isInteger()), s -> s.node()
                        .feed(Specials.of(s.type())))
                .reject("type-bool", s -> s.node().feed(s.tensor(3)), Unary::asBool)
                .reject(
                        "lambd-integer",
                        s -> s.node().feed(s.tensor(3)).with(Attribute.of("lambd", 0.5f)),
                        n -> n.with(Attribute.of("lambd", 1L)));
    }

    private static Declaration hardmax() {
        return Declaration.of("Hardmax", s -> s.node().feed(s.distinct(5, 13)))
                .families(Family.UNIFORM)
                .value("ties", s -> s.node().feed(s.integersOfType(0, 2, 7, 13)))
                .value(
                        "ties-first-axis",
                        s -> s.node().feed(s.integersOfType(0, 2, 7, 13)).with(Layout.axis(0)))
                .value("wide-range", s -> s.node()
                        .feed(new Setting(s.operator(), s.type(), s.opset(), Family.WIDE, s.seeded()).tensor(5, 11)))
                .shape("axis-first", s -> s.node().feed(s.distinct(3, 4, 5)).with(Layout.axis(0)))
                .shape("axis-middle", s -> s.node().feed(s.distinct(3, 4, 5)).with(Layout.axis(1)))
                .shape("axis-last", s -> s.node().feed(s.distinct(3, 4, 5)).with(Layout.axis(2)))
                .shape("axis-negative", s -> s.node().feed(s.distinct(3, 4, 5)).with(Layout.axis(-2)))
                .shape("axis-left-out", s -> s.node().feed(s.distinct(2, 3, 4)))
                .shape("rank-1", s -> s.node().feed(s.distinct(17)))
                .shape("rank-5", s -> s.node().feed(s.distinct(1, 2, 3, 2, 3)).with(Layout.axis(2)))
                .shape("size-1", s -> s.node().feed(s.distinct(3, 1)))
                .shape("zero-size", s -> s.node().feed(s.tensor(0, 3)))
                .shape("dynamic", s -> s.node().feed(s.distinct(3, 5)).dynamic())
                .shape("zero-size-axis", s -> s.node().feed(s.tensor(3, 0)))
                .special("infinities", s -> s.node()
                        .feed(Tensor.ofReals(
                                s.type(),
                                Shape.of(2, 4),
                                1,
                                Double.POSITIVE_INFINITY,
                                -3,
                                Double.POSITIVE_INFINITY,
                                MINUS_INFINITY,
                                -s.type().format().largestFinite(),
                                MINUS_INFINITY,
                                -s.type().format().largestFinite())))
                .special("all-minus-infinity", s -> s.node().feed(Products.full(s, MINUS_INFINITY, 2, 3)))
                .special("zeros-tie", s -> s.node()
                        .feed(Tensor.ofReals(s.type(), Shape.of(2, 3), -0.0, 0.0, -1, 0.0, -0.0, -1)))
                .special("above-zero", s -> s.node()
                        .feed(Tensor.ofReals(
                                s.type(), Shape.of(3), 0, s.type().format().smallestSubnormal(), -1)))
                .reject(
                        "axis-out-of-range",
                        s -> s.node().feed(s.tensor(2, 3)).with(Layout.axis(1)),
                        n -> n.with(Layout.axis(2)))
                .reject("type-integer", s -> s.node().feed(s.tensor(3)), Unary::asInteger);
    }

    /** In inference, and in training with ratio 0, data pass; a ratio above 0 is judged by distribution. */
    private static Declaration dropout() {
        Declaration dropout = Declaration.of("Dropout", s -> s.node().feed(s.tensor(5, 13)))
                .value("mask", s -> masked(s, s.node().feed(s.tensor(5, 13))))
                .value(
                        "ratio-ignored",
                        s -> masked(s, s.node().feed(s.tensor(5, 13)).constant(ratio(ElementType.FLOAT32, 0.75))))
                .value("training-ratio-0", s -> masked(s, training(s, s.tensor(5, 13), 0)))
                .drawn("training", types(t -> t.isFloat()), s -> masked(s, training(s, s.between(1, 3, 4099), 0.25)))
                .drawn(
                        "training-default",
                        types(t -> t.isFloat()),
                        s -> masked(
                                s, s.node().feed(s.between(-3, -1, 4099)).omit().constant(truth(true))))
                .drawn("training-seed", types(t -> t.isFloat()), s -> training(s, s.between(1, 3, 4099), 0.75)
                        .with(Attribute.of("seed", 7L)));
        for (ElementType type : List.of(
                ElementType.FLOAT64,
                ElementType.FLOAT16,
                ElementType.BFLOAT16,
                ElementType.FLOAT8E4M3FN,
                ElementType.FLOAT8E4M3FNUZ,
                ElementType.FLOAT8E5M2,
                ElementType.FLOAT8E5M2FNUZ)) {
            int first = type == ElementType.FLOAT64 || type == ElementType.FLOAT16 ? 13 : 22;
            dropout = dropout.second(
                    "ratio-" + type.label(),
                    type,
                    (t, opset) -> t == ElementType.FLOAT32 && opset >= first,
                    s -> s.node().feed(s.tensor(5, 13)).constant(ratio(type, 0.5)));
        }
        return dropout.shape("rank-0", s -> s.node().feed(s.tensor()))
                .shape("rank-5", s -> masked(s, s.node().feed(s.tensor(2, 1, 3, 2, 2))))
                .shape("zero-size", s -> masked(s, s.node().feed(s.tensor(3, 0, 2))))
                .shape("training-false", s -> s.node()
                        .feed(s.tensor(4, 5))
                        .constant(ratio(ElementType.FLOAT32, 0.5))
                        .constant(truth(false)))
                .shape("fed", s -> s.node().feed(s.tensor(4, 5), ratio(ElementType.FLOAT32, 0.5), truth(false)))
                .shape("dynamic", s -> s.node().feed(s.tensor(3, 11)).dynamic())
                .special("every-special", s -> s.node()
                        .feed(Specials.inEveryPosition(
                                s.type(), Specials.all(s.type().format()))))
                .reject("type-integer", s -> s.node().feed(s.tensor(3)), Unary::asInteger)
                .reject(
                        "training-not-bool",
                        s -> s.node().feed(s.tensor(3)).omit().constant(truth(false)),
                        n -> n.replacing(2, Tensor.ofLongs(ElementType.INT32, Shape.SCALAR, 0)));
    }

    private static Tensor ratio(ElementType type, double value) {
        return Setting.scalar(type, value);
    }

    private static Tensor truth(boolean value) {
        return Tensor.ofLongs(ElementType.BOOL, Shape.SCALAR, value ? 1 : 0);
    }

    private static OneNode training(Setting s, Tensor data, double ratio) {
        return s.node().feed(data).constant(ratio(ElementType.FLOAT32, ratio)).constant(truth(true));
    }

    private static OneNode masked(Setting s, OneNode node) {
        return node.giving(s.type(), ElementType.BOOL);
    }
}
