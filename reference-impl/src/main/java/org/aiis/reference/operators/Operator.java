package org.aiis.reference.operators;

import java.util.List;

/** An operator of the default ONNX domain, over the opset versions that the registry gives for it. */
public interface Operator {
    /** Inputs, outputs, attributes and types at an opset version. */
    Signature signature(int opset);

    /**
     * The outputs, as many as the node names or all.
     *
     * @throws org.aiis.spec.port.Oracle.Refusal when the inputs do not fit each other or the attributes
     */
    List<Value> evaluate(Call call);
}
