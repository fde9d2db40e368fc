package org.aiis.reference.operators.sequences;

import java.util.List;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.SequenceValue;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * The tensor at a position from −n to n − 1, counted from the end where it is negative.
 *
 * <p>Bits are kept. Source: ONNX operator text of opset 11.
 */
public final class SequenceAt implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input_sequence:seq(T) position:I -> tensor:T")
                .type("T", Elements.ALL)
                .type("I", Types.INDEX);
    }

    @Override
    public List<Value> evaluate(Call call) {
        SequenceValue sequence = call.sequence(0);
        int length = sequence.tensors().size();
        return List.of(sequence.tensors().get(Elements.place(call, 1, length, length)));
    }
}
