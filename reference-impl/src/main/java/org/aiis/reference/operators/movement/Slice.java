package org.aiis.reference.operators.movement;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.spec.tensor.Shape;

/**
 * Along each given axis the elements from start to before end in steps; negative numbers count from the end, a
 * negative step goes backward, what lies outside is cut.
 *
 * <p>Bits are kept. Source: ONNX operator text of opset 13.
 */
public final class Slice implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("data:T starts:Tind ends:Tind axes?:Tind steps?:Tind -> output:T")
                .type("T", Types.ANY)
                .type("Tind", Types.INDEX);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value data = call.input(0);
        long[] starts = Axes.list(call, 1, false);
        long[] ends = list(call, 2, starts.length, 0);
        long[] named = list(call, 3, starts.length, 1);
        long[] strides = list(call, 4, starts.length, 1);
        int[] dims = data.shape().toArray();
        int[] walk = Walk.steps(dims);
        int first = 0;
        Axes.axes(call, named, dims.length);
        for (int i = 0; i < starts.length; i++) {
            int axis = Axes.axis(call, named[i], dims.length);
            long step = Math.max(-Integer.MAX_VALUE, Math.min(strides[i], Integer.MAX_VALUE));
            if (step == 0) {
                throw call.refusal("a step is 0");
            }
            int extent = dims[axis];
            long start = clamped(starts[i], extent, 0, step > 0 ? extent : extent - 1);
            long end = clamped(ends[i], extent, step > 0 ? 0 : -1, step > 0 ? extent : extent - 1);
            long distance = step > 0 ? end - start : start - end;
            dims[axis] = (int) (distance <= 0 || extent == 0 ? 0 : 1 + (distance - 1) / Math.abs(step));
            first += (int) start * walk[axis];
            walk[axis] = (int) (walk[axis] * Math.max(-extent - 1, Math.min(step, extent + 1)));
        }
        Shape shape = Shape.of(dims);
        return List.of(data.gather(shape.size() == 0 ? new int[0] : Walk.places(dims, walk, first), shape));
    }

    /** Another list as long as starts; left out, axes count up from 0 and steps are 1. */
    private static long[] list(Call call, int input, int length, long otherwise) {
        long[] values = new long[length];
        if (!call.has(input)) {
            Arrays.setAll(values, i -> input == 3 ? i : otherwise);
            return values;
        }
        values = Axes.list(call, input, false);
        if (values.length != length) {
            throw call.refusal("input " + input + " has " + values.length + " elements, must have " + length);
        }
        return values;
    }

    private static long clamped(long index, int extent, long least, long most) {
        return Math.max(least, Math.min(index < 0 ? index + extent : index, most));
    }
}
