package org.aiis.reference.operators.activation;

import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Extremes;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;

/**
 * 1 at the first largest element of each slice along an axis, 0 elsewhere.
 *
 * <p>Exact; the two zeros are equal, a NaN counts as the largest (OP-Hardmax-D1). Source: ONNX operator text of opset
 * 13.
 */
public final class Hardmax implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T -> output:T").type("T", Types.FLOAT).attribute(Attribute.of("axis", -1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int[] dims = x.shape().toArray();
        int axis = Axes.axis(call, call.attributes().integer("axis"), dims.length);
        call.spend(x.size());
        double[] result = new double[x.size()];
        if (result.length > 0) {
            int inner = Axes.extent(dims, axis + 1, dims.length);
            int outer = Axes.extent(dims, 0, axis);
            int[] order =
                    Walk.places(new int[] {outer, inner, dims[axis]}, new int[] {dims[axis] * inner, 1, inner}, 0);
            int[] starts = Arithmetic.equalRuns(outer * inner, dims[axis]);
            for (int place : Extremes.places(call.arithmetic(), Relation.GREATER, x.numbers(), order, starts)) {
                result[place] = 1;
            }
        }
        return List.of(Value.of(x.type(), x.shape(), Reals.own(result)));
    }
}
