package org.aiis.conformance.vectors;

import java.util.Map;
import java.util.Set;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.aiis.spec.testing.Stimulus;

/** An oracle that was asked about one run already; about anything else it asks again. */
record Known(Oracle oracle, Stimulus.ModelRun run, Reference reference) implements Oracle {
    @Override
    public Reference evaluate(Bytes model, Map<String, Tensor> inputs) {
        return inputs.equals(run.inputs()) && model.equals(run.model()) ? reference : oracle.evaluate(model, inputs);
    }

    @Override
    public Reference evaluate(Bytes model, Map<String, Tensor> inputs, Set<PrecisionMode> modes) {
        return modes.isEmpty() ? evaluate(model, inputs) : oracle.evaluate(model, inputs, modes);
    }

    @Override
    public void check(Bytes model) {
        oracle.check(model);
    }

    @Override
    public String digest() {
        return oracle.digest();
    }
}
