package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * The sum of one or more inputs, element by element. Shapes broadcast both ways.
 *
 * <p>As Add, first to last; σ counts one rounding an addition. Source: ONNX operator text of opset 13.
 */
public final class Sum implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("data_0*:T -> sum:T").type("T", Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return List.of(Folding.of(call, Binary.ADD));
    }
}
