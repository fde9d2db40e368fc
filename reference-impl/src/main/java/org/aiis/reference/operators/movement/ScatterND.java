package org.aiis.reference.operators.movement;

import java.util.ArrayList;
import java.util.List;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * A copy of data with the updates at the elements or slices that the tuples in the last axis of indices name.
 *
 * <p>Reductions, repeated and wrong indices as in ScatterElements. data: [d…], indices: [q…, k], updates: [q…, rest of d].
 * Source: ONNX operator text of opset 13, 16, 18.
 */
public final class ScatterND implements Operator {
    @Override
    public Signature signature(int opset) {
        Signature signature =
                Signature.of("data:T indices:int64 updates:T -> output:T").type("T", Types.ANY);
        return opset < 16
                ? signature
                : signature.words(Attribute.of("reduction", "none"), ScatterElements.reductions(opset));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value data = call.input(0);
        Value indices = call.input(1);
        List<Integer> own = data.shape().dims();
        List<Integer> asked = indices.shape().dims();
        int length = asked.isEmpty() ? 0 : asked.get(asked.size() - 1);
        if (length < 1 || length > own.size()) {
            throw call.refusal("indices of shape " + asked + " for data of shape " + own);
        }
        List<Integer> rest = own.subList(length, own.size());
        List<Integer> expected = new ArrayList<>(asked.subList(0, asked.size() - 1));
        expected.addAll(rest);
        if (!call.input(2).shape().dims().equals(expected)) {
            throw call.refusal("updates of shape " + call.input(2).shape() + ", must have " + expected);
        }
        int[] starts = call.input(2).size() == 0 ? new int[0] : Indices.ofTuples(call, data.shape(), indices, 0);
        int[] places = Indices.runs(starts, new Shape(rest).size());
        return List.of(Scattering.of(call, ScatterElements.reduction(call), data, places, call.input(2)));
    }
}
