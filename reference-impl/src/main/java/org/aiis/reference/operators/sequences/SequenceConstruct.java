package org.aiis.reference.operators.sequences;

import java.util.List;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.SequenceValue;
import org.aiis.reference.operators.Signature;

/**
 * The inputs as a sequence, in order; shapes may differ.
 *
 * <p>Bits are kept. Source: ONNX operator text of opset 11.
 */
public final class SequenceConstruct implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("inputs*:T -> output_sequence:seq(T)").type("T", Elements.ALL);
    }

    @Override
    public List<SequenceValue> evaluate(Call call) {
        return List.of(SequenceValue.of(call, call.outputType(0), call.all()));
    }
}
