package org.aiis.conformance.judge;

import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.testing.Reference;

/** max(|r|, Nmin)·((1 + u)^n − 1), n the number of factors. */
record ProductBound(FloatFormat format) implements Bound {
    @Override
    public double at(Reference.Value reference, int i, double argument) {
        double growth = StrictMath.expm1(reference.factors(i) * StrictMath.log1p(format.unitRoundoff()));
        return Math.max(Math.abs(reference.real(i)), format.smallestNormal()) * growth;
    }
}
