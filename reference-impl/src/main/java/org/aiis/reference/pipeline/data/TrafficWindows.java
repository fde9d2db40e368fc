package org.aiis.reference.pipeline.data;

import java.util.List;
import java.util.stream.IntStream;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * What was seen up to a time, for many times: values are moved, none is computed.
 *
 * @param flow float32 {@code [n, seen, detectors]}, vehicles an interval, NaN where missing
 * @param occupancy the same, percent
 * @param slot int64 {@code [n]}: the last interval seen, counted from a Monday's midnight
 */
public record TrafficWindows(Tensor flow, Tensor occupancy, Tensor slot) {
    /**
     * The windows that end at given rows of a grid.
     *
     * @param flow {@code [times, detectors]}
     * @param firstSlot slot of the grid's first row
     * @param ends rows, each with so many before it
     */
    public static TrafficWindows of(Tensor flow, Tensor occupancy, int firstSlot, List<Integer> ends, int seen) {
        long[] slots = ends.stream().mapToLong(end -> (long) firstSlot + end).toArray();
        return new TrafficWindows(
                windows(flow, ends, seen),
                windows(occupancy, ends, seen),
                Tensor.ofLongs(ElementType.INT64, Shape.of(ends.size()), slots));
    }

    private static Tensor windows(Tensor grid, List<Integer> ends, int seen) {
        int detectors = grid.shape().dim(1);
        int size = 4 * detectors * seen;
        byte[] from = grid.toByteArray();
        byte[] windows = new byte[size * ends.size()];
        IntStream.range(0, ends.size())
                .forEach(
                        i -> System.arraycopy(from, 4 * detectors * (ends.get(i) - seen + 1), windows, size * i, size));
        return Tensor.ofBytes(grid.type(), Shape.of(ends.size(), seen, detectors), windows);
    }

    public int size() {
        return slot.size();
    }
}
