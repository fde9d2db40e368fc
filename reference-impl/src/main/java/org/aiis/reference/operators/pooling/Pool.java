package org.aiis.reference.operators.pooling;

import java.util.Arrays;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Windows;
import org.aiis.spec.tensor.Shape;

/** The windows of a pooling node over each channel of each image. */
final class Pool {
    final int channels;
    final int extent;
    final int[] input;
    final Windows windows;
    final Shape shape;

    private Pool(int channels, int[] input, Windows windows, Shape shape) {
        this.channels = channels;
        this.extent = Axes.extent(input, 0, input.length);
        this.input = input;
        this.windows = windows;
        this.shape = shape;
    }

    static Pool of(Call call) {
        int[] dims = call.input(0).shape().toArray();
        if (dims.length < 3) {
            throw call.refusal("X has rank " + dims.length + ", must have rank 3 or more");
        }
        long[] kernel = call.attributes().integers("kernel_shape");
        if (kernel.length != dims.length - 2) {
            throw call.refusal("kernel_shape has " + kernel.length + " elements, must have " + (dims.length - 2));
        }
        int[] input = Arrays.copyOfRange(dims, 2, dims.length);
        Windows windows = Windows.of(call, input, kernel);
        long[] shape = call.input(0).shape().toLongs();
        int[] output = windows.output();
        Arrays.setAll(shape, axis -> axis < 2 ? shape[axis] : output[axis - 2]);
        call.spend((long) dims[0] * dims[1] * windows.positions() * windows.taps());
        return new Pool(dims[0] * dims[1], input, windows, call.shape(shape));
    }
}
