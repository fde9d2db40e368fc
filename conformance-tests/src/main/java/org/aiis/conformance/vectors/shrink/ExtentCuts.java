package org.aiis.conformance.vectors.shrink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Makes extents smaller: to 1, to the half, by 1. First an extent wherever it stands, since shapes depend on each other, with
 * and without the integers that name it (shape inputs); then one axis of one tensor.
 */
final class ExtentCuts implements Cut.Kind {
    private static final int LONGEST_SHAPE = 16;

    @Override
    public Stream<Cut> cuts(Draft draft) {
        Set<Integer> extents = new TreeSet<>(Comparator.reverseOrder());
        draft.tensors().values().forEach(t -> extents.addAll(t.shape().dims()));
        List<Cut> cuts = new ArrayList<>();
        for (int extent : extents) {
            for (int smaller : smaller(extent)) {
                cuts.add(d -> everywhere(d, extent, smaller, false));
                cuts.add(d -> everywhere(d, extent, smaller, true));
            }
        }
        for (Map.Entry<String, Tensor> tensor : draft.tensors().entrySet()) {
            for (int axis = 0; axis < tensor.getValue().shape().rank(); axis++) {
                int at = axis;
                for (int smaller : smaller(tensor.getValue().shape().dim(axis))) {
                    cuts.add(d -> one(d, tensor.getKey(), at, smaller));
                    cuts.add(d -> last(d, tensor.getKey(), at, smaller));
                }
            }
        }
        return cuts.stream();
    }

    private static Set<Integer> smaller(int extent) {
        return extent < 2 ? Set.of() : new TreeSet<>(List.of(1, extent / 2, extent - 1));
    }

    private static Optional<Draft> everywhere(Draft draft, int extent, int smaller, boolean named) {
        return changed(draft, draft.withTensors((name, tensor) -> {
            Tensor cut = tensor;
            for (int axis = 0; axis < tensor.shape().rank(); axis++) {
                cut = tensor.shape().dim(axis) == extent ? sliced(cut, axis, 0, smaller) : cut;
            }
            return named && names(cut) ? renamed(cut, extent, smaller) : cut;
        }));
    }

    private static Optional<Draft> one(Draft draft, String which, int axis, int smaller) {
        return changed(
                draft,
                draft.withTensors((name, tensor) ->
                        fits(name, which, tensor, axis, smaller) ? sliced(tensor, axis, 0, smaller) : tensor));
    }

    private static Optional<Draft> last(Draft draft, String which, int axis, int smaller) {
        return changed(
                draft,
                draft.withTensors((name, tensor) -> fits(name, which, tensor, axis, smaller)
                        ? sliced(tensor, axis, tensor.shape().dim(axis) - smaller, smaller)
                        : tensor));
    }

    private static boolean fits(String name, String which, Tensor tensor, int axis, int smaller) {
        return name.equals(which)
                && axis < tensor.shape().rank()
                && tensor.shape().dim(axis) > smaller;
    }

    private static Optional<Draft> changed(Draft before, Draft after) {
        return after.equals(before) ? Optional.empty() : Optional.of(after);
    }

    private static boolean names(Tensor tensor) {
        return tensor.type() == ElementType.INT64 && tensor.size() <= LONGEST_SHAPE;
    }

    private static Tensor renamed(Tensor tensor, int extent, int smaller) {
        return Tensor.ofLongs(
                tensor.type(),
                tensor.shape(),
                IntStream.range(0, tensor.size())
                        .mapToLong(i -> tensor.integer(i) == extent ? smaller : tensor.integer(i))
                        .toArray());
    }

    /** The elements from..from+count of an axis. */
    static Tensor sliced(Tensor tensor, int axis, int from, int count) {
        int[] dims = tensor.shape().toArray();
        int inner = 1;
        for (int k = axis + 1; k < dims.length; k++) {
            inner *= dims[k];
        }
        int extent = dims[axis];
        dims[axis] = count;
        Shape shape = Shape.of(dims);
        int block = inner * count;
        int[] source = new int[shape.size()];
        for (int i = 0; i < source.length; i++) {
            source[i] = i / block * inner * extent + from * inner + i % block;
        }
        return Elements.picked(tensor, shape, source);
    }
}
