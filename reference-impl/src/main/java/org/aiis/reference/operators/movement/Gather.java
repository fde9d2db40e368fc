package org.aiis.reference.operators.movement;

import java.util.ArrayList;
import java.util.List;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * Slices along an axis at the given indices, of any rank, which take the place of that axis; negative ones count
 * from the end.
 *
 * <p>Bits are kept; an index out of range is refused. Source: ONNX operator text of opset 13.
 */
public final class Gather implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("data:T indices:Tind -> output:T")
                .type("T", Types.ANY)
                .type("Tind", Types.INDEX)
                .attribute(Attribute.of("axis", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value data = call.input(0);
        Value indices = call.input(1);
        int[] dims = data.shape().toArray();
        int axis = Axes.axis(call, call.attributes().integer("axis"), dims.length);
        long[] chosen = indices.longs();
        for (int i = 0; i < chosen.length; i++) {
            if (chosen[i] < -dims[axis] || chosen[i] >= dims[axis]) {
                throw call.refusal("index " + chosen[i] + " of " + dims[axis]);
            }
            chosen[i] += chosen[i] < 0 ? dims[axis] : 0;
        }
        List<Integer> extents = new ArrayList<>(data.shape().dims().subList(0, axis));
        extents.addAll(indices.shape().dims());
        extents.addAll(data.shape().dims().subList(axis + 1, dims.length));
        Shape shape = call.shape(extents.stream().mapToLong(Integer::longValue).toArray());
        int inner = Axes.extent(dims, axis + 1, dims.length);
        int[] at = new int[shape.size()];
        for (int i = 0; i < at.length; i++) {
            int slice = i / inner;
            int outer = slice / chosen.length;
            at[i] = (outer * dims[axis] + (int) chosen[slice % chosen.length]) * inner + i % inner;
        }
        return List.of(data.gather(at, shape));
    }
}
