package org.aiis.reference.operators.attention;

import java.util.Arrays;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.operators.Broadcast;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * What is added to the scores [batch, heads, queries, keys]: attn_mask, and −∞ where a key may not be attended because of a
 * boolean mask, is_causal, a window, or its place behind nonpad_kv_seqlen.
 */
final class Bias {
    private static final int MASK = 3;
    private static final int NONPAD = 6;

    private final Call call;
    private final Shape shape;
    private final long[] offset;
    private final long[] valid;

    private Bias(Call call, Shape shape, int past) {
        this.call = call;
        this.shape = shape;
        this.offset = new long[shape.dim(0)];
        this.valid = new long[shape.dim(0)];
        Arrays.fill(offset, past);
        Arrays.fill(valid, shape.dim(3));
        if (call.has(NONPAD)) {
            nonpad();
        }
    }

    /** Of scores of that shape, with so many keys before those of the queries. */
    static Numbers of(Call call, Shape shape, int past) {
        Bias bias = new Bias(call, shape, past);
        double[] all = bias.mask();
        bias.forbid(all);
        return Reals.own(all);
    }

    private void nonpad() {
        Value lengths = call.input(NONPAD);
        if (!lengths.shape().equals(Shape.of(shape.dim(0)))) {
            throw call.refusal("nonpad_kv_seqlen has shape " + lengths.shape() + ", must have one element a sample");
        }
        for (int b = 0; b < valid.length; b++) {
            valid[b] = lengths.longs()[b];
            if (valid[b] < 0 || valid[b] > shape.dim(3)) {
                throw call.refusal("nonpad_kv_seqlen holds " + valid[b] + ", there are " + shape.dim(3) + " keys");
            }
            offset[b] = valid[b] - shape.dim(2);
        }
    }

    /** attn_mask with −∞ for false, and behind the keys that it has where the version allows it to be shorter. */
    private double[] mask() {
        if (!call.has(MASK)) {
            return new double[shape.size()];
        }
        Value mask = call.input(MASK);
        int rank = mask.shape().rank();
        if (rank > 4 || rank == 0 && call.opset() >= 24) {
            throw call.refusal("attn_mask has rank " + rank);
        }
        int keys = rank == 0 ? 1 : mask.shape().dim(rank - 1);
        Value padded = call.opset() >= 24 && keys < shape.dim(3) ? padded(mask, keys) : mask;
        return reals(padded.type(), Broadcast.to(call, shape, padded).numbers());
    }

    private Value padded(Value mask, int keys) {
        int all = shape.dim(3);
        long[] dims = mask.shape().toLongs();
        dims[dims.length - 1] = all;
        Shape longer = call.shape(dims);
        double[] given = reals(mask.type(), mask.numbers());
        double[] values = new double[longer.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % all < keys ? given[i / all * keys + i % all] : Double.NEGATIVE_INFINITY;
        }
        return Value.of(ElementType.FLOAT64, longer, Reals.own(values));
    }

    private static double[] reals(ElementType type, Numbers numbers) {
        double[] values = new double[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers instanceof Reals reals
                    ? reals.hi(i)
                    : type == ElementType.BOOL
                            ? ((Integers) numbers).at(i) == 0 ? Double.NEGATIVE_INFINITY : 0
                            : ((Integers) numbers).at(i);
        }
        return values;
    }

    private void forbid(double[] bias) {
        long left = call.opset() < 25 ? -1 : window("left_window_size");
        long right = call.opset() < 25 ? -1 : window("right_window_size");
        boolean causal = call.attributes().flag("is_causal");
        int queries = shape.dim(2);
        int keys = shape.dim(3);
        for (int i = 0; i < bias.length; i++) {
            int b = i / (shape.dim(1) * queries * keys);
            long position = i / keys % queries + offset[b];
            long key = i % keys;
            if (key >= valid[b]
                    || causal && key > position
                    || left >= 0 && key < position - left
                    || right >= 0 && key > position + right) {
                bias[i] += Double.NEGATIVE_INFINITY;
            }
        }
    }

    private long window(String name) {
        long size = call.attributes().integer(name);
        if (size < -1 || size > Integer.MAX_VALUE) {
            throw call.refusal(name + " is " + size);
        }
        return size;
    }
}
