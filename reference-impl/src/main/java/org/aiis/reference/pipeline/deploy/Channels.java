package org.aiis.reference.pipeline.deploy;

import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Weights in int8, symmetric about 0: the largest of each channel is 127 steps. −128 is not used, as fused kernels ask.
 *
 * @param quantised int8, of the shape of the weights
 * @param scales float32 {@code [channels]}
 */
record Channels(Tensor quantised, Tensor scales) {
    private static final int LAST = 127;

    /** Weights by the channels that an axis counts. */
    static Channels of(Tensor weights, int axis) {
        int many = weights.shape().dim(axis);
        int inner = 1;
        for (int d = axis + 1; d < weights.shape().rank(); d++) {
            inner *= weights.shape().dim(d);
        }
        double[] largest = new double[many];
        for (int i = 0; i < weights.size(); i++) {
            int channel = i / inner % many;
            largest[channel] = Math.max(largest[channel], Math.abs(weights.real(i)));
        }
        Tensor.Builder scales = new Tensor.Builder(ElementType.FLOAT32, Shape.of(many));
        for (int c = 0; c < many; c++) {
            // A subnormal scale would not survive systems that flush; such weights are as good as none.
            double scale = (float) (largest[c] / LAST);
            scales.setReal(c, scale < Float.MIN_NORMAL ? 1 : scale);
        }
        Tensor built = scales.build();
        Tensor.Builder steps = new Tensor.Builder(ElementType.INT8, weights.shape());
        for (int i = 0; i < weights.size(); i++) {
            double step = Math.rint(weights.real(i) / built.real(i / inner % many));
            steps.setBits(i, (long) Math.max(-LAST, Math.min(LAST, step)) & 0xFF);
        }
        return new Channels(steps.build(), built);
    }
}
