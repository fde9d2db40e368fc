package org.aiis.reference.operators.reduction;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * The product over axes.
 *
 * <p>First to last; no elements give 1, integers wrap, NaN and 0 · ∞ give NaN. The result knows its number of
 * factors. Source: ONNX operator text of opset 13, 18.
 */
public final class ReduceProd implements Operator {
    @Override
    public Signature signature(int opset) {
        return Reduction.signature(opset, 18, Types.union(Types.FLOAT, Types.WIDE));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Reduction reduction = Reduction.of(call);
        Value x = call.input(0);
        int results = reduction.shape.size();
        Numbers ordered = x.numbers().gather(reduction.order);
        Numbers product = call.arithmetic().constant(1, results);
        int[] at = new int[results];
        for (int k = 0; k < reduction.length; k++) {
            int step = k;
            Arrays.setAll(at, i -> i * reduction.length + step);
            Numbers factor = ordered.gather(at);
            product = k == 0 ? factor : call.arithmetic().binary(Binary.MUL, product, factor);
        }
        int[] factors = new int[results];
        Arrays.fill(factors, reduction.length);
        Numbers counted = product instanceof Reals reals ? reals.withFactors(factors) : product;
        return List.of(Value.of(x.type(), reduction.shape, counted));
    }
}
