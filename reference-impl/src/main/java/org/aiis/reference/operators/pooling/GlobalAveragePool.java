package org.aiis.reference.operators.pooling;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * The mean of each channel; X [N, C, D…] gives [N, C, 1…].
 *
 * <p>The sum, first to last, divided by the count; no elements give NaN. Source: ONNX operator text of opset 1.
 */
public final class GlobalAveragePool implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T").type("T", Types.IEEE);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int[] dims = x.shape().toArray();
        if (dims.length < 2) {
            throw call.refusal("X has rank " + dims.length + ", must have rank 2 or more");
        }
        int extent = Axes.extent(dims, 2, dims.length);
        int channels = dims[0] * dims[1];
        Numbers sums = call.arithmetic().sums(x.numbers(), Arithmetic.equalRuns(channels, extent));
        Numbers counts = call.arithmetic().constant(extent, channels);
        Arrays.fill(dims, 2, dims.length, 1);
        return List.of(Value.of(x.type(), Shape.of(dims), call.arithmetic().binary(Binary.DIV, sums, counts)));
    }
}
