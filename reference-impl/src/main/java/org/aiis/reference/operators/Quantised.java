package org.aiis.reference.operators;

import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * A tensor of a quantised type, with what its elements were before they were rounded: near a tie a right implementation
 * may round to either side. What comes after goes on with the rounded numbers.
 */
record Quantised(ElementType type, Shape shape, Numbers numbers, Reals exact) implements Value {
    @Override
    public Numbers unrounded() {
        return exact;
    }

    @Override
    public Tensor tensor() {
        return new Computed(type, shape, numbers).tensor();
    }

    @Override
    public Value reshaped(Shape other) {
        return new Quantised(type, other, numbers, exact);
    }

    @Override
    public Value gather(int[] at, Shape other) {
        return new Quantised(type, other, numbers.gather(at), exact.gather(at));
    }
}
