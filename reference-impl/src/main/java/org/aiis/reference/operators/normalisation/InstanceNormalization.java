package org.aiis.reference.operators.normalisation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = scale · (X − mean) / √(var + epsilon) + B, mean and variance of each instance and channel; X [N, C, D…], scale and
 * B by channel.
 *
 * <p>A constant channel gives B but for rounding. σ as {@link Affine} gives it. Source: ONNX operator text of opset 6,
 * 22.
 */
public final class InstanceNormalization implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T scale:T B:T -> output:T")
                .type("T", opset < 22 ? Types.IEEE : Types.FLOAT)
                .attribute(Attribute.of("epsilon", 1e-5f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int[] dims = x.shape().toArray();
        if (dims.length < 3) {
            throw call.refusal("the input has rank " + dims.length + ", must have a rank of at least 3");
        }
        Lanes lanes = Lanes.over(dims, IntStream.range(2, dims.length).toArray());
        int[] channels = new int[lanes.count];
        Arrays.setAll(channels, i -> i % dims[1]);
        Arithmetic arithmetic = call.arithmetic();
        Numbers mean = lanes.mean(arithmetic, x.numbers());
        Numbers variance = lanes.variance(arithmetic, x.numbers(), mean);
        Numbers epsilon = arithmetic.constant(call.attributes().real("epsilon"), lanes.count);
        Affine affine = new Affine(
                mean,
                arithmetic.unary(Unary.SQRT, arithmetic.binary(Binary.ADD, variance, epsilon)),
                Affine.channel(call, 1, dims[1]).gather(channels),
                Affine.channel(call, 2, dims[1]).gather(channels),
                lanes.lanes());
        return List.of(Value.of(x.type(), x.shape(), affine.apply(arithmetic, x.numbers())));
    }
}
