package org.aiis.reference.operators.movement;

import java.util.List;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.spec.tensor.ElementType;

/**
 * In each sample of the batch axis the first so many elements along the time axis in reverse, the rest as they are.
 *
 * <p>Bits are kept. The axes are 0 and 1 in either order; a length is from 0 to the extent of the time axis. Source: ONNX
 * operator text of opset 10, 28.
 */
public final class ReverseSequence implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T sequence_lens:int64 -> Y:T")
                .type("T", opset < 28 ? Types.without(Types.ANY, ElementType.BFLOAT16) : Types.ANY)
                .attribute(Attribute.of("batch_axis", 1))
                .attribute(Attribute.of("time_axis", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int[] dims = x.shape().toArray();
        long batch = call.attributes().integer("batch_axis");
        long time = call.attributes().integer("time_axis");
        if (dims.length < 2 || batch + time != 1 || batch * time != 0) {
            throw call.refusal("batch axis " + batch + " and time axis " + time + " of shape " + x.shape());
        }
        long[] lengths = Axes.list(call, 1, false);
        if (lengths.length != dims[(int) batch]) {
            throw call.refusal(lengths.length + " lengths for " + dims[(int) batch] + " samples");
        }
        for (long length : lengths) {
            if (length < 0 || length > dims[(int) time]) {
                throw call.refusal("a length of " + length + " on an axis of " + dims[(int) time]);
            }
        }
        int[] steps = Walk.steps(dims);
        int sampleStep = steps[(int) batch];
        int timeStep = steps[(int) time];
        int[] at = new int[x.size()];
        for (int i = 0; i < at.length; i++) {
            int sample = i / sampleStep % dims[(int) batch];
            int t = i / timeStep % dims[(int) time];
            int length = (int) lengths[sample];
            at[i] = t < length ? i + (length - 1 - 2 * t) * timeStep : i;
        }
        call.spend(at.length);
        return List.of(x.gather(at, x.shape()));
    }
}
