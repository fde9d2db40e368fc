package org.aiis.reference.operators.movement;

import java.util.List;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * A matrix: the axes before the given one make the rows, the rest the columns.
 *
 * <p>Bits are kept. Axis −r to r, a scalar gives [1, 1]. Source: ONNX operator text of opset 13, 21, 23, 24, 25.
 */
public final class Flatten implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T -> output:T")
                .type("T", Types.anyFrom21(opset))
                .attribute(Attribute.of("axis", 1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int rank = x.shape().rank();
        long axis = call.attributes().integer("axis");
        if (axis < -rank || axis > rank) {
            throw call.refusal("axis " + axis + " of a tensor of rank " + rank);
        }
        int split = (int) (axis < 0 ? axis + rank : axis);
        int[] dims = x.shape().toArray();
        return List.of(x.reshaped(Shape.of(Axes.extent(dims, 0, split), Axes.extent(dims, split, rank))));
    }
}
