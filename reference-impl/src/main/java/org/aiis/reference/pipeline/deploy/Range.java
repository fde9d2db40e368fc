package org.aiis.reference.pipeline.deploy;

import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * The values that 256 steps of uint8 reach: {@code (step − zero) · scale}. Zero is one of them exactly, so that padding and rectifiers are
 * not off.
 *
 * @param scale of one step, a float32
 * @param zero the step that means 0
 */
record Range(double scale, int zero) {
    private static final int LAST = 255;

    static Range of(double low, double high) {
        double least = Math.min(0, low);
        double most = Math.max(0, high);
        double scale = (float) ((most - least) / LAST);
        if (!(scale > 0) || Double.isInfinite(scale)) {
            return new Range(1, 0);
        }
        return new Range(scale, (int) Math.max(0, Math.min(LAST, Math.rint(-least / scale))));
    }

    Tensor scaleTensor() {
        return Tensor.ofReals(ElementType.FLOAT32, Shape.SCALAR, scale);
    }

    Tensor zeroTensor() {
        Tensor.Builder value = new Tensor.Builder(ElementType.UINT8, Shape.SCALAR);
        value.setBits(0, zero);
        return value.build();
    }
}
