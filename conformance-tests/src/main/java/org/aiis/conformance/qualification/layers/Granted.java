package org.aiis.conformance.qualification.layers;

import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;

/** The oracle's arithmetic that grants tanh and sigmoid another error than clause 4.3.5 does. */
record Granted(Arithmetic other, Grant grant) implements Relayed {
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
            function = other.unary(Unary.STORED, function);
        }
        Numbers sum = other.binary(Binary.ADD, function, other.constant(1, closer.size()));
        return other.refined(other.binary(Binary.ADD, sum, other.constant(-1, closer.size())), closer);
    }
}
