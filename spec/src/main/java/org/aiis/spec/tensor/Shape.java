package org.aiis.spec.tensor;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.aiis.spec.codec.InputException;

/** The extents of a tensor; rank 0 is a scalar, an extent of 0 an empty tensor. */
public record Shape(@JsonValue List<Integer> dims) {
    public static final Shape SCALAR = Shape.of();

    @JsonCreator
    public Shape {
        dims = List.copyOf(dims);
        long elements = 1;
        for (int dim : dims) {
            if (dim < 0) {
                throw InputException.of("negative extent in shape " + dims, "extents are 0 or more");
            }
            elements *= dim;
            if (elements > Integer.MAX_VALUE) {
                throw InputException.of(
                        "shape " + dims + " has more than 2^31 - 1 elements", "tensors of this suite are smaller");
            }
        }
    }

    public static Shape of(int... dims) {
        Integer[] boxed = new Integer[dims.length];
        for (int i = 0; i < dims.length; i++) {
            boxed[i] = dims[i];
        }
        return new Shape(List.of(boxed));
    }

    public static Shape of(long[] dims) {
        Integer[] boxed = new Integer[dims.length];
        for (int i = 0; i < dims.length; i++) {
            boxed[i] = Math.toIntExact(dims[i]);
        }
        return new Shape(List.of(boxed));
    }

    public int rank() {
        return dims.size();
    }

    public int dim(int axis) {
        return dims.get(axis);
    }

    /** Number of elements. */
    public int size() {
        int size = 1;
        for (int axis = 0; axis < dims.size(); axis++) {
            size *= dims.get(axis);
        }
        return size;
    }

    public int[] toArray() {
        int[] array = new int[dims.size()];
        for (int axis = 0; axis < array.length; axis++) {
            array[axis] = dims.get(axis);
        }
        return array;
    }

    public long[] toLongs() {
        long[] array = new long[dims.size()];
        for (int axis = 0; axis < array.length; axis++) {
            array[axis] = dims.get(axis);
        }
        return array;
    }

    @Override
    public String toString() {
        return dims.toString();
    }
}
