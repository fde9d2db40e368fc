package org.aiis.reference.operators.movement;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * The slices along an axis, or without one the elements of the flattened input, where the condition is true; what is
 * beyond the condition is left out.
 *
 * <p>Bits are kept. Rank 1 at least; a condition that is longer than the axis is refused. Source: ONNX operator text of
 * opset 11, 28.
 */
public final class Compress implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T condition:bool -> output:T")
                .type("T", opset < 28 ? Types.without(Types.ANY, ElementType.BFLOAT16) : Types.ANY)
                .optional("axis", AttributeType.INT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        if (x.shape().rank() < 1) {
            throw call.refusal("a scalar has nothing to select from");
        }
        boolean flat = !call.attributes().has("axis");
        int[] dims = flat ? new int[] {x.size()} : x.shape().toArray();
        int axis = flat ? 0 : Axes.axis(call, call.attributes().integer("axis"), dims.length);
        long[] condition = Axes.list(call, 1, false);
        if (condition.length > dims[axis]) {
            throw call.refusal("a condition of " + condition.length + " for " + dims[axis]);
        }
        int[] kept = new int[condition.length];
        int count = 0;
        for (int i = 0; i < condition.length; i++) {
            if (condition[i] != 0) {
                kept[count++] = i;
            }
        }
        int step = Walk.steps(dims)[axis];
        int extent = dims[axis];
        dims[axis] = count;
        int[] at = new int[Shape.of(dims).size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = (i / step / count * extent + kept[i / step % count]) * step + i % step;
        }
        call.spend(at.length);
        return List.of(x.gather(at, Shape.of(dims)));
    }
}
