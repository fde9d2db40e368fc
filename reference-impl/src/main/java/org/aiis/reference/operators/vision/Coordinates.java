package org.aiis.reference.operators.vision;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;

/**
 * What an error of coordinates does to what is found there, clause 4.3.5 of the standard: the results are calculated
 * again six sigmas of the coordinate to either side, and a third of the larger change is the sigma that it adds. Other
 * than a derivative, this sees the kinks of an interpolation, which are at the elements. A third and no sixth, because a
 * coordinate is common to whole rows, over which the root mean square of a tensor does not average.
 */
final class Coordinates {
    private static final double CLOSE = 6;
    private static final double SHARE = 3;

    private Coordinates() {}

    /** The same numbers as if they were exact. */
    static Numbers exact(Numbers coordinates) {
        return ((Reals) coordinates).withoutErrors();
    }

    /** For each result the sigma that the coordinates add; nothing where they are exact. */
    static double[] errors(Numbers coordinates, Numbers results, UnaryOperator<Numbers> found) {
        Reals at = (Reals) coordinates;
        double[] errors = new double[results.size()];
        for (int direction = -1; direction <= 1; direction += 2) {
            double[] moved = new double[at.size()];
            boolean any = false;
            for (int i = 0; i < moved.length; i++) {
                moved[i] = at.hi(i) + direction * CLOSE * at.sigma(i);
                any |= at.sigma(i) != 0;
            }
            if (any) {
                Reals there = (Reals) found.apply(Reals.own(moved));
                Arrays.setAll(errors, i -> larger(errors[i], there.hi(i) - ((Reals) results).hi(i)));
            }
        }
        return errors;
    }

    /** A change that is no number, from an infinity or NaN in the data, says nothing. */
    private static double larger(double error, double change) {
        return Double.isFinite(change) ? Math.max(error, Math.abs(change) / SHARE) : error;
    }
}
