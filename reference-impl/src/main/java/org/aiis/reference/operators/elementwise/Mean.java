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
 * The mean of one or more inputs, element by element. Shapes broadcast both ways.
 *
 * <p>The sum, first to last, divided by the number of inputs. Source: ONNX operator text of opset 13.
 */
public final class Mean implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("data_0*:T -> mean:T").type("T", Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value sum = Folding.of(call, Binary.ADD);
        Numbers count = call.arithmetic().constant(call.inputs(), sum.size());
        return List.of(Value.of(sum.type(), sum.shape(), call.arithmetic().binary(Binary.DIV, sum.numbers(), count)));
    }
}
