package org.aiis.reference.operators.convolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * Sums over the channels of a group and the taps of a kernel, as one matrix product for each image and group. Rows of
 * the right matrix are channel · taps + tap, columns are output positions; a tap in the padding is no term.
 */
final class Patches {
    private final Call call;
    private final int groups;
    private final int images;
    private final int channels;
    private final int extent;

    /** Of input 0, [N, C, D…]. */
    Patches(Call call, int groups) {
        int[] dims = call.input(0).shape().toArray();
        this.call = call;
        this.groups = groups;
        this.images = dims[0];
        this.channels = dims[1] / groups;
        this.extent = Axes.extent(dims, 2, dims.length);
    }

    /**
     * The result of a shape [N, M, O…].
     *
     * @param rows weights as one matrix [M / group, channels · taps] after the other, a group each
     * @param places of each position and tap the element of a channel, negative where there is none
     */
    Value sums(Numbers rows, int[] places, int taps, Shape shape) {
        int positions = Axes.extent(shape.toArray(), 2, shape.rank());
        int maps = shape.dim(1) / groups;
        int terms = channels * taps;
        call.spend((long) shape.size() * terms);
        Value x = call.input(0);
        Numbers padded = Numbers.join(List.of(x.numbers(), call.arithmetic().constant(0, 1)));
        List<Numbers> results = new ArrayList<>();
        for (int i = 0; i < images * groups; i++) {
            int group = i % groups;
            Matrix patches = patches(padded, places, i * channels, taps, positions);
            Matrix weights = Matrix.rowMajor(rows, group * maps * terms, maps, terms);
            results.add(call.arithmetic().dots(weights, patches, bias(call, group * maps, maps, positions)));
        }
        Numbers all = results.isEmpty() ? call.arithmetic().constant(0, 0) : Numbers.join(results);
        return Value.of(x.type(), shape, all);
    }

    /** The matrix of one image and group; padding reads the zero behind the input. */
    private Matrix patches(Numbers padded, int[] places, int firstChannel, int taps, int positions) {
        int[] at = new int[call.shape(channels, taps, positions).size()];
        BitSet absent = new BitSet();
        for (int row = 0; row < channels * taps; row++) {
            int base = (firstChannel + row / taps) * extent;
            for (int position = 0; position < positions; position++) {
                int place = places[position * taps + row % taps];
                at[row * positions + position] = place < 0 ? padded.size() - 1 : base + place;
                if (place < 0) {
                    absent.set(row * positions + position);
                }
            }
        }
        return Matrix.padded(padded.gather(at), channels * taps, positions, absent);
    }

    /** The addend of each map and position, from the optional input B; it comes last into each sum. */
    static Numbers bias(Call call, int input, int first, int maps, int positions) {
        if (!call.has(input)) {
            return call.arithmetic().constant(0, 0);
        }
        int[] at = new int[maps * positions];
        Arrays.setAll(at, i -> first + i / positions);
        return call.input(input).numbers().gather(at);
    }

    private Numbers bias(Call of, int first, int maps, int positions) {
        return bias(of, 2, first, maps, positions);
    }

    /** The kernel of W [·, ·, k…], once kernel_shape, where given, is the same. */
    static long[] kernel(Call call) {
        Shape w = call.input(1).shape();
        long[] kernel = Arrays.copyOfRange(w.toLongs(), 2, w.rank());
        if (call.attributes().has("kernel_shape")
                && !Arrays.equals(call.attributes().integers("kernel_shape"), kernel)) {
            throw call.refusal("kernel_shape is not that of W, which has shape " + w);
        }
        return kernel;
    }

    /** Refuses X and W of unequal rank or below 3, and a number of groups that does not divide both. */
    static int groups(Call call, int maps) {
        Shape x = call.input(0).shape();
        Shape w = call.input(1).shape();
        long groups = call.attributes().integer("group");
        if (x.rank() < 3 || w.rank() != x.rank()) {
            throw call.refusal("X has shape " + x + " and W " + w + ", must have one rank of at least 3");
        }
        if (groups < 1 || groups > Integer.MAX_VALUE || x.dim(1) % groups != 0 || maps % groups != 0) {
            throw call.refusal(groups + " groups of " + x.dim(1) + " channels and " + maps + " maps");
        }
        return (int) groups;
    }

    /** Refuses an input B whose shape is not [M]. */
    static void checkBias(Call call, int input, long maps) {
        if (call.has(input) && !call.input(input).shape().equals(call.shape(maps))) {
            throw call.refusal("B has shape " + call.input(input).shape() + ", must be [" + maps + "]");
        }
    }
}
