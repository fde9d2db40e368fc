package org.aiis.reference.operators.sequences;

import java.util.List;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.OptionalValue;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * Whether an optional value holds something, a scalar of bool; from opset 18 on true for a tensor or a sequence, and
 * false without an input.
 *
 * <p>Source: ONNX operator text of opset 15, 18, 28.
 */
public final class OptionalHasElement implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of(opset < 18 ? "input:O -> output:bool" : "input?:O -> output:bool")
                .kind("O", Optionals.asked(opset));
    }

    @Override
    public List<Value> evaluate(Call call) {
        boolean held = call.has(0)
                && (!(call.datum(0) instanceof OptionalValue value)
                        || value.content().isPresent());
        return List.of(Value.bools(Shape.SCALAR, new boolean[] {held}));
    }
}
