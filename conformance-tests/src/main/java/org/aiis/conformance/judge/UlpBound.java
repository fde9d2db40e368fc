package org.aiis.conformance.judge;

import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.testing.Reference;

/** K·ulp(r), and no less than the floor in half-ulps of 1. */
record UlpBound(Tolerance.Ulp tolerance, FloatFormat format) implements Bound {
    @Override
    public double at(Reference.Value reference, int i, double argument) {
        return Math.max(tolerance.k() * format.ulp(reference.real(i)), tolerance.floor() * format.unitRoundoff());
    }
}
