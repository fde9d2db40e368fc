package org.aiis.conformance.judge;

import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/** A reference that is a tensor and nothing more: outputs that a case states itself, or that another system gave. */
public record Given(Tensor rounded) implements Reference.Value {
    @Override
    public ElementType type() {
        return rounded.type();
    }

    @Override
    public Shape shape() {
        return rounded.shape();
    }

    @Override
    public double real(int i) {
        return rounded.real(i);
    }

    @Override
    public double low(int i) {
        return 0;
    }

    @Override
    public double sigma(int i) {
        return 0;
    }

    @Override
    public double magnitude(int i) {
        return Math.abs(real(i));
    }

    @Override
    public int factors(int i) {
        return 1;
    }
}
