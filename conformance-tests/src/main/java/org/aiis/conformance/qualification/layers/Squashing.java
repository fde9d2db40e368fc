package org.aiis.conformance.qualification.layers;

import org.aiis.reference.arithmetic.Unary;
import org.aiis.spec.tensor.FloatFormat;

/** How an implementation calculates tanh or sigmoid of a number of a format. NaN, zeros and infinities are not asked for. */
@FunctionalInterface
interface Squashing {
    /** @param exact the result in binary64 or closer */
    double at(double x, double exact, FloatFormat f);

    /**
     * A way to calculate one of the two, while the other is rounded right.
     *
     * @param calculated whether it is a calculation, not an error put on the exact result
     */
    record Way(Unary function, String name, boolean calculated, Squashing squashing) {
        double at(Unary asked, double x, double exact, FloatFormat f) {
            return asked == function ? squashing.at(x, exact, f) : f.round(exact);
        }

        /** The operator that says whether the way is right. */
        String operator() {
            return function == Unary.TANH ? "Tanh" : "Sigmoid";
        }
    }
}
