package org.aiis.reference.evaluator;

import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.arithmetic.Unary;

/** An arithmetic that says when it calculates dot products, which are all that a precision mode changes (clause 4.4). */
record Dotted(Arithmetic arithmetic, Runnable dotted) implements Arithmetic {
    @Override
    public Numbers dots(Matrix a, Matrix b, Numbers addend) {
        dotted.run();
        return arithmetic.dots(a, b, addend);
    }

    @Override
    public Numbers constant(double value, int count) {
        return arithmetic.constant(value, count);
    }

    @Override
    public Numbers unary(Unary function, Numbers x) {
        return arithmetic.unary(function, x);
    }

    @Override
    public Numbers binary(Binary function, Numbers a, Numbers b) {
        return arithmetic.binary(function, a, b);
    }

    @Override
    public Numbers sums(Numbers x, int[] starts) {
        return arithmetic.sums(x, starts);
    }

    @Override
    public boolean holds(Relation relation, Numbers a, int i, Numbers b, int j) {
        return arithmetic.holds(relation, a, i, b, j);
    }

    @Override
    public Arithmetic withoutErrors() {
        return new Dotted(arithmetic.withoutErrors(), dotted);
    }

    @Override
    public Numbers refined(Numbers formula, Numbers closer) {
        return arithmetic.refined(formula, closer);
    }
}
