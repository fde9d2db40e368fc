package org.aiis.reference.operators.activation;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = X where X ≥ 0, else alpha · X, any shape.
 *
 * <p>Rounded once where X is negative, alpha as the float32 attribute gives it (OP-LeakyRelu-D2); exact elsewhere.
 * NaN stays NaN (OP-LeakyRelu-D1). Source: ONNX operator text of opset 6, 16.
 */
public final class LeakyRelu implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T")
                .type("T", opset < 16 ? Types.IEEE : Types.FLOAT)
                .attribute(Attribute.of("alpha", 0.01f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int size = x.size();
        Numbers all = x.numbers();
        Numbers zero = call.arithmetic().constant(0, 1);
        Numbers alpha = call.arithmetic().constant(call.attributes().real("alpha"), size);
        Numbers scaled = call.arithmetic().binary(Binary.MUL, all, alpha);
        int[] at = new int[size];
        Arrays.setAll(at, i -> call.arithmetic().holds(Relation.LESS, all, i, zero, 0) ? size + i : i);
        return List.of(
                Value.of(x.type(), x.shape(), Numbers.join(List.of(all, scaled)).gather(at)));
    }
}
