package org.aiis.reference.operators.sequences;

import java.util.ArrayList;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.movement.Concat;
import org.aiis.spec.tensor.Shape;

/**
 * The tensors one after the other along an axis, or with new_axis along a new one.
 *
 * <p>Bits are kept; an empty sequence is refused. The axis goes from −r to r − 1, with new_axis from −r − 1 to r.
 * Source: ONNX operator text of opset 11.
 */
public final class ConcatFromSequence implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input_sequence:seq(T) -> concat_result:T")
                .type("T", Elements.ALL)
                .required("axis", AttributeType.INT)
                .attribute(Attribute.of("new_axis", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        List<Value> parts = call.sequence(0).tensors();
        if (parts.isEmpty()) {
            throw call.refusal("nothing to concatenate in an empty sequence");
        }
        long axis = call.attributes().integer("axis");
        if (!call.attributes().flag("new_axis")) {
            return List.of(Concat.along(call, axis, parts));
        }
        List<Value> raised = new ArrayList<>();
        for (Value part : parts) {
            if (!part.shape().equals(parts.get(0).shape())) {
                throw call.refusal(
                        "shapes " + part.shape() + " and " + parts.get(0).shape() + " differ");
            }
            List<Integer> dims = new ArrayList<>(part.shape().dims());
            dims.add(Axes.axis(call, axis, dims.size() + 1), 1);
            raised.add(part.reshaped(new Shape(dims)));
        }
        return List.of(Concat.along(call, axis, raised));
    }
}
