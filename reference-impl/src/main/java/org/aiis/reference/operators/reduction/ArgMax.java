package org.aiis.reference.operators.reduction;

import java.util.Arrays;
import java.util.List;
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
 * The index of the largest element along an axis, the first of equal ones or, with select_last_index, the last.
 *
 * <p>Exact; NaN wins (OP-ArgMax-D1), the two zeros are equal, an axis without elements is refused (OP-ArgMax-D2).
 * Source: ONNX operator text of opset 13.
 */
public final class ArgMax implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("data:T -> reduced:int64")
                .type("T", Types.NUMERIC)
                .attribute(Attribute.of("axis", 0))
                .attribute(Attribute.of("keepdims", 1))
                .attribute(Attribute.of("select_last_index", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int axis = Axes.axis(call, call.attributes().integer("axis"), x.shape().rank());
        Reduction reduction =
                Reduction.of(call, new int[] {axis}, call.attributes().flag("keepdims"));
        if (reduction.length == 0) {
            throw call.refusal("axis " + axis + " has no elements");
        }
        boolean last = call.attributes().flag("select_last_index");
        int[] at = Extremes.places(
                call.arithmetic(),
                last ? Relation.GREATER_OR_EQUAL : Relation.GREATER,
                x.numbers(),
                reduction.order,
                reduction.starts());
        int step = Walk.steps(x.shape().toArray())[axis];
        long[] indices = new long[at.length];
        Arrays.setAll(indices, i -> at[i] / step % reduction.length);
        return List.of(Value.integers(reduction.shape, indices));
    }
}
