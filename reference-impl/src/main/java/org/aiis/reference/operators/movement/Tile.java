package org.aiis.reference.operators.movement;

import java.util.List;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Budget;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.spec.tensor.Shape;

/**
 * The input so many times one after the other along each axis.
 *
 * <p>Bits are kept; as many repeats as axes, none negative. Source: ONNX operator text of opset 13.
 */
public final class Tile implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T repeats:int64 -> output:T").type("T", Types.ANY);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int[] dims = x.shape().toArray();
        long[] repeats = Axes.list(call, 1, false);
        if (repeats.length != dims.length) {
            throw call.refusal(repeats.length + " repeats for rank " + dims.length);
        }
        long[] extents = new long[dims.length];
        for (int axis = 0; axis < dims.length; axis++) {
            if (repeats[axis] < 0 || repeats[axis] > Budget.LARGEST_TENSOR) {
                throw call.refusal(repeats[axis] + " repeats");
            }
            extents[axis] = dims[axis] * repeats[axis];
        }
        Shape shape = call.shape(extents);
        int[] steps = Walk.steps(dims);
        int[] at = new int[shape.size()];
        int inner = at.length;
        for (int axis = 0; axis < dims.length && at.length > 0; axis++) {
            inner /= shape.dim(axis);
            for (int i = 0; i < at.length; i++) {
                at[i] += i / inner % shape.dim(axis) % dims[axis] * steps[axis];
            }
        }
        return List.of(x.gather(at, shape));
    }
}
