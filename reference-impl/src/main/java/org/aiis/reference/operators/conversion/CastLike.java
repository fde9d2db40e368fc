package org.aiis.reference.operators.conversion;

import java.util.List;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * The elements of the first input in the type of the second, as Cast does it.
 *
 * <p>Source: ONNX operator text of opset 15, 19, 21, 23, 24, 25.
 */
public final class CastLike implements Operator {
    @Override
    public Signature signature(int opset) {
        return Cast.attributes(
                Signature.of("input:T1 target_type:T2 -> output:T2")
                        .type("T1", Types.any(opset))
                        .type("T2", Types.any(opset)),
                opset);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return List.of(Conversion.of(call, call.input(0), call.outputType(0), Narrowing.of(call)));
    }
}
