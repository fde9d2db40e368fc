package org.aiis.conformance.qualification.layers;

import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.arithmetic.Unary;

/** An arithmetic that calculates as another does, but for what it says itself. */
interface Relayed extends Arithmetic {
    Arithmetic other();

    @Override
    default Numbers constant(double value, int count) {
        return other().constant(value, count);
    }

    @Override
    default Numbers unary(Unary function, Numbers x) {
        return other().unary(function, x);
    }

    @Override
    default Numbers binary(Binary function, Numbers a, Numbers b) {
        return other().binary(function, a, b);
    }

    @Override
    default Numbers sums(Numbers x, int[] starts) {
        return other().sums(x, starts);
    }

    @Override
    default Numbers dots(Matrix a, Matrix b, Numbers addend) {
        return other().dots(a, b, addend);
    }

    @Override
    default boolean holds(Relation relation, Numbers a, int i, Numbers b, int j) {
        return other().holds(relation, a, i, b, j);
    }
}
