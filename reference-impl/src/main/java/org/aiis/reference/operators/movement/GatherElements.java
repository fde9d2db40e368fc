package org.aiis.reference.operators.movement;

import java.util.List;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * For each element of indices the one of data at the same index, but along the axis at the index that it says; negative
 * ones count from the end. Indices may reach less far than data on the other axes.
 *
 * <p>Bits are kept; an index out of range is refused. Source: ONNX operator text of opset 13.
 */
public final class GatherElements implements Operator {
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
        int axis =
                Axes.axis(call, call.attributes().integer("axis"), data.shape().rank());
        call.spend(indices.size());
        return List.of(data.gather(Indices.alongAxis(call, data.shape(), indices, axis), indices.shape()));
    }
}
