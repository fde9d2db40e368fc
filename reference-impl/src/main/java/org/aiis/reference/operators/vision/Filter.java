package org.aiis.reference.operators.vision;

import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Unary;

/**
 * What an element weighs at a distance: a polynomial of the distance on [0, 1] and one on (1, 2), 0 beyond. Linear is
 * 1 − d. Cubic is equation (4) of Keys (1981), with the coefficient a.
 */
public final class Filter {
    private final int reach;
    private final double[] near;
    private final double[] far;

    private Filter(int reach, double[] near, double[] far) {
        this.reach = reach;
        this.near = near;
        this.far = far;
    }

    public static Filter linear() {
        return new Filter(1, new double[] {1, -1}, new double[2]);
    }

    public static Filter cubic(double a) {
        return new Filter(2, new double[] {1, 0, -(a + 3), a + 2}, new double[] {-4 * a, 8 * a, -5 * a, a});
    }

    /** The distance from which on all weights are 0. */
    public int reach() {
        return reach;
    }

    /** By Horner's rule; distances of either sign, none beyond the reach but for rounding. */
    Numbers weights(Arithmetic arithmetic, Numbers distances) {
        Numbers d = arithmetic.unary(Unary.ABS, distances);
        Numbers result = coefficients(d, near.length - 1);
        for (int power = near.length - 2; power >= 0; power--) {
            result = arithmetic.binary(Binary.ADD, arithmetic.binary(Binary.MUL, result, d), coefficients(d, power));
        }
        return result;
    }

    private Numbers coefficients(Numbers distances, int power) {
        double[] chosen = new double[distances.size()];
        for (int i = 0; i < chosen.length; i++) {
            double d = ((Reals) distances).hi(i);
            chosen[i] = d <= 1 ? near[power] : d < reach ? far[power] : 0;
        }
        return Reals.own(chosen);
    }
}
