package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.since;

import java.util.List;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Sums and means of several inputs, and the tests for NaN and infinity. */
final class Several {
    private Several() {}

    static List<Declaration> declarations() {
        return List.of(folded("Sum"), folded("Mean"), isNaN(), isInf());
    }

    private static Declaration folded(String operator) {
        return Declaration.of(operator, s -> s.node().feed(s.tensor(5, 13), s.tensor(5, 13)))
                .value("three", s -> s.node().feed(s.tensor(7, 9), s.tensor(7, 9), s.tensor(7, 9)))
                .value("five", s -> s.node().feed(s.tensor(97), s.tensor(97), s.tensor(97), s.tensor(97), s.tensor(97)))
                .shape("one-input", s -> s.node().feed(s.tensor(3, 5)))
                .shape("three-inputs", s -> s.node().feed(s.tensor(3, 5), s.tensor(5), s.tensor(3, 1)))
                .shape("five-inputs", s -> s.node()
                        .feed(s.tensor(2, 1, 3), s.tensor(3), s.tensor(), s.tensor(5, 1), s.tensor(1)))
                .shape("rank-0", s -> s.node().feed(s.tensor(), s.tensor()))
                .shape("broadcast-both", s -> s.node().feed(s.tensor(7, 1), s.tensor(1, 3)))
                .shape("zero-size", s -> s.node().feed(s.tensor(0, 3), s.tensor(1, 3)))
                .shape("rank-6", s -> s.node().feed(s.tensor(2, 1, 3, 1, 2, 1), s.tensor(2, 1, 3)))
                .shape(
                        "dynamic",
                        s -> s.node().feed(s.tensor(3, 5), s.tensor(3, 1)).dynamic())
                .special("infinities", s -> s.node()
                        .feed(
                                Binary.column(Tensor.ofReals(s.type(), Shape.of(4), limits())),
                                Tensor.ofReals(s.type(), Shape.of(4), limits())))
                .special("every-special", s -> s.node()
                        .feed(Specials.inEveryPosition(
                                s.type(), Specials.all(s.type().format()))))
                .reject("no-input", s -> s.node().feed(s.tensor(3)), OneNode::shortened)
                .reject(
                        "shapes",
                        s -> s.node().feed(s.tensor(3, 4), s.tensor(4)),
                        n -> n.replacing(1, new Tensor.Builder(ElementType.FLOAT32, Shape.of(5)).build()))
                .reject("unequal-types", Binary::otherType);
    }

    private static double[] limits() {
        return new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 1};
    }

    private static Declaration isNaN() {
        return tested("IsNaN")
                .reject("type-integer", n -> n.replacing(0, Tensor.ofLongs(ElementType.INT32, Shape.of(3), 1, 2, 3)));
    }

    private static Declaration isInf() {
        return tested("IsInf")
                .shape("negative-only", s -> specials(s).with(Attribute.of("detect_positive", 0L)))
                .shape("positive-only", s -> specials(s).with(Attribute.of("detect_negative", 0L)))
                .shape("both-given", s -> specials(s)
                        .with(Attribute.of("detect_negative", 1L), Attribute.of("detect_positive", 1L)))
                .shape("neither", s -> specials(s)
                        .with(Attribute.of("detect_negative", 0L), Attribute.of("detect_positive", 0L)))
                .special("negative-only", s -> specials(s).with(Attribute.of("detect_positive", 0L)))
                .special("positive-only", s -> specials(s).with(Attribute.of("detect_negative", 0L)))
                .reject("type-integer", n -> n.replacing(0, Tensor.ofLongs(ElementType.INT32, Shape.of(3), 1, 2, 3)))
                .reject(
                        "type-bfloat16",
                        Declaration.before(20),
                        s -> plain(s, 3),
                        n -> n.replacing(0, Tensor.ofReals(ElementType.BFLOAT16, Shape.of(3), 1, 2, 3)));
    }

    private static Declaration tested(String operator) {
        return Declaration.of(operator, s -> plain(s, 5, 13))
                .value("among-specials", since(13), Several::specials)
                .shape("rank-0", s -> plain(s))
                .shape("rank-1", s -> plain(s, 17))
                .shape("rank-6", s -> plain(s, 2, 1, 3, 1, 2, 2))
                .shape("zero-size", s -> plain(s, 3, 0, 2))
                .shape("dynamic", s -> plain(s, 3, 11).dynamic())
                .special("every-special", Several::specials)
                .reject("two-inputs", Unary::twoInputs);
    }

    /** About a third each of NaN and the infinities, where the type has them. */
    private static OneNode plain(Setting s, int... dims) {
        double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0};
        return s.node()
                .feed(s.reals(x -> s.seeded().coin() ? x : odd[(int) s.seeded().integer(0, 3)], dims))
                .giving(ElementType.BOOL);
    }

    private static OneNode specials(Setting s) {
        return s.node()
                .feed(Specials.inEveryPosition(s.type(), Specials.all(s.type().format())))
                .giving(ElementType.BOOL);
    }
}
