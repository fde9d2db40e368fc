package org.aiis.reference.operators.reduction;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.spec.tensor.ElementType;

/**
 * Sums of all elements up to each one along an axis; exclusive leaves the element itself out, reverse begins at
 * the end.
 *
 * <p>Each sum from its first element on, with the running error of that sum. Integers wrap. The axis is a scalar,
 * or one element. Source: ONNX operator text of opset 11, 14.
 */
public final class CumSum implements Operator {
    private static final Set<ElementType> FULL = Types.set(ElementType.FLOAT32, ElementType.FLOAT64);

    @Override
    public Signature signature(int opset) {
        return Signature.of("x:T axis:T2 -> y:T")
                .type("T", Types.union(opset < 14 ? FULL : Types.FLOAT, Types.WIDE))
                .type("T2", Types.INDEX)
                .attribute(Attribute.of("exclusive", 0))
                .attribute(Attribute.of("reverse", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        long[] axes = Axes.list(call, 1, true);
        if (axes.length != 1) {
            throw call.refusal(axes.length + " axes are given, must be one");
        }
        int axis = Axes.axis(call, axes[0], x.shape().rank());
        int extent = x.shape().dim(axis);
        int step = Walk.steps(x.shape().toArray())[axis];
        int shift = call.attributes().flag("exclusive") ? 0 : 1;
        int direction = call.attributes().flag("reverse") ? -1 : 1;
        int[] starts = new int[x.size() + 1];
        int[] order = new int[call.shape(x.size(), extent).size()];
        int count = 0;
        for (int i = 0; i < x.size(); i++) {
            int index = i / step % extent;
            int terms = (direction > 0 ? index : extent - 1 - index) + shift;
            int first = i - (direction > 0 ? index : index - extent + 1) * step;
            for (int k = 0; k < terms; k++) {
                order[count++] = first + k * direction * step;
            }
            starts[i + 1] = count;
        }
        Numbers terms = x.numbers().gather(Arrays.copyOf(order, count));
        return List.of(Value.of(x.type(), x.shape(), call.arithmetic().sums(terms, starts)));
    }
}
