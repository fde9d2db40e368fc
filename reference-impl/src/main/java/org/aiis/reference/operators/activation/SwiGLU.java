package org.aiis.reference.operators.activation;

import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = A·sigmoid(alpha·A)·B, any shape, the same for A and B.
 *
 * <p>σ of the formula. Source: ONNX operator text of opset 28.
 */
public final class SwiGLU implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("A:T B:T -> Y:T").type("T", Types.FLOAT).attribute(Attribute.of("alpha", 1f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value gate = call.input(0);
        Value linear = call.input(1);
        if (!gate.shape().equals(linear.shape())) {
            throw call.refusal("shapes " + gate.shape() + " and " + linear.shape() + " must be equal");
        }
        call.spend(gate.size());
        Numbers result = call.arithmetic().binary(Binary.MUL, Pieces.swish(call, gate.numbers()), linear.numbers());
        return List.of(Value.of(gate.type(), gate.shape(), result));
    }
}
