package org.aiis.reference.operators.quantisation;

import java.util.List;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.linear.MatMul;
import org.aiis.spec.tensor.ElementType;

/**
 * Y = (A − a_zero_point)·(B − b_zero_point) as int32, shapes as in MatMul; a zero point for all elements, for each row of A,
 * or for each column of B.
 *
 * <p>Exact; sums beyond 32 bits wrap. Source: ONNX operator text of opset 10.
 */
public final class MatMulInteger implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("A:T1 B:T2 a_zero_point?:T1 b_zero_point?:T2 -> Y:T3")
                .type("T1", Narrow.BYTES)
                .type("T2", Narrow.BYTES)
                .type("T3", Types.set(ElementType.INT32));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value a = call.has(2) ? Products.centred(call, 0, Products.byRow(call.input(2))) : Products.centred(call, 0);
        Value b = call.has(3) ? Products.centred(call, 1, call.input(3)) : Products.centred(call, 1);
        return new MatMul().evaluate(call.with(a, b));
    }
}
