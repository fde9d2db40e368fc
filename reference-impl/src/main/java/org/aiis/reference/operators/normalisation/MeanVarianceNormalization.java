package org.aiis.reference.operators.normalisation;

import java.util.List;
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
 * Y = (X − mean) / (√variance + 10^−9), mean and variance over axes, which are 0, 2 and 3 if none are given.
 *
 * <p>σ is the larger one of this formula and of the function body, whose variance is E(x²) − E(x)². A slice of equal
 * elements has no determined result (OP-MeanVarianceNormalization-D1). Source: ONNX operator text of opset 13, and its
 * function body.
 */
public final class MeanVarianceNormalization implements Operator {
    private static final double EPSILON = 1e-9f;

    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T").type("T", Types.FLOAT).attribute(Attribute.ints("axes", 0, 2, 3));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int[] dims = x.shape().toArray();
        Lanes lanes = Lanes.over(dims, Axes.axes(call, call.attributes().integers("axes"), dims.length));
        Arithmetic arithmetic = call.arithmetic();
        Numbers ordered = lanes.gather(x.numbers());
        Numbers mean = lanes.mean(arithmetic, ordered);
        Numbers deviation = arithmetic.unary(Unary.SQRT, lanes.varianceOrBody(arithmetic, ordered, mean));
        Numbers divisor = arithmetic.binary(Binary.ADD, deviation, arithmetic.constant(EPSILON, lanes.count));
        Numbers distance = arithmetic.binary(Binary.SUB, ordered, lanes.repeat(mean));
        Numbers result = arithmetic.binary(Binary.DIV, distance, lanes.repeat(divisor));
        return List.of(Value.of(x.type(), x.shape(), lanes.scatter(result)));
    }
}
