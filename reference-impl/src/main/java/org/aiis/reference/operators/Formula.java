package org.aiis.reference.operators;

import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.arithmetic.Unary;

/** Writes a formula of several operations over one arithmetic: operands of equal sizes, or one constant for all elements. */
public record Formula(Arithmetic arithmetic) {
    public Numbers plus(Numbers a, Numbers b) {
        return arithmetic.binary(Binary.ADD, a, b);
    }

    public Numbers plus(Numbers a, double b) {
        return plus(a, arithmetic.constant(b, a.size()));
    }

    public Numbers minus(Numbers a, Numbers b) {
        return arithmetic.binary(Binary.SUB, a, b);
    }

    public Numbers minus(double a, Numbers b) {
        return minus(arithmetic.constant(a, b.size()), b);
    }

    public Numbers times(Numbers a, Numbers b) {
        return arithmetic.binary(Binary.MUL, a, b);
    }

    /** A factor of 1 rounds nothing. */
    public Numbers times(Numbers a, double b) {
        return b == 1 ? a : times(a, arithmetic.constant(b, a.size()));
    }

    public Numbers over(Numbers a, Numbers b) {
        return arithmetic.binary(Binary.DIV, a, b);
    }

    public Numbers over(Numbers a, double b) {
        return over(a, arithmetic.constant(b, a.size()));
    }

    /** A function inside a formula counts as two roundings, its own error and that of storing (clause 4.3.5). */
    public Numbers of(Unary function, Numbers x) {
        Numbers result = arithmetic.unary(function, x);
        return function.isElementary() ? arithmetic.unary(Unary.STORED, result) : result;
    }

    /**
     * The hyperbolic tangent as a step of a longer formula, with the error of (1 − e^−2x)/(1 + e^−2x), the formula of the
     * recurrent layers: besides the two roundings of a function, one of a sum of the size of 1 (clause 4.3.7).
     */
    public Numbers tanh(Numbers x) {
        return withSum(of(Unary.TANH, x));
    }

    /** The sigmoid as a step of a longer formula, with the error of ½·(1 + tanh(x/2)), in which such a sum is rounded too. */
    public Numbers sigmoid(Numbers x) {
        return withSum(of(Unary.SIGMOID, x));
    }

    private Numbers withSum(Numbers exact) {
        return arithmetic.refined(plus(plus(exact, 1), -1), exact);
    }

    public Numbers least(Numbers a, double b) {
        return arithmetic.binary(Binary.MIN, a, arithmetic.constant(b, a.size()));
    }

    public Numbers greatest(Numbers a, double b) {
        return arithmetic.binary(Binary.MAX, a, arithmetic.constant(b, a.size()));
    }

    /** For each element a where x is less than the bound, else b; NaN is not less. */
    public Numbers whereLess(Numbers x, double bound, Numbers a, Numbers b) {
        Numbers limit = arithmetic.constant(bound, 1);
        boolean[] less = new boolean[x.size()];
        for (int i = 0; i < less.length; i++) {
            less[i] = arithmetic.holds(Relation.LESS, x, i, limit, 0);
        }
        return where(less, a, b);
    }

    /** For each element a where the condition holds, else b. */
    public static Numbers where(boolean[] condition, Numbers a, Numbers b) {
        int[] at = new int[condition.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = condition[i] ? i : at.length + i;
        }
        return Numbers.join(java.util.List.of(a, b)).gather(at);
    }
}
