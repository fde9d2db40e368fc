package org.aiis.reference.operators.movement;

import java.util.List;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * The input, any shape.
 *
 * <p>Bits are kept. Source: ONNX operator text of opset 13 to 21.
 */
public final class Identity implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:V -> output:V").type("V", Types.ANY);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return List.of(call.input(0));
    }
}
