package org.aiis.conformance.qualification.layers;

import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.arithmetic.Unary;

/** The oracle's arithmetic that grants tanh and sigmoid another error than clause 4.3.5 does. */
record Granted(Arithmetic oracle, Grant grant) implements Arithmetic {
    /** What could be granted. */
    enum Grant {
        /** What every elementary function has: its own error of half an ulp, and storing it. */
        TWO_ROUNDINGS,
        /** Clause 4.3.5 as it stands: two roundings, and one of a sum of the size of 1. */
        CLAUSE,
        /** The limit of the operator Tanh at the level full besides: 5 ulp as 6σ, which is as much as eight roundings. */
        FIVE_ULP
    }

    private static final int FIVE_ULP = 8;

    static Arithmetics of(Grant grant) {
        Arithmetics reference = Arithmetics.reference();
        return grant == Grant.CLAUSE ? reference : type -> new Granted(reference.of(type), grant);
    }

    @Override
    public Numbers refined(Numbers formula, Numbers closer) {
        if (grant == Grant.TWO_ROUNDINGS) {
            return closer;
        }
        Numbers function = closer;
        for (int i = 0; i < FIVE_ULP; i++) {
            function = oracle.unary(Unary.STORED, function);
        }
        Numbers sum = oracle.binary(Binary.ADD, function, oracle.constant(1, closer.size()));
        return oracle.refined(oracle.binary(Binary.ADD, sum, oracle.constant(-1, closer.size())), closer);
    }

    @Override
    public Numbers constant(double value, int count) {
        return oracle.constant(value, count);
    }

    @Override
    public Numbers unary(Unary function, Numbers x) {
        return oracle.unary(function, x);
    }

    @Override
    public Numbers binary(Binary function, Numbers a, Numbers b) {
        return oracle.binary(function, a, b);
    }

    @Override
    public Numbers sums(Numbers x, int[] starts) {
        return oracle.sums(x, starts);
    }

    @Override
    public Numbers dots(Matrix a, Matrix b, Numbers addend) {
        return oracle.dots(a, b, addend);
    }

    @Override
    public boolean holds(Relation relation, Numbers a, int i, Numbers b, int j) {
        return oracle.holds(relation, a, i, b, j);
    }
}
