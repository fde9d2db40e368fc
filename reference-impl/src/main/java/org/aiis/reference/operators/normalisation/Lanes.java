package org.aiis.reference.operators.normalisation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Extremes;
import org.aiis.reference.operators.Walk;

/** The slices of a tensor along one axis or several, brought together and put back. */
final class Lanes {
    final int length;
    final int count;
    private final int[] order;

    private Lanes(int length, int count, int[] order) {
        this.length = length;
        this.count = count;
        this.order = order;
    }

    /** Slices of the first input along the axis that the attribute of this name gives. */
    static Lanes of(Call call) {
        int[] dims = call.input(0).shape().toArray();
        return over(dims, Axes.axis(call, call.attributes().integer("axis"), dims.length));
    }

    /** Slices along axes, which are sorted. */
    static Lanes over(int[] dims, int... axes) {
        int[] steps = Walk.steps(dims);
        boolean[] within = new boolean[dims.length];
        Arrays.stream(axes).forEach(axis -> within[axis] = true);
        int[] sequence = IntStream.concat(
                        IntStream.range(0, dims.length).filter(axis -> !within[axis]), Arrays.stream(axes))
                .toArray();
        int[] extents = Arrays.stream(sequence).map(axis -> dims[axis]).toArray();
        int[] order = Walk.places(
                extents, Arrays.stream(sequence).map(axis -> steps[axis]).toArray(), 0);
        int kept = dims.length - axes.length;
        return new Lanes(Axes.extent(extents, kept, dims.length), Axes.extent(extents, 0, kept), order);
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
        return x.gather(lanes());
    }

    /** The lane of each element. */
    int[] lanes() {
        int[] at = new int[count * length];
        Arrays.setAll(at, i -> i / length);
        return at;
    }

    /** The mean of each lane. */
    Numbers mean(Arithmetic arithmetic, Numbers lanes) {
        return arithmetic.binary(Binary.DIV, arithmetic.sums(lanes, starts()), arithmetic.constant(length, count));
    }

    /** The population variance of each lane, from the distances to the mean. */
    Numbers variance(Arithmetic arithmetic, Numbers lanes, Numbers mean) {
        Numbers distance = arithmetic.binary(Binary.SUB, lanes, repeat(mean));
        return mean(arithmetic, arithmetic.binary(Binary.MUL, distance, distance));
    }

    /**
     * The same, with the larger error of it and of E(x²) − E(x)², the form that the function bodies of ONNX give: it
     * cancels where the mean is large.
     */
    Numbers varianceOrBody(Arithmetic arithmetic, Numbers lanes, Numbers mean) {
        Numbers meanOfSquares = mean(arithmetic, arithmetic.binary(Binary.MUL, lanes, lanes));
        Numbers squareOfMean = arithmetic.binary(Binary.MUL, mean, mean);
        Reals body = (Reals) arithmetic.binary(Binary.SUB, meanOfSquares, squareOfMean);
        return ((Reals) variance(arithmetic, lanes, mean)).withLargerErrors(body);
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
