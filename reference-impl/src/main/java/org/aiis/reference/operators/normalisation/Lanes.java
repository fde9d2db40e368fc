package org.aiis.reference.operators.normalisation;

import java.util.Arrays;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Extremes;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;

/** The slices of a tensor along one axis, brought together and put back. */
final class Lanes {
    final int length;
    final int count;
    private final int[] order;

    private Lanes(int length, int count, int[] order) {
        this.length = length;
        this.count = count;
        this.order = order;
    }

    static Lanes of(Call call) {
        Value x = call.input(0);
        int[] dims = x.shape().toArray();
        int axis = Axes.axis(call, call.attributes().integer("axis"), dims.length);
        int inner = Axes.extent(dims, axis + 1, dims.length);
        int outer = Axes.extent(dims, 0, axis);
        int[] order = Walk.places(new int[] {outer, inner, dims[axis]}, new int[] {dims[axis] * inner, 1, inner}, 0);
        return new Lanes(dims[axis], outer * inner, order);
    }

    Numbers gather(Numbers x) {
        return x.gather(order);
    }

    Numbers scatter(Numbers lanes) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return lanes.gather(inverse);
    }

    int[] starts() {
        return Arithmetic.equalRuns(count, length);
    }

    /** One number a lane, repeated for each element of the lane. */
    Numbers repeat(Numbers x) {
        int[] at = new int[count * length];
        Arrays.setAll(at, i -> i / length);
        return x.gather(at);
    }

    /** The elements less the largest of their lane, which cancels out of the result and so counts as exact. */
    Numbers shifted(Call call, Numbers lanes) {
        if (lanes.size() == 0) {
            return lanes;
        }
        int[] identity = new int[lanes.size()];
        Arrays.setAll(identity, i -> i);
        int[] largest = Extremes.places(call.arithmetic(), Relation.GREATER, lanes, identity, starts());
        Reals maxima = ((Reals) lanes.gather(largest)).withoutErrors();
        return call.arithmetic().binary(Binary.SUB, lanes, repeat(maxima));
    }
}
