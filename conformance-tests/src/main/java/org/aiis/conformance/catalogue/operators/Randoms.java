package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.only;

import java.util.ArrayList;
import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Random operators, judged by distribution: samples large enough to tell one setting from another. */
final class Randoms {
    /** A prime beyond the 4096 at which the distance allowed is 0.054. */
    private static final int SAMPLE = 4099;

    private static final List<ElementType> OTHER = List.of(
            ElementType.FLOAT32,
            ElementType.FLOAT64,
            ElementType.FLOAT16,
            ElementType.BFLOAT16,
            ElementType.INT8,
            ElementType.UINT8,
            ElementType.INT16,
            ElementType.UINT16,
            ElementType.INT32,
            ElementType.UINT32,
            ElementType.INT64,
            ElementType.UINT64,
            ElementType.BOOL);

    private Randoms() {}

    static List<Declaration> declarations() {
        return List.of(
                generator("RandomNormal", "mean", "scale", 2.5f, 0.3f),
                generator("RandomUniform", "low", "high", -3f, -1.25f),
                like("RandomNormalLike", "mean", "scale", 2.5f, 0.3f),
                like("RandomUniformLike", "low", "high", -3f, -1.25f),
                bernoulli(),
                multinomial());
    }

    private static Declaration generator(String operator, String one, String two, float first, float second) {
        return Declaration.of(operator, s -> shaped(s, SAMPLE))
                .families(Family.UNIFORM)
                .value(one, s -> shaped(s, SAMPLE).with(Attribute.of(one, one.equals("low") ? 0.5f : first)))
                .value(two, s -> shaped(s, SAMPLE).with(Attribute.of(two, second < 0 ? 3f : second)))
                .value("both", s -> shaped(s, SAMPLE).with(Attribute.of(one, first), Attribute.of(two, second)))
                .value("seed", s -> shaped(s, SAMPLE).with(Attribute.of("seed", 7f)))
                .value("default-type", only(ElementType.FLOAT32), s -> s.node().with(Attribute.ints("shape", SAMPLE)))
                .shape("rank-0", s -> shaped(s))
                .shape("rank-3", s -> shaped(s, 3, 5, 7))
                .shape("rank-6", s -> shaped(s, 1, 2, 1, 3, 1, 2))
                .shape("zero-size", s -> shaped(s, 3, 0))
                .reject("shape-missing", s -> shaped(s, 3), n -> n.without("shape"))
                .reject("dtype-int", s -> shaped(s, 3), n -> n.with(
                                Attribute.of("dtype", (long) ElementType.INT32.onnx()))
                        .giving(ElementType.INT32));
    }

    private static OneNode shaped(Setting s, long... dims) {
        return s.node().with(dtype(s.type()), Attribute.ints("shape", dims));
    }

    private static AttributeProto dtype(ElementType type) {
        return Attribute.of("dtype", (long) type.onnx());
    }

    /** The type of the input, or float32 where that is none that a random number can have. */
    private static Declaration like(String operator, String one, String two, float first, float second) {
        Declaration like = Declaration.of(operator, s -> like(s, SAMPLE)).families(Family.UNIFORM);
        for (ElementType type : OTHER.subList(0, 4)) {
            like = like.second(
                    "to-" + type.label(),
                    type,
                    (t, opset) -> t == ElementType.INT32 && (type != ElementType.BFLOAT16 || opset >= 22),
                    s -> s.node().feed(s.tensor(SAMPLE)).with(dtype(type)).giving(type));
        }
        return like.value(one, s -> like(s, SAMPLE).with(Attribute.of(one, one.equals("low") ? 0.5f : first)))
                .value(two, s -> like(s, SAMPLE).with(Attribute.of(two, second < 0 ? 3f : second)))
                .value("both", s -> like(s, SAMPLE).with(Attribute.of(one, first), Attribute.of(two, second)))
                .value("seed", s -> like(s, SAMPLE).with(Attribute.of("seed", 7f)))
                .shape("rank-0", s -> like(s))
                .shape("rank-3", s -> like(s, 3, 5, 7))
                .shape("zero-size", s -> like(s, 3, 0))
                .shape("dynamic", s -> like(s, 5, 7).dynamic())
                .reject("dtype-int", s -> like(s, 3).with(dtype(ElementType.FLOAT32)), n -> n.with(
                                dtype(ElementType.INT32))
                        .giving(ElementType.INT32))
                .reject("two-inputs", s -> like(s, 3), n -> n.plus(n.operands().get(0)));
    }

    private static OneNode like(Setting s, int... dims) {
        OneNode node = s.node().feed(s.tensor(dims));
        return s.type().isFloat() ? node : node.with(dtype(ElementType.FLOAT32)).giving(ElementType.FLOAT32);
    }

    private static Declaration bernoulli() {
        Declaration bernoulli = Declaration.of("Bernoulli", s -> s.node().feed(probabilities(s, SAMPLE)))
                .families(Family.UNIFORM)
                .value("seed", s -> s.node().feed(probabilities(s, SAMPLE)).with(Attribute.of("seed", 7f)));
        for (ElementType type : OTHER) {
            bernoulli = bernoulli.second("to-" + type.label(), type, only(ElementType.FLOAT32), s -> s.node()
                    .feed(probabilities(s, SAMPLE))
                    .with(dtype(type))
                    .giving(type));
        }
        return bernoulli
                .shape("rank-0", s -> s.node().feed(probabilities(s)))
                .shape("rank-4", s -> s.node().feed(probabilities(s, 2, 3, 1, 5)))
                .shape("zero-size", s -> s.node().feed(probabilities(s, 3, 0)))
                .shape("dynamic", s -> s.node().feed(probabilities(s, 3, 5)).dynamic())
                .special("certain", s -> s.node().feed(s.integersOfType(0, 1, 257)))
                .reject("type-integer", s -> s.node().feed(s.between(0.4, 0.6, 3)), Unary::asInteger)
                .reject("dtype-string", s -> s.node().feed(s.between(0.4, 0.6, 3)), n -> n.with(
                                dtype(ElementType.STRING))
                        .giving(ElementType.STRING));
    }

    /** A few probabilities over and over, in an order without a period. */
    private static Tensor probabilities(Setting s, int... dims) {
        double[] some = {0, 0.125, 0.5, 0.875, 1};
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(dims));
        int size = Shape.of(dims).size();
        for (int i = 0; i < size; i++) {
            tensor.setReal(i, some[(int) s.seeded().integer(0, some.length - 1)]);
        }
        return tensor.build();
    }

    private static Declaration multinomial() {
        List<ElementType> results = new ArrayList<>(List.of(ElementType.INT32, ElementType.INT64));
        Declaration multinomial =
                Declaration.of("Multinomial", s -> sampled(s, SAMPLE)).families(Family.UNIFORM);
        for (ElementType type : results) {
            multinomial =
                    multinomial.second("to-" + type.label(), type, only(ElementType.FLOAT32), s -> sampled(s, SAMPLE)
                            .with(dtype(type))
                            .giving(type));
        }
        return multinomial
                .value("seed", s -> sampled(s, SAMPLE).with(Attribute.of("seed", 7f)))
                .value("unnormalized", s -> s.node()
                        .feed(Tensor.ofReals(s.type(), Shape.of(1, 3), 3, 2, 1))
                        .with(Attribute.of("sample_size", (long) SAMPLE))
                        .giving(ElementType.INT32))
                // Powers of e that no type holds: only their ratios are asked for.
                .value("large", s -> s.node()
                        .feed(Tensor.ofReals(s.type(), Shape.of(2, 3), 900, 901, 899, -901, -900, -902))
                        .with(Attribute.of("sample_size", (long) SAMPLE))
                        .giving(ElementType.INT32))
                .shape("one-sample", s -> s.node().feed(logits(s)).giving(ElementType.INT32))
                .shape("one-class", s -> s.node()
                        .feed(Tensor.ofReals(s.type(), Shape.of(3, 1), -1, 0, 5))
                        .with(Attribute.of("sample_size", 17L))
                        .giving(ElementType.INT32))
                .shape("dynamic", s -> sampled(s, 31).dynamic())
                .reject("rank-1", s -> sampled(s, 5), n -> n.replacing(0, Tensor.ofFloats(Shape.of(4), 0, 0, 0, 0)))
                .reject("dtype-float", s -> sampled(s, 5), n -> n.with(dtype(ElementType.FLOAT32))
                        .giving(ElementType.FLOAT32));
    }

    private static OneNode sampled(Setting s, long samples) {
        return s.node()
                .feed(logits(s))
                .with(Attribute.of("sample_size", samples))
                .giving(ElementType.INT32);
    }

    /** Logarithms of ½, ¼, ⅛, ⅛ and of 0.1, 0.2, 0.3, 0.4. */
    private static Tensor logits(Setting s) {
        return Tensor.ofReals(
                s.type(),
                Shape.of(2, 4),
                -0.6931472,
                -1.3862944,
                -2.0794415,
                -2.0794415,
                -2.302585,
                -1.609438,
                -1.203973,
                -0.9162907);
    }
}
