package org.aiis.reference.operators.normalisation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * Y = (X − mean) / √(var + epsilon) · scale + B, each of the four given by channel; X [N, C, D…]. With training_mode mean
 * and var are those of X by channel, and running_mean and running_var = input · momentum + current · (1 − momentum) come
 * out too.
 *
 * <p>A variance below −epsilon gives NaN, one of −epsilon ±∞ or NaN. Mean and variance of float16 and bfloat16 are
 * calculated in float32. σ as {@link Affine} gives it. The training form of version 9, which the number of outputs
 * tells, is refused. Source: ONNX operator text of opset 9, 14, 15; for σ clause 4.3.5 of the standard.
 */
public final class BatchNormalization implements Operator {
    @Override
    public Signature signature(int opset) {
        return (opset < 15
                        ? older(opset)
                        : Signature.of(
                                        "X:T scale:T1 B:T1 input_mean:T2 input_var:T2 -> Y:T running_mean?:T2 running_var?:T2")
                                .type("T1", Types.FLOAT)
                                .type("T2", Types.FLOAT)
                                .type("T", Types.FLOAT)
                                .attribute(Attribute.of("training_mode", 0)))
                .attribute(Attribute.of("epsilon", 1e-5f))
                .attribute(Attribute.of("momentum", 0.9f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        boolean training =
                call.attributes().has("training_mode") && call.attributes().flag("training_mode");
        if (!training && call.outputs() > 1) {
            throw call.refusal("the inference form has one output");
        }
        int[] dims = x.shape().toArray();
        int channels = dims.length < 2 ? 1 : dims[1];
        int inner = dims.length < 2 ? 1 : Axes.extent(dims, 2, dims.length);
        int[] at = new int[x.size()];
        Arrays.setAll(at, i -> i / inner % channels);
        Arithmetic arithmetic = call.arithmetic();
        Arithmetic statistics = x.type() == ElementType.FLOAT64 ? arithmetic : call.arithmetic(ElementType.FLOAT32);
        Lanes lanes = Lanes.over(
                dims, IntStream.range(0, dims.length).filter(axis -> axis != 1).toArray());
        Numbers ordered = lanes.gather(x.numbers());
        Numbers mean = training ? lanes.mean(statistics, ordered) : Affine.channel(call, 3, channels);
        Numbers variance = training ? lanes.variance(statistics, ordered, mean) : Affine.channel(call, 4, channels);
        Numbers epsilon = arithmetic.constant(call.attributes().real("epsilon"), channels);
        Numbers deviation = arithmetic.unary(Unary.SQRT, arithmetic.binary(Binary.ADD, variance, epsilon));
        Affine affine =
                new Affine(mean, deviation, Affine.channel(call, 1, channels), Affine.channel(call, 2, channels), at);
        Value y = Value.of(x.type(), x.shape(), affine.apply(arithmetic, x.numbers()));
        return training
                ? List.of(y, running(call, 3, channels, mean), running(call, 4, channels, variance))
                : List.of(y);
    }

    private static Value running(Call call, int input, int channels, Numbers current) {
        ElementType type = call.input(input).type();
        Arithmetic arithmetic = call.arithmetic(type);
        double momentum = call.attributes().real("momentum");
        Numbers before = arithmetic.binary(
                Binary.MUL, Affine.channel(call, input, channels), arithmetic.constant(momentum, channels));
        Numbers now = arithmetic.binary(Binary.MUL, current, arithmetic.constant(1 - momentum, channels));
        return Value.of(type, Shape.of(channels), arithmetic.binary(Binary.ADD, before, now));
    }

    private static Signature older(int opset) {
        return opset < 14
                ? Signature.of("X:T scale:T B:T mean:T var:T -> Y:T mean?:T var?:T saved_mean?:T saved_var?:T")
                        .type("T", Types.IEEE)
                : Signature.of("X:T scale:T B:T input_mean:U input_var:U -> Y:T running_mean?:U running_var?:U")
                        .type("T", Types.FLOAT)
                        .type("U", Types.FLOAT)
                        .attribute(Attribute.of("training_mode", 0));
    }
}
