package org.aiis.reference.operators.pooling;

import java.util.Arrays;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Windows;
import org.aiis.spec.tensor.Shape;

/** The windows of a pooling node over each channel of each image. */
final class Pool {
    final int extent;
    final int[] input;
    final Windows windows;
    final Shape shape;

    private Pool(int[] input, Windows windows, Shape shape) {
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
        return new Pool(input, windows, call.shape(shape));
    }

    /** The elements of all windows, one window after the other: their places in X, and the starts of the windows. */
    static final class Terms {
        private final int[] order;
        private final int[] starts;

        Terms(int[] order, int[] starts) {
            this.order = order;
            this.starts = starts;
        }

        int[] order() {
            return order;
        }

        int[] starts() {
            return starts;
        }
    }

    Terms terms(Call call) {
        int taps = windows.taps();
        int[] places = windows.places(call);
        int positions = windows.positions();
        int results = shape.size();
        int[] order = new int[call.shape(results, taps).size()];
        int[] starts = new int[results + 1];
        int count = 0;
        for (int i = 0; i < results; i++) {
            int base = i / positions * extent;
            for (int tap = 0; tap < taps; tap++) {
                int place = places[i % positions * taps + tap];
                if (place >= 0) {
                    order[count++] = base + place;
                }
            }
            starts[i + 1] = count;
        }
        return new Terms(Arrays.copyOf(order, count), starts);
    }

    /** All channels of a node that pools each of them as a whole. */
    record Channels(int count, int extent, Shape shape) {
        static Channels of(Call call) {
            int[] dims = call.input(0).shape().toArray();
            if (dims.length < 2) {
                throw call.refusal("X has rank " + dims.length + ", must have rank 2 or more");
            }
            int extent = Axes.extent(dims, 2, dims.length);
            int count = dims[0] * dims[1];
            Arrays.fill(dims, 2, dims.length, 1);
            return new Channels(count, extent, Shape.of(dims));
        }
    }
}
