package org.aiis.reference.operators.movement;

import java.util.ArrayList;
import java.util.List;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * New axes of extent 1 at the given places of the result.
 *
 * <p>axes of rank 0 count as one axis: the text calls it a list, and ONNX's function body of AffineGrid gives a scalar. Bits
 * are kept. Source: ONNX operator text of opset 13, 21, 23, 24, 25.
 */
public final class Unsqueeze implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("data:T axes:int64 -> expanded:T").type("T", Types.anyFrom21(opset));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        long[] axes = Axes.list(call, 1, true);
        int rank = x.shape().rank() + axes.length;
        List<Integer> dims = new ArrayList<>(x.shape().dims());
        for (int axis : Axes.axes(call, axes, rank)) {
            dims.add(axis, 1);
        }
        return List.of(x.reshaped(new Shape(dims)));
    }
}
