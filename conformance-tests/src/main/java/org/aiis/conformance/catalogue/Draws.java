package org.aiis.conformance.catalogue;

import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Tensors of float32 drawn from a seed. */
final class Draws {
    private Draws() {}

    static Tensor uniform(Seeded seeded, double low, double high, int... dims) {
        Tensor.Builder tensor = new Tensor.Builder(ElementType.FLOAT32, Shape.of(dims));
        for (int i = 0; i < Shape.of(dims).size(); i++) {
            tensor.setReal(i, seeded.between(low, high));
        }
        return tensor.build();
    }
}
