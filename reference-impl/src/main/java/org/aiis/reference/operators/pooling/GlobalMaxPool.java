package org.aiis.reference.operators.pooling;

import java.util.List;
import java.util.stream.IntStream;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Extremes;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * The largest element of each channel; X [N, C, D…] gives [N, C, 1…].
 *
 * <p>Exact, bits are kept; NaN is the maximum, as in MaxPool (OP-MaxPool-D1). A channel without elements is refused.
 * Source: ONNX operator text of opset 1, 22.
 */
public final class GlobalMaxPool implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T").type("T", opset < 22 ? Types.IEEE : Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Pool.Channels channels = Pool.Channels.of(call);
        if (channels.extent() == 0 && channels.count() > 0) {
            throw call.refusal("a channel without elements has no maximum");
        }
        int[] order = IntStream.range(0, x.size()).toArray();
        int[] runs = Arithmetic.equalRuns(channels.count(), channels.extent());
        int[] at = Extremes.places(call.arithmetic(), Relation.GREATER, x.numbers(), order, runs);
        return List.of(x.gather(at, channels.shape()));
    }
}
