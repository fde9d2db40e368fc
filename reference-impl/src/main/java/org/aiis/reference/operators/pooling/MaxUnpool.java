package org.aiis.reference.operators.pooling;

import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Windows;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Zeros, with each element of X at the place that I gives, counted row-major in a tensor of the extents (d − 1)·stride −
 * pads + kernel; output_shape puts that tensor at the beginning of a larger one (OP-MaxUnpool-D1).
 *
 * <p>Bits are kept; of several elements for one place the last stays. Source: ONNX operator text of opset 11, 22.
 */
public final class MaxUnpool implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T1 I:T2 output_shape?:T2 -> output:T1")
                .type("T1", opset < 22 ? Types.IEEE : Types.FLOAT)
                .type("T2", Types.set(ElementType.INT64))
                .required("kernel_shape", AttributeType.INTS)
                .optional("pads", AttributeType.INTS)
                .optional("strides", AttributeType.INTS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int rank = x.shape().rank();
        int axes = rank - 2;
        if (axes < 1 || !call.input(1).shape().equals(x.shape())) {
            throw call.refusal(
                    "X has shape " + x.shape() + " and I " + call.input(1).shape());
        }
        long[] kernel = Windows.list(call, "kernel_shape", axes, 1);
        long[] strides = Windows.list(call, "strides", axes, 1);
        long[] pads = Windows.list(call, "pads", 2 * axes, 0);
        long[] dims = x.shape().toLongs();
        for (int axis = 0; axis < axes; axis++) {
            dims[axis + 2] = (dims[axis + 2] - 1) * strides[axis] - pads[axis] - pads[axis + axes] + kernel[axis];
        }
        Shape inner = call.shape(dims);
        int[] at = new int[inner.size()];
        Arrays.fill(at, x.size());
        long[] indices = call.input(1).longs();
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] < 0 || indices[i] >= at.length) {
                throw call.refusal("index " + indices[i] + " of " + at.length + " elements");
            }
            at[(int) indices[i]] = i;
        }
        Value zero = Value.of(new Tensor.Builder(x.type(), Shape.of(1)).build());
        Value all = Value.join(List.of(x, zero));
        if (!call.has(2)) {
            return List.of(all.gather(at, inner));
        }
        Shape outer = call.shape(Axes.list(call, 2, false));
        return List.of(all.gather(placed(call, at, inner, outer, x.size()), outer));
    }

    private static int[] placed(Call call, int[] at, Shape inner, Shape outer, int zero) {
        boolean fits = inner.rank() == outer.rank();
        for (int axis = 0; fits && axis < inner.rank(); axis++) {
            fits = inner.dim(axis) <= outer.dim(axis);
        }
        if (!fits) {
            throw call.refusal("output_shape " + outer + " is smaller than " + inner);
        }
        int[] placed = new int[outer.size()];
        for (int i = 0; i < placed.length; i++) {
            int place = 0;
            int rest = i;
            int step = 1;
            for (int axis = inner.rank() - 1; axis >= 0 && place >= 0; axis--) {
                int index = rest % outer.dim(axis);
                rest /= outer.dim(axis);
                place = index < inner.dim(axis) ? place + index * step : -1;
                step *= inner.dim(axis);
            }
            placed[i] = place < 0 ? zero : at[place];
        }
        return placed;
    }
}
