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
 * A copy of data with the updates at their own index, but along the axis at the index that indices say.
 *
 * <p>Bits are kept where nothing is combined; the last of several updates of one element stays, which ONNX leaves open.
 * From opset 16 on updates are added or multiplied to what is there, from 18 on the larger or the smaller one stays: a
 * sum has the running error, a NaN wins (OP-ScatterElements-D1). An index out of range is refused. Source: ONNX operator
 * text of opset 13, 16, 18.
 */
public final class ScatterElements implements Operator {
    @Override
    public Signature signature(int opset) {
        Signature signature = Signature.of("data:T indices:Tind updates:T -> output:T")
                .type("T", Types.ANY)
                .type("Tind", Types.INDEX)
                .attribute(Attribute.of("axis", 0));
        return opset < 16 ? signature : signature.words(Attribute.of("reduction", "none"), reductions(opset));
    }

    static String[] reductions(int opset) {
        return opset < 18 ? new String[] {"none", "add", "mul"} : new String[] {"none", "add", "mul", "max", "min"};
    }

    static String reduction(Call call) {
        return call.attributes().has("reduction") ? call.attributes().word("reduction") : "none";
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value data = call.input(0);
        Value indices = call.input(1);
        if (!indices.shape().equals(call.input(2).shape())) {
            throw call.refusal("indices of shape " + indices.shape() + " for updates of shape "
                    + call.input(2).shape());
        }
        int axis =
                Axes.axis(call, call.attributes().integer("axis"), data.shape().rank());
        int[] places = Indices.alongAxis(call, data.shape(), indices, axis);
        return List.of(Scattering.of(call, reduction(call), data, places, call.input(2)));
    }
}
