package org.aiis.conformance.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** A backend in this process that keeps tensors and remembers its steps. */
final class Keeping implements Backend {
    private final List<String> seen = new ArrayList<>();
    private final Map<String, Tensor> tensors = new HashMap<>();

    List<String> seen() {
        return seen;
    }

    @Override
    public Sut describe() {
        return new Sut("Keeping", "tests", "1", "keeping", "none", new TreeMap<>(), new TreeMap<>());
    }

    @Override
    public Observation perform(Step step) {
        seen.add(step.getClass().getSimpleName());
        if (step instanceof Step.Put put) {
            tensors.put(put.tensor(), put.value());
        }
        return step instanceof Step.Get get
                ? Observation.Outputs.of(Map.of(get.tensor(), tensors.get(get.tensor())))
                : Observation.Outputs.none();
    }

    @Override
    public void close() {}
}
