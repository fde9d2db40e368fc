package org.aiis.reference.operators;

import java.util.List;

/** An ONNX operator, over the versions of its operator set that {@link Known} gives for it. */
public interface Operator {
    /** Inputs, outputs, attributes and types at an opset version. */
    Signature signature(int opset);

    /**
     * The outputs, as many as the node names or all.
     *
     * @throws org.aiis.spec.port.Oracle.Refusal when the inputs do not fit each other or the attributes
     */
    List<? extends Datum> evaluate(Call call);
}
