package org.aiis.conformance.judge;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aiis.spec.tensor.Shape;

/** Names an element by its indices: {@code y[1, 0, 2]}. */
final class Place {
    private Place() {}

    static String of(String output, Shape shape, int element) {
        int[] index = new int[shape.rank()];
        int rest = element;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            index[axis] = rest % shape.dim(axis);
            rest /= shape.dim(axis);
        }
        return output + IntStream.of(index).mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
