package org.aiis.conformance.check;

import java.util.Map;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/** An oracle that has said it already: several systems are judged by one answer. */
record AtHand(Reference reference) implements Oracle {
    @Override
    public Reference evaluate(Bytes model, Map<String, Tensor> inputs) {
        return reference;
    }

    @Override
    public Reference sensitivity(Bytes model, Map<String, Tensor> inputs, int runs) {
        return reference;
    }

    @Override
    public void check(Bytes model) {
        // It was read when the reference was made.
    }

    @Override
    public String digest() {
        return "";
    }
}
