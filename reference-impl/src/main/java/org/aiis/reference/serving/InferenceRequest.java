package org.aiis.reference.serving;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.tensor.Tensor;

/**
 * A request for inference, in whichever form it came.
 *
 * @param id as the client gave it, to be returned unchanged
 * @param inputs by name
 * @param outputs asked for, in this order; none stands for all
 * @param binary whether outputs that say nothing else come as binary data
 */
public record InferenceRequest(
        Optional<String> id, SortedMap<String, Tensor> inputs, List<Wanted> outputs, boolean binary) {
    public InferenceRequest {
        inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
        outputs = List.copyOf(outputs);
    }

    /** An output that is asked for. */
    public record Wanted(String name, boolean binary) {}
}
