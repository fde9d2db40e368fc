package org.aiis.reference.operators.vision;

import java.util.Arrays;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;

/** Resamples all lines along an axis with the same weights. An element of weight 0 is no term. */
record Lines(
        Call call, Arithmetic weighing, Arithmetic summing, Filter filter, boolean antialias, boolean excludeOutside) {

    /** The weights of one line: for each result the elements, and what they weigh. */
    private static final class Weighed {
        private final int[] index;
        private final int[] starts;
        private final Numbers weights;

        Weighed(int[] index, int[] starts, Numbers weights) {
            this.index = index;
            this.starts = starts;
            this.weights = weights;
        }
    }

    /** The lines at coordinates, with the errors that those of the coordinates make. */
    Numbers resampled(Numbers x, int[] dims, int axis, Numbers coordinates, Numbers scale) {
        int inner = Axes.extent(dims, axis + 1, dims.length);
        int outer = Axes.extent(dims, 0, axis);
        int length = dims[axis];
        Numbers results = at(x, outer, inner, length, Coordinates.exact(coordinates), scale);
        Numbers own = ((Reals) x).withoutErrors();
        Lines moving =
                new Lines(call, weighing.withoutErrors(), summing.withoutErrors(), filter, antialias, excludeOutside);
        double[] errors =
                Coordinates.errors(coordinates, results, moved -> moving.at(own, outer, inner, length, moved, scale));
        return ((Reals) results).withMoreErrors(errors);
    }

    private Numbers at(Numbers x, int outer, int inner, int length, Numbers coordinates, Numbers scale) {
        Weighed line = weighed(coordinates, length, scale);
        int resized = coordinates.size();
        int count = line.index.length;
        int size = call.shape(outer, inner, count).size();
        int[] terms = new int[size];
        int[] factors = new int[size];
        int[] starts = new int[outer * resized * inner + 1];
        int at = 0;
        for (int i = 0; i < starts.length - 1; i++) {
            int result = i / inner % resized;
            int base = i / inner / resized * length * inner + i % inner;
            for (int k = line.starts[result]; k < line.starts[result + 1]; k++) {
                terms[at] = base + line.index[k] * inner;
                factors[at++] = k;
            }
            starts[i + 1] = at;
        }
        Numbers products = summing.binary(Binary.MUL, line.weights.gather(factors), x.gather(terms));
        return summing.sums(products, starts);
    }

    private Weighed weighed(Numbers coordinates, int length, Numbers scale) {
        double factor = ((Reals) scale).hi(0);
        boolean stretched = antialias && factor < 1;
        double reach = stretched ? filter.reach() / factor : filter.reach();
        call.shape(coordinates.size(), (long) Math.min(2 * reach + 2, Integer.MAX_VALUE));
        int[] from = new int[coordinates.size()];
        int[] taps = new int[coordinates.size() + 1];
        for (int i = 0; i < from.length; i++) {
            double c = ((Reals) coordinates).hi(i);
            from[i] = ((int) Math.floor(c - reach)) + 1;
            int to = ((int) Math.ceil(c + reach)) - 1;
            if (excludeOutside) {
                from[i] = Math.max(0, from[i]);
                to = Math.min(length - 1, to);
            }
            taps[i + 1] = taps[i] + Math.max(0, to - from[i] + 1);
        }
        int[] owner = new int[taps[from.length]];
        double[] index = new double[owner.length];
        for (int i = 0; i < from.length; i++) {
            for (int k = taps[i]; k < taps[i + 1]; k++) {
                owner[k] = i;
                index[k] = from[i] + k - taps[i];
            }
        }
        Numbers distances = weighing.binary(Binary.SUB, coordinates.gather(owner), Reals.own(index));
        if (stretched) {
            distances = weighing.binary(Binary.MUL, distances, scale.gather(new int[owner.length]));
        }
        Numbers weights = filter.weights(weighing, distances);
        if (stretched || excludeOutside) {
            weights = weighing.binary(
                    Binary.DIV, weights, weighing.sums(weights, taps).gather(owner));
        }
        return present(index, taps, weights, length);
    }

    /** Without the elements that weigh nothing; those beyond an end are copies of the outer one. */
    private static Weighed present(double[] index, int[] taps, Numbers weights, int length) {
        int[] kept = new int[index.length];
        int[] place = new int[index.length];
        int[] starts = new int[taps.length];
        int count = 0;
        for (int i = 0; i < taps.length - 1; i++) {
            for (int k = taps[i]; k < taps[i + 1]; k++) {
                if (((Reals) weights).hi(k) != 0) {
                    kept[count] = k;
                    place[count++] = (int) Math.max(0, Math.min(index[k], length - 1));
                }
            }
            starts[i + 1] = count;
        }
        return new Weighed(Arrays.copyOf(place, count), starts, weights.gather(Arrays.copyOf(kept, count)));
    }
}
