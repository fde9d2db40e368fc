package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * output = min(max(input, min), max), any shape; min and max are scalars and may be left out.
 *
 * <p>Exact; a minimum above the maximum gives the maximum, NaN stays NaN (OP-Clip-D1). Source: ONNX operator text
 * of opset 13.
 */
public final class Clip implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T min?:T max?:T -> output:T").type("T", Types.NUMERIC);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Numbers result = x.numbers();
        if (call.has(1)) {
            result = call.arithmetic().binary(Binary.MAX, result, bound(call, 1));
        }
        if (call.has(2)) {
            result = call.arithmetic().binary(Binary.MIN, result, bound(call, 2));
        }
        return List.of(Value.of(x.type(), x.shape(), result));
    }

    private static Numbers bound(Call call, int input) {
        if (call.input(input).shape().rank() != 0) {
            throw call.refusal("a bound of shape " + call.input(input).shape() + ", must be a scalar");
        }
        return call.input(input).numbers().gather(new int[call.input(0).size()]);
    }
}
