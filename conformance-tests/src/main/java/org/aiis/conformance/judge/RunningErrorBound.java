package org.aiis.conformance.judge;

import org.aiis.spec.testing.Reference;

/** 6σ an element. The limit on a tensor's RMS is {@link ToleranceComparison}'s. */
record RunningErrorBound() implements Bound {
    /** From the experiment named in clause 4.3.7. */
    private static final double SIGMAS = 6;

    @Override
    public double at(Reference.Value reference, int i, double argument) {
        return SIGMAS * reference.sigma(i);
    }

    @Override
    public boolean zeroIsExact(Reference.Value reference, int i) {
        return reference.sigma(i) == 0;
    }
}
