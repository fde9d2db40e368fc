package org.aiis.reference.operators.movement;

import java.util.ArrayList;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * The inputs one after the other along an axis; their other extents are equal.
 *
 * <p>Bits are kept. Source: ONNX operator text of opset 13.
 */
public final class Concat implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("inputs*:T -> concat_result:T").type("T", Types.ANY).required("axis", AttributeType.INT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return List.of(along(call, call.attributes().integer("axis"), call.all()));
    }

    /** Tensors one after the other along an axis, at least one. */
    public static Value along(Call call, long along, List<Value> parts) {
        Shape first = parts.get(0).shape();
        int axis = Axes.axis(call, along, first.rank());
        long[] dims = first.toLongs();
        dims[axis] = 0;
        for (Value part : parts) {
            List<Integer> own = new ArrayList<>(part.shape().dims());
            if (own.size() != first.rank()
                    || !own.set(axis, first.dim(axis)).equals(part.shape().dim(axis))
                    || !own.equals(first.dims())) {
                throw call.refusal("shape " + part.shape() + " does not continue " + first + " along axis " + axis);
            }
            dims[axis] += part.shape().dim(axis);
        }
        Shape shape = call.shape(dims);
        int inner = Axes.extent(first.toArray(), axis + 1, first.rank());
        int outer = Axes.extent(first.toArray(), 0, axis);
        int[] at = new int[shape.size()];
        int filled = 0;
        for (int i = 0; i < outer; i++) {
            int before = 0;
            for (Value part : parts) {
                int run = part.shape().dim(axis) * inner;
                for (int k = 0; k < run; k++) {
                    at[filled++] = before + i * run + k;
                }
                before += part.size();
            }
        }
        return Value.join(parts).gather(at, shape);
    }
}
