package org.aiis.conformance.catalogue.operators;

import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Real factors of which no partial product, in whatever order, leaves the normal range of their type: the bound of the kind
 * product holds there alone (clause 4.3.3), since ONNX says neither in which order nor in which type a product is calculated.
 */
final class Factors {
    private static final double BINADE = StrictMath.log(2);

    private Factors() {}

    /**
     * Numbers of the family, brought as close to 1 as the longest product asks for.
     *
     * @param factors of the longest product
     */
    static Tensor of(Setting s, int factors, int... dims) {
        double[] drawn = s.tensor(dims).reals();
        double most = 0;
        for (double x : drawn) {
            most = x == 0 ? most : Math.max(most, Math.abs(StrictMath.log(Math.abs(x))));
        }
        FloatFormat format = s.type().format();
        // A binade at either end is left to the roundings.
        double range =
                Math.min(StrictMath.log(format.largestFinite()), -StrictMath.log(format.smallestNormal())) - BINADE;
        double power = range / (Math.max(1, factors) * most);
        for (int i = 0; i < drawn.length && power < 1; i++) {
            drawn[i] = Math.copySign(StrictMath.pow(Math.abs(drawn[i]), power), drawn[i]);
        }
        return Tensor.ofReals(s.type(), Shape.of(dims), drawn);
    }
}
