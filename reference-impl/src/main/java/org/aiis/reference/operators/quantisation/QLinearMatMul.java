package org.aiis.reference.operators.quantisation;

import java.util.List;
import java.util.Set;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.linear.MatMul;
import org.aiis.spec.tensor.ElementType;

/**
 * y = saturate(round((a − a_zero_point)·(b − b_zero_point) · a_scale · b_scale / y_scale) + y_zero_point), ties to even,
 * shapes as in MatMul; scale and zero point for all elements, for each row of a, or for each column of b.
 *
 * <p>The sums are exact for integers and wrap beyond 32 bits; float32 for narrow floats. Bound: half a step and 6σ of what is
 * rounded; exact where all scales are powers of two. Source: ONNX operator text of opset 10, 21.
 */
public final class QLinearMatMul implements Operator {
    @Override
    public Signature signature(int opset) {
        Set<ElementType> types = opset < 21 ? Narrow.BYTES : Types.union(Narrow.BYTES, Types.FLOAT8);
        String scale = opset < 21 ? "float32" : "TS";
        Signature signature =
                Signature.of("a:T1 a_scale:TS a_zero_point:T1 b:T2 b_scale:TS b_zero_point:T2".replace("TS", scale)
                        + " y_scale:" + scale + " y_zero_point:T3 -> y:T3");
        if (opset >= 21) {
            signature.type("TS", Narrow.SCALES);
        }
        return signature.type("T1", types).type("T2", types).type("T3", types);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value a = Products.centred(call, 0, Products.byRow(call.input(2)));
        Value b = Products.centred(call, 3, call.input(5));
        if (a.type() != b.type()) {
            throw call.refusal("a product of integers and floats");
        }
        Value product = new MatMul().evaluate(call.with(a, b)).get(0);
        return List.of(Products.scaled(
                call, product, Products.byRow(call.input(1)), call.input(4), call.input(6), call.input(7), 0));
    }
}
