package org.aiis.spec.port;

import java.util.Map;
import java.util.Set;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/** Says what a model gives. */
public interface Oracle {
    /**
     * Evaluates a model.
     *
     * @throws Refusal when the model or its inputs are not valid ONNX, with the reason
     */
    Reference evaluate(Bytes model, Map<String, Tensor> inputs);

    /**
     * Evaluates a model; the errors of its dot products are those of the precision modes.
     *
     * @throws Refusal when the model or its inputs are not valid ONNX, with the reason
     */
    default Reference evaluate(Bytes model, Map<String, Tensor> inputs, Set<PrecisionMode> modes) {
        if (!modes.isEmpty()) {
            throw new IllegalStateException("this oracle knows no precision modes, asked for " + modes);
        }
        return evaluate(model, inputs);
    }

    /**
     * Checks a model without running it.
     *
     * @throws Refusal when the model alone shows that it is not valid ONNX, or holds what the oracle does not know
     */
    void check(Bytes model);

    /** SHA-256 that changes when the oracle's answers may: evidence names it. */
    String digest();

    /** The model is not valid, or an input does not fit it. */
    final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final boolean atLoad;

        public Refusal(boolean atLoad, String message) {
            super(message);
            this.atLoad = atLoad;
        }

        /** Whether the model alone shows it, or only the run. */
        public boolean atLoad() {
            return atLoad;
        }
    }
}
