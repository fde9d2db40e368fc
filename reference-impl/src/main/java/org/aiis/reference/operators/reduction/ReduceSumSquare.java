package org.aiis.reference.operators.reduction;

import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Σ x² over axes.
 *
 * <p>First to last; no elements give 0, integers wrap, NaN propagates, ±∞ gives +∞. σ is the running error of the
 * sum, each square rounded. Source: ONNX operator text of opset 13, 18, and its function body.
 */
public final class ReduceSumSquare implements Operator {
    @Override
    public Signature signature(int opset) {
        return Reduction.signature(opset, 18, Types.union(Types.FLOAT, Types.WIDE));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Reduction reduction = Reduction.of(call);
        Value x = call.input(0);
        Numbers ordered = x.numbers().gather(reduction.order);
        Numbers squares = call.arithmetic().binary(Binary.MUL, ordered, ordered);
        return List.of(Value.of(x.type(), reduction.shape, call.arithmetic().sums(squares, reduction.starts())));
    }
}
