package org.aiis.conformance.judge;

import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.testing.Reference;

/**
 * The limit on one of so many elements of a tensor of dot products: half an ulp for the last rounding, which nothing
 * exceeds, and a multiple of the σ of all others. The other two limits are {@link DotStatistics}'.
 */
record DotProductBound(int elements, FloatFormat format) implements Bound {
    static DotProductBound of(Reference.Value reference) {
        int elements = 0;
        for (int i = 0; i < reference.shape().size(); i++) {
            elements += reference.sigma(i) > 0 ? 1 : 0;
        }
        return new DotProductBound(elements, reference.type().format());
    }

    @Override
    public double at(Reference.Value reference, int i, double argument) {
        return reference.sigma(i) == 0 ? 0 : before(reference, i) + last(reference, i);
    }

    /** What all roundings but the last may come to. */
    double before(Reference.Value reference, int i) {
        double sigma = reference.sigma(i);
        double share = sigma == 0 ? 1 : format.ulp(reference.real(i)) / 2 / Math.sqrt(3) / sigma;
        return share < 1 ? DotStatistics.element(elements) * sigma * Math.sqrt(1 - share * share) : 0;
    }

    /** Half an ulp, of the largest number that may be rounded last. */
    double last(Reference.Value reference, int i) {
        return format.ulp(Math.min(Math.abs(reference.real(i)) + before(reference, i), format.largestFinite())) / 2;
    }

    @Override
    public boolean zeroIsExact(Reference.Value reference, int i) {
        return reference.sigma(i) == 0;
    }
}
