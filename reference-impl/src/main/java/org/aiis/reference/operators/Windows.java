package org.aiis.reference.operators;

import java.util.Arrays;

/**
 * The windows that convolution and pooling slide over spatial axes: for each output position and each tap the place in
 * one channel of the input.
 *
 * <p>Extents as ONNX gives them: floor or ceil of (input + pads − reach) / stride, plus 1, where reach =
 * (kernel − 1)·dilation + 1; SAME gives ceil(input / stride) with the odd padding at the end (UPPER) or the beginning
 * (LOWER). With ceil_mode a window that would begin behind the input and its front padding is left out: so says ONNX's
 * text from version 22 on. Before, text and shape inference keep it and ReferenceEvaluator leaves it out, so that no case
 * shows one. With VALID ceil_mode changes nothing: ceil((room + 1) / stride) is floor(room / stride) + 1.
 */
public final class Windows {
    /** A tap in the padding. */
    public static final int PADDING = -1;
    /** A tap behind the padding, where only ceil_mode leads. */
    public static final int OUTSIDE = -2;

    private final int[] input;
    private final int[] kernel;
    private final long[] strides;
    private final long[] dilations;
    private final long[] pads;
    private final int[] output;

    private Windows(int[] input, int[] kernel, long[] strides, long[] dilations, long[] pads, int[] output) {
        this.input = input;
        this.kernel = kernel;
        this.strides = strides;
        this.dilations = dilations;
        this.pads = pads;
        this.output = output;
    }

    /** Reads the attributes of a node; refuses lists of the wrong length and values out of range. */
    public static Windows of(Call call, int[] input, long[] kernel) {
        int axes = input.length;
        long[] strides = list(call, "strides", axes, 1);
        long[] dilations = list(call, "dilations", axes, 1);
        long[] pads = list(call, "pads", 2 * axes, 0);
        String auto = call.attributes().has("auto_pad") ? call.attributes().word("auto_pad") : "NOTSET";
        boolean ceil = auto.equals("NOTSET")
                && call.attributes().has("ceil_mode")
                && call.attributes().flag("ceil_mode");
        if (!auto.equals("NOTSET") && call.attributes().has("pads")) {
            throw call.refusal("both pads and auto_pad are given");
        }
        int[] output = new int[axes];
        for (int axis = 0; axis < axes; axis++) {
            if (kernel[axis] < 1 || kernel[axis] > Budget.LARGEST_TENSOR) {
                throw call.refusal("kernel extent " + kernel[axis]);
            }
            long reach = (kernel[axis] - 1) * dilations[axis] + 1;
            if (auto.startsWith("SAME")) {
                long extent = -Math.floorDiv(-(long) input[axis], strides[axis]);
                long total = Math.max(0, (extent - 1) * strides[axis] + reach - input[axis]);
                pads[axis] = auto.equals("SAME_UPPER") ? total / 2 : total - total / 2;
                pads[axis + axes] = total - pads[axis];
            }
            long room = input[axis] + pads[axis] + pads[axis + axes] - reach;
            if (room < 0) {
                throw call.refusal("the kernel reaches over " + reach + " elements of axis " + axis + ", there are "
                        + (room + reach));
            }
            long extent = (ceil ? -Math.floorDiv(-room, strides[axis]) : room / strides[axis]) + 1;
            if (ceil && (extent - 1) * strides[axis] >= input[axis] + pads[axis]) {
                extent--;
            }
            output[axis] = (int) Math.min(extent, Integer.MAX_VALUE);
        }
        return new Windows(
                input, Arrays.stream(kernel).mapToInt(Math::toIntExact).toArray(), strides, dilations, pads, output);
    }

    /** An attribute that lists a number for each axis, or twice as many; {@code least} where it is left out. */
    public static long[] list(Call call, String name, int length, long least) {
        long[] values = new long[length];
        Arrays.fill(values, least);
        if (call.attributes().has(name)) {
            values = call.attributes().integers(name);
            if (values.length != length) {
                throw call.refusal(name + " has " + values.length + " elements, must have " + length);
            }
            for (long value : values) {
                if (value < least || value > Budget.LARGEST_TENSOR) {
                    throw call.refusal(name + " has the element " + value);
                }
            }
        }
        return values;
    }

    /** Extents of the output. */
    public int[] output() {
        return output.clone();
    }

    public int positions() {
        return Axes.extent(output, 0, output.length);
    }

    public int taps() {
        return Axes.extent(kernel, 0, kernel.length);
    }

    /** The places of all taps of all positions, position by position; PADDING or OUTSIDE where there is no element. */
    public int[] places(Call call) {
        call.shape(positions(), taps());
        int[] places = new int[positions() * taps()];
        int[] position = new int[input.length];
        int[] tap = new int[input.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = place(position, tap);
            if (advance(tap, kernel)) {
                advance(position, output);
            }
        }
        return places;
    }

    private int place(int[] position, int[] tap) {
        int place = 0;
        int missing = 0;
        for (int axis = 0; axis < input.length; axis++) {
            long at = position[axis] * strides[axis] - pads[axis] + tap[axis] * dilations[axis];
            if (at >= input[axis] + pads[axis + input.length]) {
                missing = OUTSIDE;
            } else if ((at < 0 || at >= input[axis]) && missing == 0) {
                missing = PADDING;
            }
            place = place * input[axis] + (int) at;
        }
        return missing != 0 ? missing : place;
    }

    /** Where a tap of an output position lies along each axis of the input, in the padding too. */
    public long[] place(int position, int tap) {
        long[] place = new long[input.length];
        int restOfPosition = position;
        int restOfTap = tap;
        for (int axis = input.length - 1; axis >= 0; axis--) {
            place[axis] = restOfPosition % output[axis] * strides[axis]
                    - pads[axis]
                    + restOfTap % kernel[axis] * dilations[axis];
            restOfPosition /= output[axis];
            restOfTap /= kernel[axis];
        }
        return place;
    }

    /** Counts an index up; true when it is back at the first. */
    private static boolean advance(int[] index, int[] dims) {
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            if (++index[axis] < dims[axis]) {
                return false;
            }
            index[axis] = 0;
        }
        return true;
    }
}
