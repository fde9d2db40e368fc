package org.aiis.reference.operators.sequences;

import java.util.ArrayList;
import java.util.List;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.SequenceValue;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * The sequence without the tensor at a position from −n to n − 1, the last one where it is left out.
 *
 * <p>Bits are kept; an empty sequence is refused. Source: ONNX operator text of opset 11.
 */
public final class SequenceErase implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input_sequence:seq(T) position?:I -> output_sequence:seq(T)")
                .type("T", Elements.ALL)
                .type("I", Types.INDEX);
    }

    @Override
    public List<SequenceValue> evaluate(Call call) {
        SequenceValue sequence = call.sequence(0);
        List<Value> rest = new ArrayList<>(sequence.tensors());
        if (rest.isEmpty()) {
            throw call.refusal("nothing to erase in an empty sequence");
        }
        rest.remove(call.has(1) ? Elements.place(call, 1, rest.size(), rest.size()) : rest.size() - 1);
        return List.of(SequenceValue.of(call, sequence.element(), rest));
    }
}
