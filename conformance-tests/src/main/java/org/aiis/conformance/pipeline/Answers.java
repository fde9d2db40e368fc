package org.aiis.conformance.pipeline;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** A backend whose answers a case goes on with: anything but outputs ends the run, with what the backend said. */
public record Answers(Backend backend) {
    /** Loads a model, runs it once, closes it. */
    public SortedMap<String, Tensor> once(Bytes model, Map<String, Tensor> inputs) {
        outputs(new Step.Load("once", model, false));
        SortedMap<String, Tensor> results = outputs(Step.Run.of("once", inputs));
        outputs(new Step.Close("once"));
        return results;
    }

    /** Loads a model, runs it for each value of its one input in turn, closes it. */
    public List<SortedMap<String, Tensor>> each(Bytes model, String input, Iterator<Tensor> values) {
        outputs(new Step.Load("each", model, false));
        List<SortedMap<String, Tensor>> results = new ArrayList<>();
        values.forEachRemaining(value -> results.add(outputs(Step.Run.of("each", Map.of(input, value)))));
        outputs(new Step.Close("each"));
        return results;
    }

    /** Performs steps one after another. */
    public void all(List<Step> steps) {
        steps.forEach(this::outputs);
    }

    /** The tensors that come back from a step. */
    public SortedMap<String, Tensor> outputs(Step step) {
        Observation seen = backend.perform(step);
        if (!(seen instanceof Observation.Outputs outputs)) {
            throw InputException.of(
                    "the backend did not do a step of the pipeline, "
                            + step.getClass().getSimpleName() + ": " + seen,
                    "the pipeline runs on backends that pass 'aiis run --profile pipeline@1.0'");
        }
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        outputs.values().forEach((name, recorded) -> tensors.put(name, recorded.tensor()));
        return tensors;
    }
}
