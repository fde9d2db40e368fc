package org.aiis.reference.operators.normalisation;

import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = scale · (X − mean) / √(var + epsilon) + bias, mean and variance of each instance and group of channels; X [N, C,
 * D…], scale and bias by channel.
 *
 * <p>The normalised numbers are calculated in the type that stash_type names and rounded to the type of X. A constant
 * group gives the bias but for rounding. σ is the larger one of this formula, of the function body, whose variance is
 * E(x²) − E(x)², and of the folded form of {@link Affine}. Source: ONNX operator text of opset 21, and its function body;
 * version 18, with scale and bias by group, is deprecated.
 */
public final class GroupNormalization implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T scale:T bias:T -> Y:T")
                .type("T", Types.FLOAT)
                .required("num_groups", AttributeType.INT)
                .attribute(Attribute.of("epsilon", 1e-5f))
                .attribute(Attribute.of("stash_type", 1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int[] dims = x.shape().toArray();
        int channels = dims.length < 2 ? 0 : dims[1];
        long groups = call.attributes().integer("num_groups");
        if (dims.length < 2 || groups < 1 || groups > channels || channels % groups != 0) {
            throw call.refusal(groups + " groups do not divide the channels of X of shape " + x.shape());
        }
        int inner = Axes.extent(dims, 2, dims.length);
        Lanes lanes = Lanes.over(new int[] {dims[0] * (int) groups, channels / (int) groups * inner}, 1);
        Stash stash = Stash.of(call.attributes(), Types.FLOAT);
        Arithmetic first = stash.arithmetic(call);
        Numbers numbers = stash.enter(call, x);
        Numbers mean = lanes.mean(first, numbers);
        Numbers epsilon = first.constant(call.attributes().real("epsilon"), lanes.count);
        Numbers variance = lanes.varianceOrBody(first, numbers, mean);
        Numbers deviation = first.unary(Unary.SQRT, first.binary(Binary.ADD, variance, epsilon));
        Numbers distance = first.binary(Binary.SUB, numbers, lanes.repeat(mean));
        Numbers normal = stash.leave(call, first.binary(Binary.DIV, distance, lanes.repeat(deviation)));
        int[] planes = new int[x.size()];
        Arrays.setAll(planes, i -> i / inner);
        int[] channel = new int[dims[0] * channels];
        Arrays.setAll(channel, i -> i % channels);
        int[] group = new int[channel.length];
        Arrays.setAll(group, i -> i / (channels / (int) groups));
        Affine affine = new Affine(
                mean.gather(group),
                deviation.gather(group),
                Affine.channel(call, 1, channels).gather(channel),
                Affine.channel(call, 2, channels).gather(channel),
                planes);
        Numbers scaled =
                call.arithmetic().binary(Binary.MUL, normal, affine.scale().gather(planes));
        Numbers result =
                call.arithmetic().binary(Binary.ADD, scaled, affine.offset().gather(planes));
        return List.of(Value.of(x.type(), x.shape(), affine.largerErrors(first, numbers, result)));
    }
}
