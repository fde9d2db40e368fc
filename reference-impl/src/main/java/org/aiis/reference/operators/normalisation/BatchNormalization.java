package org.aiis.reference.operators.normalisation;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * Y = (X − mean) / √(var + epsilon) · scale + B, each of the four given by channel; X [N, C, D…]. The inference
 * form; training_mode is refused.
 *
 * <p>A variance below −epsilon gives NaN, one of −epsilon ±∞ or NaN. σ is the larger one of this formula and
 * of X · s + (B − mean · s), s = scale / √(var + epsilon), as compilers fold it into a convolution: it cancels where the
 * mean is large. Source: ONNX operator text of opset 9, 14, 15; for σ clause 4.3.5 of the standard.
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
        if (call.attributes().has("training_mode") && call.attributes().flag("training_mode")) {
            throw call.refusal("training_mode is not supported");
        }
        if (call.outputs() > 1) {
            throw call.refusal("the inference form has one output");
        }
        int rank = x.shape().rank();
        int channels = rank < 2 ? 1 : x.shape().dim(1);
        int inner = rank < 2 ? 1 : Axes.extent(x.shape().toArray(), 2, rank);
        int[] at = new int[x.size()];
        Arrays.setAll(at, i -> i / inner % channels);
        Arithmetic arithmetic = call.arithmetic();
        Numbers variance = arithmetic.binary(
                Binary.ADD,
                channel(call, 4, channels),
                arithmetic.constant(call.attributes().real("epsilon"), channels));
        Numbers deviation = arithmetic.unary(Unary.SQRT, variance);
        Numbers scale = channel(call, 1, channels);
        Numbers offset = channel(call, 2, channels);
        Numbers mean = channel(call, 3, channels);
        Numbers result = arithmetic.binary(Binary.SUB, x.numbers(), mean.gather(at));
        result = arithmetic.binary(Binary.DIV, result, deviation.gather(at));
        result = arithmetic.binary(Binary.MUL, result, scale.gather(at));
        result = arithmetic.binary(Binary.ADD, result, offset.gather(at));
        Numbers slope = arithmetic.binary(Binary.DIV, scale, deviation);
        Numbers intercept = arithmetic.binary(Binary.SUB, offset, arithmetic.binary(Binary.MUL, mean, slope));
        Numbers folded = arithmetic.binary(Binary.MUL, x.numbers(), slope.gather(at));
        folded = arithmetic.binary(Binary.ADD, folded, intercept.gather(at));
        return List.of(Value.of(x.type(), x.shape(), ((Reals) result).withLargerErrors((Reals) folded)));
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

    private static Numbers channel(Call call, int input, int channels) {
        Value value = call.input(input);
        if (!value.shape().equals(Shape.of(channels))) {
            throw call.refusal("input " + input + " has shape " + value.shape() + ", must be [" + channels + "]");
        }
        return value.numbers();
    }
}
