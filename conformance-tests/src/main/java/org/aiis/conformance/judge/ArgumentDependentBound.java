package org.aiis.conformance.judge;

import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.testing.Reference;

/** Bounds of exp, log, tanh and sigmoid, which grow with the argument. */
record ArgumentDependentBound(Tolerance.ArgumentDependent tolerance, FloatFormat format) implements Bound {
    @Override
    public double at(Reference.Value reference, int i, double argument) {
        double r = Math.abs(reference.real(i));
        double x = Math.abs(argument);
        double b = format.equals(FloatFormat.BINARY32) ? 3 : 1;
        double normal = Math.max(r, format.smallestNormal());
        double units =
                switch (tolerance.function()) {
                    case EXP -> growing(normal, b + 2 * x);
                    case LOG -> Math.max(5 * r, 0.5);
                    case TANH -> Math.max(4 * growing(r, b + 2 * x), 0.5);
                    case SIGMOID -> 2 * growing(normal, 1 + x);
                };
        return Math.max(2 * format.unitRoundoff() * units, tolerance.floor() * format.unitRoundoff());
    }

    /** At an infinite argument each of these functions has its limit exactly, so nothing may grow there. */
    private static double growing(double size, double factor) {
        return Double.isInfinite(factor) ? 0 : size * factor;
    }

    /** Close to 1 the logarithm comes within half an ulp of 1 of zero, so its bound applies at zero too. */
    @Override
    public boolean zeroIsExact(Reference.Value reference, int i) {
        return tolerance.function() != Tolerance.Function.LOG && Bound.super.zeroIsExact(reference, i);
    }
}
