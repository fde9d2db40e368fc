package org.aiis.reference.operators.sequences;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.SequenceValue;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.spec.tensor.Shape;

/**
 * Parts along an axis as a sequence: of the size that a scalar split gives, the last one smaller where it must be; of
 * the sizes that a list gives; or of size 1 each where split is left out, then with keepdims = 0 without the axis.
 *
 * <p>Bits are kept. A list may hold zeros (OP-SplitToSequence-D1). Source: ONNX operator text of opset 11, 24.
 */
public final class SplitToSequence implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T split?:I -> output_sequence:seq(T)")
                .type("T", opset < 24 ? Elements.ALL : Types.ANY)
                .type("I", Types.INDEX)
                .attribute(Attribute.of("axis", 0))
                .attribute(Attribute.of("keepdims", 1));
    }

    @Override
    public List<SequenceValue> evaluate(Call call) {
        Value x = call.input(0);
        int[] dims = x.shape().toArray();
        int axis = Axes.axis(call, call.attributes().integer("axis"), dims.length);
        boolean kept = call.has(1) || call.attributes().flag("keepdims");
        long[] sizes = sizes(call, dims[axis]);
        int[] walk = Walk.steps(dims);
        List<Value> parts = new ArrayList<>();
        int first = 0;
        call.spend(sizes.length);
        for (long size : sizes) {
            dims[axis] = (int) size;
            int[] at = Walk.places(dims, walk, first);
            first += (int) size * walk[axis];
            parts.add(x.gather(at, kept ? Shape.of(dims) : without(dims, axis)));
        }
        return List.of(SequenceValue.of(call, x.type(), parts));
    }

    private static Shape without(int[] dims, int axis) {
        List<Integer> rest = new ArrayList<>(Shape.of(dims).dims());
        rest.remove(axis);
        return new Shape(rest);
    }

    private static long[] sizes(Call call, int extent) {
        if (call.has(1) && call.input(1).shape().rank() == 1) {
            long[] sizes = Axes.list(call, 1, false);
            if (LongStream.of(sizes).anyMatch(s -> s < 0 || s > extent)
                    || LongStream.of(sizes).sum() != extent) {
                throw call.refusal("parts of " + Arrays.toString(sizes) + " of an axis of " + extent);
            }
            return sizes;
        }
        long size = call.has(1) ? Axes.list(call, 1, true)[0] : 1;
        if (size < 1) {
            throw call.refusal("parts of size " + size);
        }
        long parts = -Math.floorDiv(-(long) extent, size);
        long[] sizes = new long[(int) parts];
        Arrays.fill(sizes, size);
        if (parts > 0) {
            sizes[sizes.length - 1] = extent - size * (parts - 1);
        }
        return sizes;
    }
}
