package org.aiis.reference.operators.reduction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;

/**
 * Products of all elements up to each one along an axis; exclusive leaves the element itself out, reverse begins at
 * the end.
 *
 * <p>First to last; the empty product is 1, integers wrap, NaN and 0 · ∞ spread from their place on. Each result knows
 * its number of factors. The axis is a scalar. Source: ONNX operator text of opset 26.
 */
public final class CumProd implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("x:T axis:T2 -> y:T")
                .type("T", Types.union(Types.FLOAT, Types.WIDE))
                .type("T2", Types.INDEX)
                .attribute(Attribute.of("exclusive", 0))
                .attribute(Attribute.of("reverse", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        if (call.input(1).shape().rank() != 0) {
            throw call.refusal("the axis has rank " + call.input(1).shape().rank() + ", must have rank 0");
        }
        int[] dims = x.shape().toArray();
        int axis = Axes.axis(call, call.input(1).longs()[0], dims.length);
        int extent = dims[axis];
        int step = Walk.steps(dims)[axis];
        boolean reverse = call.attributes().flag("reverse");
        int skipped = call.attributes().flag("exclusive") ? 1 : 0;
        call.spend(x.size());
        int lanes = extent == 0 ? 0 : x.size() / extent;
        int[] at = new int[lanes];
        List<Numbers> products = new ArrayList<>();
        Arithmetic arithmetic = call.arithmetic();
        for (int k = 0; k < extent; k++) {
            int index = reverse ? extent - 1 - (k - skipped) : k - skipped;
            Arrays.setAll(at, i -> i / step * extent * step + index * step + i % step);
            Numbers factor =
                    k < skipped ? arithmetic.constant(1, lanes) : x.numbers().gather(at);
            products.add(k <= skipped ? factor : arithmetic.binary(Binary.MUL, products.get(k - 1), factor));
        }
        int[] order = new int[x.size()];
        int[] factors = new int[x.size()];
        for (int i = 0; i < order.length; i++) {
            int index = i / step % extent;
            int k = reverse ? extent - 1 - index : index;
            order[i] = k * lanes + i / (step * extent) * step + i % step;
            factors[i] = Math.max(k + 1 - skipped, 1);
        }
        Numbers all = products.isEmpty() ? x.numbers() : Numbers.join(products).gather(order);
        return List.of(Value.of(x.type(), x.shape(), all instanceof Reals reals ? reals.withFactors(factors) : all));
    }
}
