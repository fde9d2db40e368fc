package org.aiis.reference.operators.sequences;

import java.util.List;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * The number of tensors, a scalar of int64.
 *
 * <p>Source: ONNX operator text of opset 11.
 */
public final class SequenceLength implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input_sequence:seq(T) -> length:int64").type("T", Elements.ALL);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return List.of(Value.integers(Shape.SCALAR, call.sequence(0).tensors().size()));
    }
}
