package org.aiis.reference.operators.reduction;

import java.util.List;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * The sum over axes.
 *
 * <p>First to last; no elements give 0, integers wrap. σ is the running error. Source: ONNX operator text of opset
 * 13.
 */
public final class ReduceSum implements Operator {
    @Override
    public Signature signature(int opset) {
        return Reduction.signature(opset, 13, Types.union(Types.FLOAT, Types.WIDE));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Reduction reduction = Reduction.of(call);
        Numbers sums = call.arithmetic().sums(call.input(0).numbers().gather(reduction.order), reduction.starts());
        return List.of(Value.of(call.input(0).type(), reduction.shape, sums));
    }
}
