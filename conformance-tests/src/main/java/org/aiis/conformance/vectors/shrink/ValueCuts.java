package org.aiis.conformance.vectors.shrink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.aiis.conformance.vectors.shrink.Elements.Simpler;
import org.aiis.spec.tensor.Tensor;

/** Makes values simple: whole tensors, then ever smaller runs of elements. */
final class ValueCuts implements Cut.Kind {
    private static final List<Simpler> WAYS = List.of(Simpler.values());

    @Override
    public Stream<Cut> cuts(Draft draft) {
        List<Cut> cuts = new ArrayList<>();
        for (Map.Entry<String, Tensor> tensor : draft.tensors().entrySet()) {
            int size = tensor.getValue().size();
            for (int run = size; run >= 1; run /= 2) {
                for (int from = 0; from < size; from += run) {
                    int begin = from;
                    int end = Math.min(size, from + run);
                    for (Simpler way : Simpler.values()) {
                        cuts.add(d -> simpler(d, tensor.getKey(), begin, end, way));
                    }
                }
            }
        }
        return cuts.stream();
    }

    /** Only where nothing in the run is that simple already: a cut never goes back. */
    private static Optional<Draft> simpler(Draft draft, String which, int begin, int end, Simpler way) {
        Draft after = draft.withTensors((name, tensor) -> name.equals(which)
                ? Elements.simplified(tensor, i -> i >= begin && i < end && rank(tensor, i) > WAYS.indexOf(way), way)
                : tensor);
        return after.equals(draft) ? Optional.empty() : Optional.of(after);
    }

    /** How simple an element is: the first way that leaves it as it is. */
    private static int rank(Tensor tensor, int i) {
        for (int way = 0; way < WAYS.size(); way++) {
            Tensor one = ExtentCuts.sliced(tensor.reshaped(org.aiis.spec.tensor.Shape.of(tensor.size())), 0, i, 1);
            if (Elements.simplified(one, k -> true, WAYS.get(way)).equals(one)) {
                return way;
            }
        }
        return WAYS.size();
    }
}
