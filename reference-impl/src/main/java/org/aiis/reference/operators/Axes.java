package org.aiis.reference.operators;

import java.util.Arrays;
import java.util.TreeSet;

/** Axes as nodes name them: negative ones count from the last. */
public final class Axes {
    private Axes() {}

    /** Refuses an axis outside −rank … rank − 1. */
    public static int axis(Call call, long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw call.refusal("axis " + axis + " of a tensor of rank " + rank);
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** Sorted; refuses axes out of range and repeated ones. */
    public static int[] axes(Call call, long[] axes, int rank) {
        TreeSet<Integer> sorted = new TreeSet<>();
        for (long axis : axes) {
            if (!sorted.add(axis(call, axis, rank))) {
                throw call.refusal("axis " + axis + " is repeated");
            }
        }
        return sorted.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The elements of an input that lists axes, extents or the like: rank 1, or rank 0 where {@code scalar}. */
    public static long[] list(Call call, int input, boolean scalar) {
        Value list = call.input(input);
        if (list.shape().rank() != 1 && !(scalar && list.shape().rank() == 0)) {
            throw call.refusal("input " + input + " has rank " + list.shape().rank() + ", must have rank 1");
        }
        return list.longs();
    }

    /** Product of the extents from one axis to before another. */
    public static int extent(int[] dims, int from, int to) {
        return Arrays.stream(dims, from, to).reduce(1, (a, b) -> a * b);
    }
}
