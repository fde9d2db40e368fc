package org.aiis.reference.operators.sequences;

import java.util.List;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.SequenceValue;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;

/**
 * The sequence with a tensor before a position from −n to n, at the end where it is left out.
 *
 * <p>Bits are kept. Source: ONNX operator text of opset 11.
 */
public final class SequenceInsert implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input_sequence:seq(T) tensor:T position?:I -> output_sequence:seq(T)")
                .type("T", Elements.ALL)
                .type("I", Types.INDEX);
    }

    @Override
    public List<SequenceValue> evaluate(Call call) {
        SequenceValue sequence = call.sequence(0);
        int length = sequence.tensors().size();
        int position = call.has(2) ? Elements.place(call, 2, length + 1, length) : length;
        return List.of(sequence.with(call, position, call.input(1)));
    }
}
