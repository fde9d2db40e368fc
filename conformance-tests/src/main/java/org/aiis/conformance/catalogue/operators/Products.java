package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Matrix products. */
final class Products {
    /** Not a multiple of 4, 8, 16 or 32; the long one lets an accumulator drift. */
    private static final int SHORT = 37;

    private static final int LONG = 1003;

    private Products() {}

    static List<Declaration> declarations() {
        return List.of(
                dots(Declaration.of("MatMul", s -> s.node().feed(s.tensor(8, 11), s.tensor(11, 9))))
                        .shape("square", s -> s.node().feed(s.tensor(5, 5), s.tensor(5, 5)))
                        .shape("one-by-one", s -> s.node().feed(s.tensor(1, 5), s.tensor(5, 1)))
                        .shape("vector-vector", s -> s.node().feed(s.tensor(7), s.tensor(7)))
                        .shape("vector-left", s -> s.node().feed(s.tensor(7), s.tensor(7, 5)))
                        .shape("vector-right", s -> s.node().feed(s.tensor(5, 7), s.tensor(7)))
                        .shape("vector-left-batch", s -> s.node().feed(s.tensor(3), s.tensor(2, 3, 4)))
                        .shape("batch", s -> s.node().feed(s.tensor(2, 3, 5), s.tensor(2, 5, 4)))
                        .shape("batch-broadcast-left", s -> s.node().feed(s.tensor(3, 5), s.tensor(2, 5, 4)))
                        .shape("batch-broadcast-both", s -> s.node().feed(s.tensor(2, 1, 3, 5), s.tensor(3, 5, 2)))
                        .shape("rank-5", s -> s.node().feed(s.tensor(1, 2, 1, 3, 2), s.tensor(2, 1, 2, 2, 3)))
                        .shape("inner-0", s -> s.node().feed(s.tensor(3, 0), s.tensor(0, 4)))
                        .shape("inner-1", s -> s.node().feed(s.tensor(3, 1), s.tensor(1, 4)))
                        .shape("rows-0", s -> s.node().feed(s.tensor(0, 3), s.tensor(3, 4)))
                        .shape("prime", s -> s.node().feed(s.tensor(13, 17), s.tensor(17, 19)))
                        .shape(
                                "constant-right",
                                s -> s.node().feed(s.tensor(3, 5)).constant(s.tensor(5, 4)))
                        .shape("dynamic", s -> s.node()
                                .feed(s.tensor(3, 5), s.tensor(5, 4))
                                .dynamic())
                        .shape("square-right", s -> s.node().feed(s.tensor(2, 3), s.tensor(3, 3)))
                        .reject(
                                "inner-sizes",
                                s -> s.node().feed(s.tensor(3, 4), s.tensor(4, 5)),
                                n -> n.replacing(1, zeros(n, 3, 5)))
                        .reject(
                                "inner-size-1",
                                s -> s.node().feed(s.tensor(3, 1), s.tensor(1, 5)),
                                n -> n.replacing(1, zeros(n, 2, 5)))
                        .reject("square-alone", s -> s.node().feed(s.tensor(3, 3), s.tensor(3, 3)), OneNode::shortened)
                        .reject(
                                "rank-0",
                                s -> s.node().feed(s.tensor(3, 4), s.tensor(4)),
                                n -> n.replacing(1, zeros(n)))
                        .reject(
                                "batch-axes",
                                s -> s.node().feed(s.tensor(2, 3, 4), s.tensor(2, 4, 5)),
                                n -> n.replacing(1, zeros(n, 3, 4, 5))),
                dots(Declaration.of("Gemm", s -> s.node().feed(s.tensor(8, 11), s.tensor(11, 9), s.tensor(9))))
                        .value("alpha-beta", s -> s.node()
                                .feed(s.tensor(8, 11), s.tensor(11, 9), s.tensor(8, 9))
                                .with(scales(s)))
                        .shape("square", s -> s.node().feed(s.tensor(5, 5), s.tensor(5, 5), s.tensor(5)))
                        .shape("square-trans-a", s -> s.node()
                                .feed(s.tensor(5, 5), s.tensor(5, 5), s.tensor(5))
                                .with(Attribute.of("transA", 1L)))
                        .shape("square-trans-b", s -> s.node()
                                .feed(s.tensor(5, 5), s.tensor(5, 5), s.tensor(5))
                                .with(Attribute.of("transB", 1L)))
                        .shape("no-c", s -> s.node().feed(s.tensor(3, 5), s.tensor(5, 4)))
                        .shape("trans-a", s -> s.node()
                                .feed(s.tensor(5, 3), s.tensor(5, 4), s.tensor(4))
                                .with(Attribute.of("transA", 1L)))
                        .shape("trans-b", s -> s.node()
                                .feed(s.tensor(3, 5), s.tensor(4, 5), s.tensor(4))
                                .with(Attribute.of("transB", 1L)))
                        .shape("trans-both", s -> s.node()
                                .feed(s.tensor(5, 3), s.tensor(4, 5), s.tensor(3, 4))
                                .with(Attribute.of("transA", 1L), Attribute.of("transB", 1L)))
                        .shape("c-scalar", s -> s.node().feed(s.tensor(3, 5), s.tensor(5, 4), s.tensor()))
                        .shape("c-column", s -> s.node().feed(s.tensor(3, 5), s.tensor(5, 4), s.tensor(3, 1)))
                        .shape("c-row", s -> s.node().feed(s.tensor(3, 5), s.tensor(5, 4), s.tensor(1, 4)))
                        .shape("c-full", s -> s.node().feed(s.tensor(3, 5), s.tensor(5, 4), s.tensor(3, 4)))
                        .shape("alpha", s -> s.node()
                                .feed(s.tensor(3, 5), s.tensor(5, 4), s.tensor(4))
                                .with(Attribute.of("alpha", 3f)))
                        .shape("beta", s -> s.node()
                                .feed(s.tensor(3, 5), s.tensor(5, 4), s.tensor(4))
                                .with(Attribute.of("beta", 2f)))
                        .shape("beta-0", s -> s.node()
                                .feed(s.tensor(3, 5), s.tensor(5, 4), s.tensor(4))
                                .with(Attribute.of("beta", 0f)))
                        .shape("rows-0", s -> s.node().feed(s.tensor(0, 5), s.tensor(5, 4), s.tensor(4)))
                        .shape("inner-1", s -> s.node().feed(s.tensor(3, 1), s.tensor(1, 4), s.tensor(4)))
                        .shape("prime", s -> s.node().feed(s.tensor(13, 17), s.tensor(17, 19), s.tensor(19)))
                        .shape("constant-weights", s -> s.node()
                                .feed(s.tensor(3, 5))
                                .constant(s.tensor(5, 4))
                                .constant(s.tensor(4)))
                        .shape("dynamic", s -> s.node()
                                .feed(s.tensor(3, 5), s.tensor(5, 4), s.tensor(4))
                                .dynamic())
                        .shape("column", s -> s.node().feed(s.tensor(3, 1), s.tensor(1, 1), s.tensor(1, 1)))
                        .reject(
                                "inner-sizes",
                                s -> s.node().feed(s.tensor(3, 4), s.tensor(4, 5)),
                                n -> n.replacing(1, zeros(n, 3, 5)))
                        .reject(
                                "inner-size-1",
                                s -> s.node().feed(s.tensor(3, 1), s.tensor(1, 5)),
                                n -> n.replacing(1, zeros(n, 2, 5)))
                        .reject(
                                "rank-3",
                                s -> s.node().feed(s.tensor(3, 4), s.tensor(4, 5)),
                                n -> n.replacing(0, zeros(n, 1, 3, 4)))
                        .reject(
                                "c-shape",
                                s -> s.node().feed(s.tensor(3, 4), s.tensor(4, 5), s.tensor(5)),
                                n -> n.replacing(2, zeros(n, 4))));
    }

    /** Integers are multiplied by whole scales only: ONNX is silent about rounding there. */
    private static org.aiis.onnx.AttributeProto[] scales(Setting s) {
        return s.type().isFloat()
                ? new org.aiis.onnx.AttributeProto[] {Attribute.of("alpha", 0.7f), Attribute.of("beta", -1.3f)}
                : new org.aiis.onnx.AttributeProto[] {
                    Attribute.of("alpha", 2f), Attribute.of("beta", s.type().isSigned() ? -3f : 3f)
                };
    }

    private static Declaration dots(Declaration declaration) {
        Declaration all = declaration.families(Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES);
        for (DotInputs inputs : DotInputs.values()) {
            all = all.value(inputs.word() + "-" + SHORT, types(ElementType::isFloat), s -> dot(s, inputs, SHORT));
            all = all.value(inputs.word() + "-" + LONG, types(ElementType::isFloat), s -> dot(s, inputs, LONG));
        }
        return all.value("uniform-long", s -> s.node().feed(s.tensor(8, LONG), s.tensor(LONG, 9)))
                .special("every-product-zero", s -> dot(s, DotInputs.ZERO, SHORT))
                .special("nan", s -> s.node().feed(holding(s, Double.NaN, 4, 7), s.tensor(7, 5)))
                .special("minus-infinity", s -> s.node()
                        .feed(holding(s, Double.NEGATIVE_INFINITY, 4, 7), s.between(1, 2, 7, 5)))
                .special("infinity", s -> s.node()
                        .feed(holding(s, Double.POSITIVE_INFINITY, 4, 7), s.between(1, 2, 7, 5)))
                // The largest number times any of these is finite.
                .special("minus-infinity-small-factors", s -> s.node()
                        .feed(holding(s, Double.NEGATIVE_INFINITY, 4, 7), s.between(0.125, 0.25, 7, 5)))
                .special("infinity-times-zero", s -> s.node()
                        .feed(
                                holding(s, Double.POSITIVE_INFINITY, 4, 7),
                                Tensor.ofReals(s.type(), Shape.of(7, 5), new double[35])))
                .special("overflow", s -> s.node()
                        .feed(
                                full(s, s.type().format().largestFinite(), 4, 7),
                                full(s, s.type().format().largestFinite(), 7, 5)));
    }

    static OneNode dot(Setting s, DotInputs inputs, int k) {
        return s.node()
                .feed(inputs.matrices(s.type(), s.seeded(), DotInputs.ROWS, k, DotInputs.COLUMNS)
                        .toArray(Tensor[]::new));
    }

    /** Plain numbers with one special value among them. */
    static Tensor holding(Setting s, double special, int... dims) {
        Tensor plain = s.tensor(dims);
        Tensor.Builder tensor = new Tensor.Builder(plain.type(), plain.shape());
        int at = plain.size() / 2;
        for (int i = 0; i < plain.size(); i++) {
            tensor.setReal(i, i == at ? special : plain.real(i));
        }
        return tensor.build();
    }

    static Tensor full(Setting s, double value, int... dims) {
        double[] values = new double[Shape.of(dims).size()];
        java.util.Arrays.fill(values, value);
        return Tensor.ofReals(s.type(), Shape.of(dims), values);
    }

    /** Zeros of the type of the node's first operand. */
    static Tensor zeros(OneNode node, int... dims) {
        ElementType type =
                ((OneNode.Operand.Fed) node.operands().get(0)).tensor().type();
        return new Tensor.Builder(type, Shape.of(dims)).build();
    }
}
