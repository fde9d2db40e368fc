package org.aiis.reference.operators.comparison;

import java.util.List;
import org.aiis.reference.operators.Broadcast;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * output = X where the condition holds, else Y. All three shapes broadcast together.
 *
 * <p>Bits are kept; what is not chosen leaves no trace. Source: ONNX operator text of opset 9, 16.
 */
public final class Where implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("condition:B X:T Y:T -> output:T")
                .type("B", Types.BOOL)
                .type("T", opset < 16 ? Types.without(Types.ANY, ElementType.BFLOAT16) : Types.ANY);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(1);
        Value y = call.input(2);
        Broadcast broadcast =
                Broadcast.of(call, call.all().stream().map(Value::shape).toList());
        long[] condition = broadcast.apply(0, call.input(0)).longs();
        int[] at = broadcast.places(1);
        int[] otherwise = broadcast.places(2);
        for (int i = 0; i < at.length; i++) {
            at[i] = condition[i] != 0 ? at[i] : x.size() + otherwise[i];
        }
        return List.of(Value.join(List.of(x, y)).gather(at, broadcast.shape()));
    }
}
