package org.aiis.reference.operators;

/** Walks through a tensor in row-major order with steps of one's own. */
public final class Walk {
    private Walk() {}

    /** Places {@code start + Σ index·step} for every index below {@code dims}, in row-major order. */
    public static int[] places(int[] dims, int[] steps, int start) {
        int size = 1;
        for (int dim : dims) {
            size *= dim;
        }
        int[] places = new int[size];
        int[] index = new int[dims.length];
        int at = start;
        for (int i = 0; i < size; i++) {
            places[i] = at;
            for (int axis = dims.length - 1; axis >= 0; axis--) {
                at += steps[axis];
                if (++index[axis] < dims[axis]) {
                    break;
                }
                at -= steps[axis] * dims[axis];
                index[axis] = 0;
            }
        }
        return places;
    }

    /** Row-major steps of a shape. */
    public static int[] steps(int[] dims) {
        int[] steps = new int[dims.length];
        int step = 1;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            steps[axis] = step;
            step *= dims[axis];
        }
        return steps;
    }
}
