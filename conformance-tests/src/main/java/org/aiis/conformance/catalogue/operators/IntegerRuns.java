package org.aiis.conformance.catalogue.operators;

import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Integers for reductions whose real result ONNX does not say how to round: each run along the reduced axes gives an integer,
 * or a number that truncation, rounding to nearest and rounding down bring to the same integer.
 */
final class IntegerRuns {
    /** Their logarithms lie less than 0.1 above an integer. */
    private static final long[] SUMS = {3, 8, 21, 55};

    private IntegerRuns() {}

    static Tensor of(Setting s, int[] dims, long... axes) {
        boolean[] reduced = new boolean[dims.length];
        int length = 1;
        for (long axis : axes) {
            int own = (int) (axis < 0 ? axis + dims.length : axis);
            reduced[own] = true;
            length *= dims[own];
        }
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(dims));
        long offset = s.seeded().integer(0, 99);
        int size = Shape.of(dims).size();
        for (int i = 0; i < size; i++) {
            int[] index = index(dims, i);
            boolean first = true;
            boolean last = true;
            int run = 0;
            for (int axis = 0; axis < dims.length; axis++) {
                first &= !reduced[axis] || index[axis] == 0;
                last &= !reduced[axis] || index[axis] == dims[axis] - 1;
                run = 7 * run + (reduced[axis] ? 0 : index[axis]);
            }
            tensor.setBits(i, element(s.operator(), run + offset, length, first, last));
        }
        return tensor.build();
    }

    private static long element(String operator, long run, int length, boolean first, boolean last) {
        long size = 1 + run % 9;
        return switch (operator) {
            // The first and the last element of a run move from the mean to either side.
            case "ReduceMean" -> 20 + size + (length == 1 ? 0 : first ? -size : last ? size : 0);
            case "ReduceL2" -> length == 1 ? size : first ? 3 * size : last ? 4 * size : 0;
            case "ReduceLogSum" -> first ? SUMS[(int) (run % SUMS.length)] : 0;
            // ln(e^a + (n − 1)·e^(a − 7)) lies less than 0.1 above a for n below 100.
            case "ReduceLogSumExp" -> first ? 7 + run % 6 : run % 6;
            default -> throw new IllegalStateException(operator);
        };
    }

    private static int[] index(int[] dims, int place) {
        int[] index = new int[dims.length];
        int rest = place;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            index[axis] = rest % dims[axis];
            rest /= dims[axis];
        }
        return index;
    }
}
