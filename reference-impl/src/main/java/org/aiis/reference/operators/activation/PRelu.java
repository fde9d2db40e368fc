package org.aiis.reference.operators.activation;

import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Broadcast;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = X where X ≥ 0, else slope·X; slope broadcasts to the shape of X.
 *
 * <p>Rounded once where X is negative, exact elsewhere; integers wrap. NaN and −0 stay. Source: ONNX operator text of
 * opset 9, 16.
 */
public final class PRelu implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T slope:T -> Y:T")
                .type("T", Types.union(opset < 16 ? Types.IEEE : Types.FLOAT, Types.WIDE));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        call.spend(x.size());
        Arithmetic arithmetic = call.arithmetic();

        Value slope = Broadcast.to(call, x.shape(), call.input(1));
        Numbers scaled = arithmetic.binary(Binary.MUL, slope.numbers(), x.numbers());
        return List.of(
                Value.of(x.type(), x.shape(), Pieces.whereNegative(arithmetic, x.numbers(), scaled, x.numbers())));
    }
}
