package org.aiis.reference.operators.pooling;

import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * The mean of each channel; X [N, C, D…] gives [N, C, 1…].
 *
 * <p>The sum, first to last, divided by the count; no elements give NaN. Source: ONNX operator text of opset 1, 22.
 */
public final class GlobalAveragePool implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T").type("T", opset < 22 ? Types.IEEE : Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Pool.Channels channels = Pool.Channels.of(call);
        int[] runs = Arithmetic.equalRuns(channels.count(), channels.extent());
        Numbers counts = call.arithmetic().constant(channels.extent(), channels.count());
        Numbers means = call.arithmetic().binary(Binary.DIV, call.arithmetic().sums(x.numbers(), runs), counts);
        return List.of(Value.of(x.type(), channels.shape(), means));
    }
}
