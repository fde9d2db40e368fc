package org.aiis.reference.operators.quantisation;

import java.util.Arrays;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.spec.tensor.Shape;

/**
 * Which of several scales an element has: one for all, one for each index of an axis, or one for each block along an axis.
 */
final class Granularity {
    private Granularity() {}

    /** For each element of x its place in the scale; refuses shapes that do not fit. */
    static int[] places(Call call, Shape x, Shape scale) {
        long block = call.attributes().has("block_size") ? call.attributes().integer("block_size") : 0;
        if (block < 0) {
            throw call.refusal("block_size " + block);
        }
        if (scale.rank() == 0 || block == 0 && scale.rank() == 1 && scale.size() == 1) {
            return new int[x.size()];
        }
        int axis = Axes.axis(call, call.attributes().integer("axis"), x.rank());
        int[] dims = x.toArray();
        if (block == 0) {
            if (!scale.equals(Shape.of(dims[axis]))) {
                throw call.refusal("a scale of shape " + scale + " for axis " + axis + " of x of shape " + x);
            }
            int inner = Axes.extent(dims, axis + 1, dims.length);
            int[] at = new int[x.size()];
            Arrays.setAll(at, i -> i / inner % dims[axis]);
            return at;
        }
        int[] blocks = dims.clone();
        blocks[axis] = dims[axis] == 0 ? 0 : (int) ((dims[axis] - 1) / block) + 1;
        if (!scale.equals(Shape.of(blocks))) {
            throw call.refusal("a scale of shape " + scale + " for blocks of " + block + " along axis " + axis
                    + " of x of shape " + x);
        }
        int[] steps = Walk.steps(blocks);
        int along = steps[axis];
        steps[axis] = 0;
        int[] at = Walk.places(dims, steps, 0);
        int inner = Axes.extent(dims, axis + 1, dims.length);
        for (int i = 0; i < at.length; i++) {
            at[i] += (int) (i / inner % dims[axis] / block) * along;
        }
        return at;
    }

    /** The zero points, which have the shape of the scale; zeros where they are left out. */
    static Value zeroPoints(Call call, int input, Shape scale, Value zero) {
        if (!call.has(input)) {
            return zero.gather(new int[scale.size()], scale);
        }
        Shape found = call.input(input).shape();
        boolean single = found.size() == 1 && found.rank() <= 1 && scale.size() == 1 && scale.rank() <= 1;
        if (!found.equals(scale) && !single) {
            throw call.refusal("zero points of shape " + found + " for scales of shape " + scale);
        }
        return call.input(input);
    }
}
