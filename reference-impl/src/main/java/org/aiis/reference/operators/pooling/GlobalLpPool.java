package org.aiis.reference.operators.pooling;

import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * (Σ |x|^p)^(1/p) of each channel; X [N, C, D…] gives [N, C, 1…].
 *
 * <p>As {@link LpPool}. Source: ONNX operator text of opset 2, 22.
 */
public final class GlobalLpPool implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T")
                .type("T", opset < 22 ? Types.IEEE : Types.FLOAT)
                .attribute(Attribute.of("p", 2));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Pool.Channels channels = Pool.Channels.of(call);
        int[] runs = Arithmetic.equalRuns(channels.count(), channels.extent());
        return List.of(Value.of(x.type(), channels.shape(), LpPool.norms(call, x.numbers(), runs)));
    }
}
