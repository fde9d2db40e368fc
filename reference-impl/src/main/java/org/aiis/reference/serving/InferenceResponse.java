package org.aiis.reference.serving;

import java.util.List;
import java.util.Optional;
import org.aiis.spec.tensor.Tensor;

/** What a request for inference is answered with; outputs in the order in which they were asked for, or the model's. */
public record InferenceResponse(String model, String version, Optional<String> id, List<Output> outputs) {
    public InferenceResponse {
        outputs = List.copyOf(outputs);
    }

    /** One tensor of an answer. */
    public record Output(String name, Tensor tensor, boolean binary) {}
}
