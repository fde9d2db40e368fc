package org.aiis.conformance.vectors;

import java.util.Map;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/** An oracle that was asked already, for the one model that it was asked about. */
record Known(Reference reference, String digest) implements Oracle {
    @Override
    public Reference evaluate(Bytes model, Map<String, Tensor> inputs) {
        return reference;
    }

    @Override
    public void check(Bytes model) {}
}
