package org.aiis.reference.operators.movement;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * Without the given axes, which must have extent 1, or without all that have.
 *
 * <p>Bits are kept. Source: ONNX operator text of opset 13, 21, 23, 24, 25.
 */
public final class Squeeze implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("data:T axes?:int64 -> squeezed:T").type("T", Types.anyFrom21(opset));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int[] dims = x.shape().toArray();
        int[] axes = call.has(1)
                ? Axes.axes(call, Axes.list(call, 1, false), dims.length)
                : IntStream.range(0, dims.length)
                        .filter(axis -> dims[axis] == 1)
                        .toArray();
        List<Integer> rest = new ArrayList<>(x.shape().dims());
        for (int i = axes.length - 1; i >= 0; i--) {
            if (rest.remove(axes[i]) != 1) {
                throw call.refusal("axis " + axes[i] + " of shape " + x.shape() + " has not extent 1");
            }
        }
        return List.of(x.reshaped(new Shape(rest)));
    }
}
