package org.aiis.reference.operators.activation;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;
import org.aiis.spec.tensor.ElementType;

/** What activation functions are put together from. */
final class Pieces {
    private Pieces() {}

    /** A float32 attribute, for each element; a right implementation may round it to a narrower element type first. */
    static Numbers coefficient(Call call, String attribute, int count) {
        Numbers exact = call.arithmetic().constant(call.attributes().real(attribute), count);
        boolean narrower = call.input(0).type().bits() < ElementType.FLOAT32.bits();
        return narrower ? call.arithmetic().unary(Unary.STORED, exact) : exact;
    }

    /** One number where x is below zero, another elsewhere and for NaN. */
    static Numbers whereNegative(Arithmetic arithmetic, Numbers x, Numbers below, Numbers otherwise) {
        Numbers zero = arithmetic.constant(0, 1);
        int[] at = new int[x.size()];
        Arrays.setAll(at, i -> arithmetic.holds(Relation.LESS, x, i, zero, 0) ? i : x.size() + i);
        return Numbers.join(List.of(below, otherwise)).gather(at);
    }

    /** A function inside a formula counts as two roundings, its own error and that of storing (clause 4.3.5). */
    static Numbers function(Arithmetic arithmetic, Unary function, Numbers x) {
        return new Formula(arithmetic).of(function, x);
    }

    /** exp(x) − 1 with the errors that the difference has. */
    static Numbers expLessOne(Arithmetic arithmetic, Numbers x) {
        Numbers ones = arithmetic.constant(1, x.size());
        Numbers formula = arithmetic.binary(Binary.SUB, function(arithmetic, Unary.EXP, x), ones);
        return arithmetic.refined(formula, arithmetic.unary(Unary.EXPM1, x));
    }

    /** x·factor, where an infinity times a factor that has reached 0 is −0: the limit, since each factor falls faster. */
    static Numbers damped(Arithmetic arithmetic, Numbers x, Numbers factor) {
        Numbers product = arithmetic.binary(Binary.MUL, x, factor);
        int[] at = new int[x.size()];
        Arrays.setAll(at, i -> Double.isInfinite(((Reals) x).hi(i)) && ((Reals) factor).hi(i) == 0 ? x.size() : i);
        return Numbers.join(List.of(product, arithmetic.constant(-0.0, 1))).gather(at);
    }

    /** x·sigmoid(alpha·x), alpha the attribute. */
    static Numbers swish(Call call, Numbers x) {
        Arithmetic arithmetic = call.arithmetic();
        Numbers inner = arithmetic.binary(Binary.MUL, coefficient(call, "alpha", x.size()), x);
        return damped(arithmetic, x, new Formula(arithmetic).sigmoid(inner));
    }
}
