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
 * The elements or slices of data that the tuples in the last axis of indices name. The first batch_dims axes are common to
 * both; negative indices count from the end.
 *
 * <p>Bits are kept; an index out of range is refused. data: [batch…, d…], indices: [batch…, q…, k], output: [batch…, q…,
 * rest of d]. Source: ONNX operator text of opset 13.
 */
public final class GatherND implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("data:T indices:int64 -> output:T")
                .type("T", Types.ANY)
                .attribute(Attribute.of("batch_dims", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value data = call.input(0);
        Value indices = call.input(1);
        List<Integer> own = data.shape().dims();
        List<Integer> asked = indices.shape().dims();
        long batches = call.attributes().integer("batch_dims");
        if (batches < 0 || batches >= Math.min(own.size(), asked.size())) {
            throw call.refusal("batch_dims " + batches + " for ranks " + own.size() + " and " + asked.size());
        }
        int batch = (int) batches;
        int length = asked.get(asked.size() - 1);
        if (length < 1 || length > own.size() - batch || !own.subList(0, batch).equals(asked.subList(0, batch))) {
            throw call.refusal("indices of shape " + asked + " for data of shape " + own);
        }
        List<Integer> dims = new ArrayList<>(asked.subList(0, asked.size() - 1));
        List<Integer> rest = own.subList(batch + length, own.size());
        dims.addAll(rest);
        Shape shape = call.shape(dims.stream().mapToLong(Integer::longValue).toArray());
        if (shape.size() == 0) {
            return List.of(data.gather(new int[0], shape));
        }
        int[] starts = Indices.ofTuples(call, data.shape(), indices, batch);
        return List.of(data.gather(Indices.runs(starts, new Shape(rest).size()), shape));
    }
}
