package org.aiis.reference.operators.movement;

import java.util.List;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Broadcast;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * The input broadcast against a shape, both ways.
 *
 * <p>Bits are kept. Source: ONNX operator text of opset 13.
 */
public final class Expand implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T shape:int64 -> output:T").type("T", Types.ANY);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Shape shape = call.shape(Axes.list(call, 1, false));
        Broadcast broadcast = Broadcast.of(call, List.of(call.input(0).shape(), shape));
        return List.of(broadcast.apply(0, call.input(0)));
    }
}
