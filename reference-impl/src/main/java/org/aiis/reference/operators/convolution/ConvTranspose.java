package org.aiis.reference.operators.convolution;

import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Budget;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Windows;
import org.aiis.spec.tensor.Shape;

/**
 * Y[n, m, o] = Σ X[n, c, i]·W[c, m, k] + B[m] over all channels c of the group, elements i and taps k with
 * i·stride + k·dilation − pad = o. X [N, C, D…], W [C, M/group, k…], B [M].
 *
 * <p>An element that no tap reaches is the bias alone. output_shape, or auto_pad SAME, gives the pads: the smaller half
 * at the beginning with SAME_UPPER, at the end otherwise; a negative total counts as 0. σ is the running error. Source:
 * ONNX operator text of opset 11, 22.
 */
public final class ConvTranspose implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T W:T B?:T -> Y:T")
                .type("T", opset < 22 ? Types.IEEE : Types.FLOAT)
                .words(Attribute.of("auto_pad", "NOTSET"), "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID")
                .attribute(Attribute.of("group", 1))
                .optional("dilations", AttributeType.INTS)
                .optional("kernel_shape", AttributeType.INTS)
                .optional("output_padding", AttributeType.INTS)
                .optional("output_shape", AttributeType.INTS)
                .optional("pads", AttributeType.INTS)
                .optional("strides", AttributeType.INTS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Shape x = call.input(0).shape();
        Shape w = call.input(1).shape();
        int groups = Patches.groups(call, 0);
        if (w.dim(0) != x.dim(1)) {
            throw call.refusal("W of shape " + w + " does not fit " + x.dim(1) + " channels");
        }
        long maps = (long) w.dim(1) * groups;
        Patches.checkBias(call, 2, maps);
        Layout layout = Layout.of(call, x, Patches.kernel(call));
        long[] shape = x.toLongs();
        Arrays.setAll(shape, axis -> axis == 0 ? x.dim(0) : axis == 1 ? maps : layout.output[axis - 2]);
        Shape result = call.shape(shape);
        int taps = Axes.extent(w.toArray(), 2, w.rank());
        return List.of(new Patches(call, groups)
                .sums(call.input(1).numbers().gather(rows(w, groups, taps)), layout.places(call, taps), taps, result));
    }

    /** W as one matrix [M/group, channels · taps] a group. */
    private static int[] rows(Shape w, int groups, int taps) {
        int channels = w.dim(0) / groups;
        int maps = w.dim(1);
        int[] at = new int[w.size()];
        for (int i = 0; i < at.length; i++) {
            int tap = i % taps;
            int channel = i / taps % channels;
            int map = i / taps / channels % maps;
            int group = i / taps / channels / maps;
            at[i] = ((group * channels + channel) * maps + map) * taps + tap;
        }
        return at;
    }

    /** Extents and pads of the spatial axes. */
    private static final class Layout {
        private final int[] input;
        private final int[] kernel;
        private final long[] strides;
        private final long[] dilations;
        private final long[] front;
        private final long[] output;

        Layout(int[] input, int[] kernel, long[] strides, long[] dilations, long[] front, long[] output) {
            this.input = input;
            this.kernel = kernel;
            this.strides = strides;
            this.dilations = dilations;
            this.front = front;
            this.output = output;
        }

        static Layout of(Call call, Shape x, long[] kernel) {
            int axes = kernel.length;
            long[] strides = Windows.list(call, "strides", axes, 1);
            long[] dilations = Windows.list(call, "dilations", axes, 1);
            long[] extra = Windows.list(call, "output_padding", axes, 0);
            long[] pads = Windows.list(call, "pads", 2 * axes, 0);
            long[] asked = Windows.list(call, "output_shape", axes, 0);
            String auto = call.attributes().word("auto_pad");
            if (!auto.equals("NOTSET") && call.attributes().has("pads")) {
                throw call.refusal("both pads and auto_pad are given");
            }
            boolean given = call.attributes().has("output_shape");
            long[] output = new long[axes];
            for (int axis = 0; axis < axes; axis++) {
                long input = x.dim(axis + 2);
                if (kernel[axis] < 1 || extra[axis] >= Math.max(strides[axis], dilations[axis])) {
                    throw call.refusal("kernel extent " + kernel[axis] + " with output_padding " + extra[axis]);
                }
                long whole = strides[axis] * (input - 1) + extra[axis] + (kernel[axis] - 1) * dilations[axis] + 1;
                if (given || auto.startsWith("SAME")) {
                    output[axis] = given ? asked[axis] : input * strides[axis];
                    long total = Math.max(0, whole - output[axis]);
                    pads[axis] = auto.equals("SAME_UPPER") ? total / 2 : total - total / 2;
                } else {
                    output[axis] = whole - pads[axis] - pads[axis + axes];
                }
                if (output[axis] < 0 || output[axis] > Budget.LARGEST_TENSOR) {
                    throw call.refusal("an output of " + output[axis] + " elements along axis " + axis);
                }
            }
            int[] dims = x.toArray();
            return new Layout(
                    Arrays.copyOfRange(dims, 2, dims.length),
                    Arrays.stream(kernel).mapToInt(Math::toIntExact).toArray(),
                    strides,
                    dilations,
                    pads,
                    output);
        }

        int[] places(Call call, int taps) {
            int positions = call.shape(output).size();
            int[] places = new int[call.shape(positions, taps).size()];
            for (int i = 0; i < places.length; i++) {
                places[i] = place(i / taps, i % taps);
            }
            return places;
        }

        /** The element that a tap carries to an output position, or a negative number. */
        private int place(int position, int tap) {
            int place = 0;
            int step = 1;
            int restOfPosition = position;
            int restOfTap = tap;
            for (int axis = input.length - 1; axis >= 0; axis--) {
                long at = restOfPosition % output[axis] + front[axis] - restOfTap % kernel[axis] * dilations[axis];
                restOfPosition = (int) (restOfPosition / output[axis]);
                restOfTap /= kernel[axis];
                if (at < 0 || at % strides[axis] != 0 || at / strides[axis] >= input[axis]) {
                    return Windows.PADDING;
                }
                place += (int) (at / strides[axis]) * step;
                step *= input[axis];
            }
            return place;
        }
    }
}
