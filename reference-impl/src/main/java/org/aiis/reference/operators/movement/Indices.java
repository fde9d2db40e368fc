package org.aiis.reference.operators.movement;

import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.spec.tensor.Shape;

/** Index tensors that name places in another tensor. */
final class Indices {
    private Indices() {}

    /** An index from −extent to extent − 1 as one from 0 on; others are refused. */
    static int index(Call call, long index, int extent) {
        if (index < -extent || index >= extent) {
            throw call.refusal("index " + index + " of " + extent);
        }
        return (int) (index < 0 ? index + extent : index);
    }

    /**
     * For each element of the indices the place in data with its own index, but along the axis the one that it says.
     * The indices reach no further than data on the other axes.
     */
    static int[] alongAxis(Call call, Shape data, Value indices, int axis) {
        Shape shape = indices.shape();
        if (shape.rank() != data.rank()) {
            throw call.refusal("indices of shape " + shape + " for data of shape " + data);
        }
        int[] steps = Walk.steps(data.toArray());
        int step = steps[axis];
        for (int i = 0; i < shape.rank(); i++) {
            if (i != axis && shape.dim(i) > data.dim(i)) {
                throw call.refusal("indices of shape " + shape + " for data of shape " + data);
            }
        }
        steps[axis] = 0;
        int[] places = Walk.places(shape.toArray(), steps, 0);
        long[] chosen = indices.longs();
        for (int i = 0; i < places.length; i++) {
            places[i] += index(call, chosen[i], data.dim(axis)) * step;
        }
        return places;
    }

    /**
     * The first place in data of the slice that each tuple names: the last axis of indices holds the tuples, which index
     * the axes of data from {@code batch} on; the axes before are common to both.
     */
    static int[] ofTuples(Call call, Shape data, Value indices, int batch) {
        int length = indices.shape().dim(indices.shape().rank() - 1);
        int[] steps = Walk.steps(data.toArray());
        long[] tuples = indices.longs();
        int count = tuples.length / Math.max(1, length);
        int batches = 1;
        for (int i = 0; i < batch; i++) {
            batches *= data.dim(i);
        }
        int inBatch = batch == 0 ? 0 : steps[batch - 1];
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            int place = batch == 0 ? 0 : i / (count / batches) * inBatch;
            for (int k = 0; k < length; k++) {
                place += index(call, tuples[i * length + k], data.dim(batch + k)) * steps[batch + k];
            }
            places[i] = place;
        }
        return places;
    }

    /** Runs of equal length that begin at the places. */
    static int[] runs(int[] starts, int length) {
        int[] places = new int[starts.length * length];
        for (int i = 0; i < places.length; i++) {
            places[i] = starts[i / length] + i % length;
        }
        return places;
    }
}
