package org.aiis.conformance.judge;

import org.aiis.spec.testing.Reference;

/** So many σ an element: 6, or of the spread of a whole model. The limit on a tensor's RMS is {@link ToleranceComparison}'s. */
record RunningErrorBound(double sigmas) implements Bound {
    /** From the experiment named in clause 4.3.7. */
    static final double SIGMAS = 6;

    /** C of the kind relative to sensitivity, from the experiment named in clause 4.3.7. */
    static final double SPREADS = 16;

    /** N of that kind: evaluations in which every result is rounded at random. */
    static final int RUNS = 16;

    @Override
    public double at(Reference.Value reference, int i, double argument) {
        return sigmas * reference.sigma(i);
    }

    @Override
    public boolean zeroIsExact(Reference.Value reference, int i) {
        return reference.sigma(i) == 0;
    }
}
