package org.aiis.conformance.judge;

import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.testing.Reference;

/** How far an element may lie from its reference: B of clause 4.3 in the operators chapter. */
sealed interface Bound
        permits ExactBound, UlpBound, ArgumentDependentBound, RunningErrorBound, DotProductBound, ProductBound {
    /**
     * B for one element.
     *
     * @param argument the argument x of a function of one argument; not read by the other kinds
     */
    double at(Reference.Value reference, int i, double argument);

    /**
     * Whether a zero reference asks for an exact zero. A reference for float64 that underflowed is a zero too, and is not
     * exact; there the bound, a few of the smallest subnormals, decides.
     */
    default boolean zeroIsExact(Reference.Value reference, int i) {
        return reference.magnitude(i) == 0 && reference.type() != ElementType.FLOAT64;
    }

    static Bound of(Tolerance tolerance, Reference.Value reference) {
        FloatFormat format = reference.type().format();
        if (tolerance instanceof Tolerance.Ulp ulp) {
            return new UlpBound(ulp, format);
        }
        if (tolerance instanceof Tolerance.ArgumentDependent dependent) {
            return new ArgumentDependentBound(dependent, format);
        }
        if (tolerance instanceof Tolerance.RunningError) {
            return new RunningErrorBound();
        }
        if (tolerance instanceof Tolerance.DotProduct) {
            return DotProductBound.of(reference);
        }
        if (tolerance instanceof Tolerance.Product) {
            return new ProductBound(format);
        }
        return new ExactBound();
    }
}
