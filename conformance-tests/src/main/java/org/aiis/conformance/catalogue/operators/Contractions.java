package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.types;

import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Einstein sums and determinants. */
final class Contractions {
    private Contractions() {}

    static List<Declaration> declarations() {
        return List.of(einsum(), det());
    }

    private static Declaration einsum() {
        return Declaration.of("Einsum", s -> sum(s, "ij,jk->ik", s.tensor(8, 11), s.tensor(11, 9)))
                .families(Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES)
                .value("batch", s -> sum(s, "bij,bjk->bik", s.tensor(3, 4, 5), s.tensor(3, 5, 6)))
                .value(
                        "long",
                        types(ElementType::isFloat),
                        s -> sum(s, "ij,jk->ik", s.tensor(8, 1003), s.tensor(1003, 9)))
                .value("every-product-zero", types(ElementType::isFloat), s -> {
                    List<Tensor> ab =
                            DotInputs.ZERO.matrices(s.type(), s.seeded(), DotInputs.ROWS, 37, DotInputs.COLUMNS);
                    return sum(s, "ij,jk->ik", ab.get(0), ab.get(1));
                })
                .shape("transposed", s -> sum(s, "ij->ji", s.tensor(3, 5)))
                .shape("permuted", s -> sum(s, "abc->cab", s.tensor(2, 3, 4)))
                .shape("sum-all", s -> sum(s, "ij->", s.tensor(3, 5)))
                .shape("sum-row", s -> sum(s, "ij->i", s.tensor(3, 5)))
                .shape("sum-column", s -> sum(s, "ij->j", s.tensor(3, 5)))
                .shape("diagonal", s -> sum(s, "ii->i", s.tensor(4, 4)))
                .shape("diagonal-inside", s -> sum(s, "...ii->...i", s.tensor(2, 3, 4, 4)))
                .shape("trace", s -> sum(s, "ii->", s.tensor(4, 4)))
                .shape("outer", s -> sum(s, "i,j->ij", s.tensor(3), s.tensor(5)))
                .shape("outer-reversed", s -> sum(s, "i,j->ji", s.tensor(3), s.tensor(5)))
                .shape("elementwise", s -> sum(s, "ij,ij->ij", s.tensor(3, 5), s.tensor(3, 5)))
                .shape("inner", s -> sum(s, "i,i->", s.tensor(7), s.tensor(7)))
                .shape("second-transposed", s -> sum(s, "ij,kj->ik", s.tensor(3, 5), s.tensor(4, 5)))
                .shape("output-transposed", s -> sum(s, "ij,jk->ki", s.tensor(3, 5), s.tensor(5, 4)))
                .shape("two-contracted", s -> sum(s, "aij,jib->ab", s.tensor(2, 3, 4), s.tensor(4, 3, 5)))
                .shape("three-operands", s -> sum(s, "ij,jk,kl->il", s.tensor(2, 3), s.tensor(3, 4), s.tensor(4, 5)))
                .shape("ellipsis", s -> sum(s, "...ij,...jk->...ik", s.tensor(2, 3, 4), s.tensor(2, 4, 5)))
                .shape(
                        "ellipsis-broadcast",
                        s -> sum(s, "...ij,...jk->...ik", s.tensor(1, 3, 2, 4), s.tensor(2, 1, 4, 3)))
                .shape("ellipsis-moved", s -> sum(s, "a...->...a", s.tensor(2, 3, 4)))
                .shape("implicit", s -> sum(s, "ij,jk", s.tensor(3, 5), s.tensor(5, 4)))
                .shape("implicit-sorted", s -> sum(s, "ba", s.tensor(3, 5)))
                .shape("implicit-upper-first", s -> sum(s, "aB", s.tensor(3, 5)))
                .shape("implicit-ellipsis", s -> sum(s, "i...j", s.tensor(2, 3, 4)))
                .shape("upper-is-other", s -> sum(s, "aA,Ab->ab", s.tensor(3, 5), s.tensor(5, 4)))
                .shape("spaces", s -> sum(s, " ij , jk -> i k ", s.tensor(3, 5), s.tensor(5, 4)))
                .shape("rank-0", s -> sum(s, ",i->i", s.tensor(), s.tensor(5)))
                .shape("rank-6", s -> sum(s, "abcdef,f->ace", s.tensor(2, 1, 3, 2, 2, 3), s.tensor(3)))
                .shape("contracted-0", s -> sum(s, "ij,jk->ik", s.tensor(3, 0), s.tensor(0, 4)))
                .shape("kept-0", s -> sum(s, "ij,jk->ik", s.tensor(0, 3), s.tensor(3, 4)))
                .shape("dynamic", s -> sum(s, "ij,jk->ik", s.tensor(3, 5), s.tensor(5, 4))
                        .dynamic())
                .shape("ellipsis-of-a-vector", s -> sum(s, "...ij,...j->...i", s.tensor(2, 3, 4), s.tensor(2, 4)))
                .shape("ellipsis-first-alone", s -> sum(s, "...ij,jk->...ik", s.tensor(2, 3, 4), s.tensor(4, 5)))
                .shape("ellipsis-second-alone", s -> sum(s, "ij,...jk->...ik", s.tensor(3, 4), s.tensor(2, 4, 5)))
                .special("nan", s -> sum(s, "ij,jk->ik", Products.holding(s, Double.NaN, 4, 7), s.tensor(7, 5)))
                .special(
                        "infinity",
                        s -> sum(
                                s,
                                "ij,jk->ik",
                                Products.holding(s, Double.POSITIVE_INFINITY, 4, 7),
                                s.between(1, 2, 7, 5)))
                .special(
                        "infinity-times-zero",
                        s -> sum(
                                s,
                                "ij,jk->ik",
                                Products.holding(s, Double.POSITIVE_INFINITY, 4, 7),
                                Products.full(s, 0, 7, 5)))
                .reject(
                        "extents",
                        s -> sum(s, "ij,jk->ik", s.tensor(3, 4), s.tensor(4, 5)),
                        n -> n.replacing(1, Products.zeros(n, 3, 5)))
                .reject("rank", s -> sum(s, "ij->ji", s.tensor(3, 4)), n -> n.with(equation("ijk->ji")))
                .reject("no-letter", s -> sum(s, "ij->ji", s.tensor(3, 4)), n -> n.with(equation("i1->1i")))
                .reject(
                        "ellipses-unequal",
                        s -> sum(s, "...ij,...jk->...ik", s.tensor(2, 3, 4), s.tensor(2, 4, 5)),
                        n -> n.replacing(1, Products.zeros(n, 3, 2, 4, 5)))
                .reject("terms", s -> sum(s, "ij,jk->ik", s.tensor(3, 4), s.tensor(4, 5)), OneNode::shortened)
                .reject("output-unknown", s -> sum(s, "ij->ji", s.tensor(3, 4)), n -> n.with(equation("ij->jk")))
                .reject("equation-missing", s -> sum(s, "ij->ji", s.tensor(3, 4)), n -> n.without("equation"));
    }

    private static OneNode sum(Setting s, String equation, Tensor... operands) {
        return s.node().feed(operands).with(equation(equation));
    }

    private static AttributeProto equation(String equation) {
        return Attribute.of("equation", equation);
    }

    private static Tensor elements(Setting s) {
        double[] values = Specials.all(s.type().format());
        return Tensor.ofReals(s.type(), Shape.of(values.length, 1, 1), values);
    }

    private static Declaration det() {
        return Declaration.of("Det", s -> s.node().feed(s.tensor(7, 4, 4)))
                .families(Family.UNIFORM, Family.TIES)
                .value("many", s -> s.node().feed(s.tensor(101, 3, 3)))
                .value("large-matrix", s -> s.node().feed(s.between(-2, 2, 3, 9, 9)))
                .value("rows-exchanged", s -> s.node()
                        .feed(Tensor.ofReals(
                                s.type(), Shape.of(2, 3, 3), 0, 2, 0, 3, 0, 0, 0, 0, 5, 0, 0, 2, 3, 0, 0, 0, 5, 0)))
                .shape("rank-2", s -> s.node().feed(s.tensor(3, 3)))
                .shape("rank-4", s -> s.node().feed(s.tensor(2, 3, 2, 2)))
                .shape("rank-5", s -> s.node().feed(s.tensor(2, 1, 3, 3, 3)))
                .shape("matrix-1", s -> s.node().feed(s.tensor(5, 1, 1)))
                .shape("matrix-2", s -> s.node().feed(s.tensor(5, 2, 2)))
                .shape("batch-0", s -> s.node().feed(s.tensor(0, 3, 3)))
                .shape("dynamic", s -> s.node().feed(s.tensor(2, 3, 3)).dynamic())
                .special("zero-row", s -> s.node()
                        .feed(Tensor.ofReals(s.type(), Shape.of(3, 3), 1, 2, 3, 0, 0, 0, 4, 5, 7)))
                .special("identity", s -> s.node()
                        .feed(Tensor.ofReals(s.type(), Shape.of(3, 3), 1, 0, 0, 0, 1, 0, 0, 0, 1)))
                .special("nan", s -> s.node().feed(Products.full(s, Double.NaN, 3, 3)))
                // The determinant of a matrix of one element is that element.
                .special("one-by-one", s -> s.node().feed(elements(s)))
                .special("small-first-pivot", Declaration.only(ElementType.FLOAT64), s -> s.node()
                        .feed(Tensor.ofReals(
                                s.type(), Shape.of(4, 4), 0, 1, 2, 3, 1, 2, 0, 1, 1, 0, 1, 2, 1e-40, 1, 1, 0)))
                .special("small-pivots", Declaration.only(ElementType.FLOAT64), s -> s.node()
                        .feed(Tensor.ofReals(s.type(), Shape.of(2, 2), 0, 1e-50, 1e-60, 0)))
                .reject("not-square", s -> s.node().feed(s.tensor(3, 3)), n -> n.replacing(0, Products.zeros(n, 3, 4)))
                .reject("rank-1", s -> s.node().feed(s.tensor(3, 3)), n -> n.replacing(0, Products.zeros(n, 9)))
                .reject("type-integer", s -> s.node().feed(s.tensor(2, 2)), n -> n.replacing(
                                0, Tensor.ofLongs(ElementType.INT32, Shape.of(2, 2), 1, 2, 3, 4))
                        .giving(ElementType.INT32));
    }
}
