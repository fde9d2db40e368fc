package org.aiis.reference.operators.generation;

import java.util.ArrayList;
import java.util.List;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.conversion.Conversion;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * A new axis of extent depth, at the last place if none is given: the second of the two values where its index is
 * that of the input, elsewhere the first. Negative indices count from the end, those out of range are nowhere.
 *
 * <p>Bits are kept. Indices and depth of a float type are truncated. Source: ONNX operator text of opset 11, 28.
 */
public final class OneHot implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("indices:T1 depth:T2 values:T3 -> output:T3")
                .type("T1", Types.without(Types.NUMERIC, ElementType.BFLOAT16))
                .type("T2", Types.without(Types.NUMERIC, ElementType.BFLOAT16))
                .type("T3", opset < 28 ? Types.without(Types.ANY, ElementType.BFLOAT16) : Types.ANY)
                .attribute(Attribute.of("axis", -1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value indices = call.input(0);
        Value values = call.input(2);
        long[] depths = Conversion.of(call, call.input(1), ElementType.INT64).longs();
        if (depths.length != 1 || depths[0] < 1 || !values.shape().equals(Shape.of(2))) {
            throw call.refusal("depth must be one positive number and values have shape [2]");
        }
        int rank = indices.shape().rank() + 1;
        int axis = Axes.axis(call, call.attributes().integer("axis"), rank);
        List<Integer> dims = new ArrayList<>(indices.shape().dims());
        dims.add(axis, (int) Math.min(depths[0], Integer.MAX_VALUE));
        Shape shape = call.shape(dims.stream().mapToLong(Integer::longValue).toArray());
        int depth = shape.dim(axis);
        int inner = Axes.extent(shape.toArray(), axis + 1, rank);
        long[] chosen = Conversion.of(call, indices, ElementType.INT64).longs();
        // What is negative of uint64 lies beyond int64, out of range.
        boolean fromTheEnd = indices.type() != ElementType.UINT64;
        int[] at = new int[shape.size()];
        for (int i = 0; i < chosen.length; i++) {
            long index = chosen[i] < 0 && fromTheEnd ? chosen[i] + depth : chosen[i];
            if (index >= 0 && index < depth) {
                at[(i / inner * depth + (int) index) * inner + i % inner] = 1;
            }
        }
        return List.of(values.gather(at, shape));
    }
}
