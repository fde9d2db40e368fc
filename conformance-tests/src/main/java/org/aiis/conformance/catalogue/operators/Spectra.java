package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.before;
import static org.aiis.conformance.catalogue.operators.Declaration.since;

import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Types;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Operators on signals: DFT, STFT, MelWeightMatrix. */
final class Spectra {
    private Spectra() {}

    static List<Declaration> declarations() {
        return List.of(dft(), stft(), mel());
    }

    private static Declaration dft() {
        return Declaration.of("DFT", s -> s.node().feed(s.tensor(3, 16, 1)))
                .families(Family.UNIFORM, Family.NEAR_ONE, Family.TIES)
                .value("complex", s -> s.node().feed(s.tensor(2, 32, 2)))
                .value("prime", s -> s.node().feed(s.tensor(2, 37, 2)))
                .value("composite", s -> s.node().feed(s.tensor(2, 60, 1)))
                .value("long", s -> s.node().feed(s.tensor(1, 256, 1)))
                .value("inverse", s -> s.node().feed(s.tensor(2, 32, 2)).with(inverse()))
                .value("inverse-prime", s -> s.node().feed(s.tensor(2, 37, 2)).with(inverse()))
                .shape("complex", s -> s.node().feed(s.tensor(2, 8, 2)))
                .shape("one-element", s -> s.node().feed(s.tensor(2, 1, 1)))
                .shape("two-elements", s -> s.node().feed(s.tensor(1, 2, 2)))
                .shape("odd", s -> s.node().feed(s.tensor(2, 7, 1)))
                .shape("inverse", s -> s.node().feed(s.tensor(2, 8, 2)).with(inverse()))
                .shape("inverse-odd", s -> s.node().feed(s.tensor(2, 5, 2)).with(inverse()))
                .shape("inverse-real", s -> s.node().feed(s.tensor(2, 8, 1)).with(inverse()))
                .shape("inverse-0", s -> s.node().feed(s.tensor(2, 8, 2)).with(Attribute.of("inverse", 0L)))
                .shape("onesided", s -> s.node().feed(s.tensor(2, 8, 1)).with(onesided(1)))
                .shape("onesided-odd", s -> s.node().feed(s.tensor(2, 7, 1)).with(onesided(1)))
                .shape("onesided-0", s -> s.node().feed(s.tensor(2, 8, 1)).with(onesided(0)))
                .shape("onesided-inverse", s -> s.node().feed(s.tensor(2, 5, 2)).with(onesided(1), inverse()))
                .shape(
                        "onesided-inverse-odd",
                        s -> s.node().feed(s.tensor(2, 5, 2), length(9)).with(onesided(1), inverse()))
                .shape("longer", s -> s.node().feed(s.tensor(2, 5, 1), length(8)))
                .shape("shorter", s -> s.node().feed(s.tensor(2, 9, 2), length(6)))
                .shape("length-int32", s -> s.node()
                        .feed(s.tensor(2, 5, 1), Tensor.ofLongs(ElementType.INT32, Shape.SCALAR, 8)))
                .shape("length-constant", s -> s.node().feed(s.tensor(2, 5, 1)).constant(length(8)))
                .shape(
                        "onesided-longer",
                        s -> s.node().feed(s.tensor(2, 5, 1), length(8)).with(onesided(1)))
                .shape("default-axis", s -> s.node().feed(s.tensor(2, 3, 5, 1)))
                .shape("axis-first", before(20), s -> s.node()
                        .feed(s.tensor(5, 3, 2))
                        .with(axis(0)))
                .shape("axis-middle", before(20), s -> s.node()
                        .feed(s.tensor(2, 3, 5, 1))
                        .with(axis(2)))
                .shape("axis-negative", before(20), s -> s.node()
                        .feed(s.tensor(2, 3, 5, 1))
                        .with(axis(-3)))
                .shape(
                        "axis-first",
                        since(20),
                        s -> s.node().feed(s.tensor(5, 3, 2)).omit().constant(at(0)))
                .shape(
                        "axis-middle",
                        since(20),
                        s -> s.node().feed(s.tensor(2, 3, 5, 1)).omit().constant(at(2)))
                .shape(
                        "axis-negative",
                        since(20),
                        s -> s.node().feed(s.tensor(2, 3, 5, 1)).omit().constant(at(-3)))
                .shape(
                        "axis-fed",
                        since(20),
                        s -> s.node().feed(s.tensor(2, 3, 5, 1)).omit().feed(at(1)))
                .shape("batch-0", s -> s.node().feed(s.tensor(0, 4, 1)))
                .shape("dynamic", s -> s.node().feed(s.tensor(2, 8, 1)).dynamic())
                .special("nan", s -> s.node().feed(lost(s, 3, 5)))
                .special("zeros", s -> s.node().feed(Products.full(s, 0, 2, 8, 2)))
                .special("one-by-one", s -> s.node().feed(pairs(s)))
                // One real number made of one bin, whose imaginary part does not count: nothing multiplies an infinity
                // by 0.
                .special("infinity-onesided-inverse", s -> s.node()
                        .feed(
                                Tensor.ofReals(
                                        s.type(),
                                        Shape.of(2, 1, 2),
                                        Double.POSITIVE_INFINITY,
                                        0,
                                        Double.NEGATIVE_INFINITY,
                                        0),
                                length(1))
                        .with(onesided(1), inverse()))
                .reject("parts", n -> n.replacing(0, Products.zeros(n, 3, 16, 3)))
                .reject(
                        "onesided-complex",
                        s -> s.node().feed(s.tensor(2, 8, 1)).with(onesided(1)),
                        n -> n.replacing(0, Products.zeros(n, 2, 8, 2)))
                .reject(
                        "axis-of-parts",
                        before(20),
                        s -> s.node().feed(s.tensor(2, 3, 1)).with(axis(1)),
                        n -> n.with(axis(2)))
                .reject(
                        "axis-out-of-range",
                        since(20),
                        s -> s.node().feed(s.tensor(2, 3, 1)).omit().constant(at(1)),
                        n -> n.replacing(2, at(3)));
    }

    /** Signals of a finite special value and a zero, both of whose bins are that value. */
    private static Tensor pairs(Setting s) {
        double[] values = Specials.finite(s.type().format());
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(values.length, 2, 1));
        for (int i = 0; i < values.length; i++) {
            tensor.setReal(2 * i, values[i]);
        }
        return tensor.build();
    }

    /**
     * Complex signals, one number of each lost in both parts: of a real NaN the imaginary part of a bin is NaN or none, as a
     * transform multiplies by 0 or does not.
     */
    private static Tensor lost(Setting s, int signals, int length) {
        Tensor whole = s.tensor(signals, length, 2);
        Tensor.Builder tensor = new Tensor.Builder(s.type(), whole.shape());
        for (int i = 0; i < whole.size(); i++) {
            int place = i / 2 % length;
            tensor.setReal(i, place == length / 2 ? Double.NaN : whole.real(i));
        }
        return tensor.build();
    }

    private static Tensor length(long length) {
        return Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, length);
    }

    private static Tensor at(long axis) {
        return length(axis);
    }

    private static AttributeProto axis(long axis) {
        return Attribute.of("axis", axis);
    }

    private static AttributeProto inverse() {
        return Attribute.of("inverse", 1L);
    }

    private static AttributeProto onesided(long flag) {
        return Attribute.of("onesided", flag);
    }

    private static Declaration stft() {
        Form windowed = s -> frames(s, s.tensor(2, 64, 1), 8).feed(s.between(0.25, 1, 16));
        return Declaration.of("STFT", windowed)
                .families(Family.UNIFORM, Family.NEAR_ONE, Family.TIES)
                .value("prime", s -> frames(s, s.tensor(1, 60, 1), 7).feed(s.between(0.25, 1, 23)))
                .value("long", s -> frames(s, s.tensor(1, 512, 1), 64).feed(s.between(0.25, 1, 128)))
                .shape("length", s -> frames(s, s.tensor(2, 40, 1), 8).omit().feed(length(16)))
                .shape("window-and-length", s -> frames(s, s.tensor(1, 40, 1), 8)
                        .feed(s.between(0.25, 1, 16), length(16)))
                .shape("neither", s -> frames(s, s.tensor(2, 16, 1), 4))
                .shape("onesided-1", s -> frames(s, s.tensor(1, 40, 1), 8)
                        .feed(s.between(0.25, 1, 16))
                        .with(onesided(1)))
                .shape("onesided-0", s -> frames(s, s.tensor(1, 40, 1), 8)
                        .feed(s.between(0.25, 1, 16))
                        .with(onesided(0)))
                .shape("complex", s -> frames(s, s.tensor(1, 40, 2), 8)
                        .feed(s.between(0.25, 1, 16))
                        .with(onesided(0)))
                .shape("rest-dropped", s -> frames(s, s.tensor(1, 39, 1), 5).feed(s.between(0.25, 1, 8)))
                .shape("odd", s -> frames(s, s.tensor(1, 30, 1), 4).feed(s.between(0.25, 1, 9)))
                .shape("step-1", s -> frames(s, s.tensor(1, 12, 1), 1).feed(s.between(0.25, 1, 8)))
                .shape("gaps", s -> frames(s, s.tensor(1, 40, 1), 11).feed(s.between(0.25, 1, 8)))
                .shape("int32", s -> s.node()
                        .feed(s.tensor(1, 40, 1), Tensor.ofLongs(ElementType.INT32, Shape.SCALAR, 8))
                        .omit()
                        .feed(Tensor.ofLongs(ElementType.INT32, Shape.SCALAR, 16)))
                .shape("constants", s -> s.node()
                        .feed(s.tensor(1, 40, 1))
                        .constant(length(8))
                        .constant(s.between(0.25, 1, 16)))
                .shape("dynamic", s -> frames(s, s.tensor(1, 40, 1), 8)
                        .feed(s.between(0.25, 1, 16))
                        .dynamic())
                .special("nan", s -> frames(s, lost(s, 1, 40), 8)
                        .feed(s.between(0.25, 1, 8))
                        .with(onesided(0)))
                .special("zeros", s -> frames(s, Products.full(s, 0, 1, 40, 1), 8)
                        .feed(s.between(0.25, 1, 8)))
                .special("one-by-one", s -> frames(s, pairs(s), 1).omit().feed(length(2)))
                .special("overflow", s -> frames(
                                s, Products.full(s, s.type().format().largestFinite(), 1, 2, 1), 1)
                        .omit()
                        .feed(length(2)))
                // Infinities of either sign meet in both parts of each bin.
                .special(
                        "infinity-minus-infinity",
                        s -> frames(s, opposed(s), 1).omit().feed(length(3)).with(onesided(0)))
                .reject(
                        "window-length",
                        s -> frames(s, s.tensor(1, 40, 1), 8).feed(s.between(0.25, 1, 16), length(16)),
                        n -> n.replacing(2, Products.zeros(n, 15)))
                .reject(
                        "window-of-two",
                        s -> frames(s, s.tensor(1, 5, 1), 2).feed(s.between(0.25, 1, 1), length(1)),
                        n -> n.replacing(2, Products.zeros(n, 2)))
                .reject("window-rank", n -> n.replacing(2, Products.zeros(n, 16, 1)))
                .reject("rank-2", n -> n.replacing(0, Products.zeros(n, 2, 64)));
    }

    /** A complex signal of three numbers: 1 + i, ∞ + i∞, −∞ − i∞. */
    private static Tensor opposed(Setting s) {
        double most = Double.POSITIVE_INFINITY;
        return Tensor.ofReals(s.type(), Shape.of(1, 3, 2), 1, 1, most, most, -most, -most);
    }

    private static OneNode frames(Setting s, Tensor signal, long step) {
        return s.node().feed(signal, length(step));
    }

    private static Declaration mel() {
        Declaration mel = Declaration.of("MelWeightMatrix", s -> matrix(s, 8, 256, 16000, 20, 7600))
                .shape("few", s -> matrix(s, 3, 64, 8000, 50, 3500))
                .shape("many", s -> matrix(s, 40, 1024, 22050, 30, 10000))
                .shape("one", s -> matrix(s, 1, 64, 8000, 50, 3500))
                .shape("odd-length", s -> matrix(s, 5, 129, 8000, 50, 3500))
                .value("one-of-each", s -> matrix(s, 1, 1, 1, 0.1f, 0.4f))
                .shape("dynamic", s -> matrix(s, 4, 64, 8000, 50, 3500).dynamic())
                .reject(
                        "two-numbers-of-bins",
                        s -> matrix(s, 3, 64, 8000, 50, 3500),
                        n -> n.replacing(
                                0,
                                Tensor.ofLongs(
                                        ((OneNode.Operand.Fed) n.operands().get(0))
                                                .tensor()
                                                .type(),
                                        Shape.of(2),
                                        3,
                                        3)))
                .reject(
                        "output-string",
                        s -> matrix(s, 3, 64, 8000, 50, 3500),
                        n -> n.with(Attribute.of("output_datatype", (long) ElementType.STRING.onnx())));
        for (ElementType type : ElementType.values()) {
            if (type.isFloat() && type.bytes() > 1) {
                mel = mel.shape("edges-" + type.label(), s -> s.node()
                        .feed(one(s.type(), 4), one(s.type(), 64), one(s.type(), 8000))
                        .feed(Tensor.ofReals(type, Shape.SCALAR, 50), Tensor.ofReals(type, Shape.SCALAR, 3500))
                        .giving(ElementType.FLOAT32));
            }
            if (Types.NUMERIC.contains(type)) {
                mel = mel.shape("gives-" + type.label(), s -> matrix(s, 4, 64, 8000, 50, 3500)
                        .with(Attribute.of("output_datatype", (long) type.onnx()))
                        .giving(type));
            }
        }
        return mel;
    }

    private static OneNode matrix(Setting s, long bins, long length, long rate, float low, float high) {
        return s.node()
                .feed(one(s.type(), bins), one(s.type(), length), one(s.type(), rate))
                .feed(Tensor.ofFloats(Shape.SCALAR, low), Tensor.ofFloats(Shape.SCALAR, high))
                .giving(ElementType.FLOAT32);
    }

    private static Tensor one(ElementType type, long value) {
        return Tensor.ofLongs(type, Shape.SCALAR, value);
    }
}
