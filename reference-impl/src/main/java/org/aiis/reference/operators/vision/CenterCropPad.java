package org.aiis.reference.operators.vision;

import java.util.List;
import java.util.stream.IntStream;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.spec.tensor.Shape;

/**
 * The middle of a tensor, or the tensor in the middle of zeros, axis by axis. The smaller half of what is cut or added is
 * at the beginning.
 *
 * <p>Bits are kept; strings are padded with the empty one. Source: ONNX operator text of opset 18.
 */
public final class CenterCropPad implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input_data:T shape:Tind -> output_data:T")
                .type("T", Types.ANY)
                .type("Tind", Types.INDEX)
                .optional("axes", AttributeType.INTS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value data = call.input(0);
        int rank = data.shape().rank();
        long[] axes = call.attributes().has("axes")
                ? call.attributes().integers("axes")
                : IntStream.range(0, rank).asLongStream().toArray();
        Axes.axes(call, axes, rank);
        long[] asked = Axes.list(call, 1, false);
        if (asked.length != axes.length) {
            throw call.refusal("shape has " + asked.length + " elements for " + axes.length + " axes");
        }
        long[] dims = data.shape().toLongs();
        for (int i = 0; i < axes.length; i++) {
            dims[Axes.axis(call, axes[i], rank)] = asked[i];
        }
        Shape shape = call.shape(dims);
        int[] steps = Walk.steps(data.shape().toArray());
        int[] at = new int[shape.size()];
        int inner = at.length;
        for (int axis = 0; axis < rank && at.length > 0; axis++) {
            inner /= shape.dim(axis);
            int length = data.shape().dim(axis);
            int more = shape.dim(axis) - length;
            int first = more > 0 ? more / 2 : -(-more / 2);
            for (int i = 0; i < at.length; i++) {
                int index = i / inner % shape.dim(axis) - first;
                boolean outside = index < 0 || index >= length || at[i] == data.size();
                at[i] = outside ? data.size() : at[i] + index * steps[axis];
            }
        }
        return List.of(Value.join(List.of(data, Zero.of(data.type()))).gather(at, shape));
    }
}
