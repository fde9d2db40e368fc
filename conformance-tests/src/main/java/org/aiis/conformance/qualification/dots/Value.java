package org.aiis.conformance.qualification.dots;

import org.aiis.reference.arithmetic.Reals;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/** The oracle's numbers as the judge reads them. */
record Value(ElementType type, Reals reals) implements Reference.Value {
    @Override
    public Shape shape() {
        return Shape.of(reals.size());
    }

    @Override
    public Tensor rounded() {
        double[] values = new double[reals.size()];
        java.util.Arrays.setAll(values, reals::hi);
        return Tensor.ofReals(type, shape(), values);
    }

    @Override
    public double real(int i) {
        return reals.hi(i);
    }

    @Override
    public double low(int i) {
        return reals.lo(i);
    }

    @Override
    public double sigma(int i) {
        return reals.sigma(i);
    }

    @Override
    public double magnitude(int i) {
        return reals.magnitude(i);
    }

    @Override
    public int factors(int i) {
        return 1;
    }

    /** How far a result is off. */
    double error(double[] y, int i) {
        return y[i] == real(i) ? low(i) : y[i] - real(i) - low(i);
    }
}
