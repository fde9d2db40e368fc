package org.aiis.reference.operators.reduction;

import java.util.Arrays;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Extremes;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;

/** The index of an extreme element along an axis: what ArgMax and ArgMin share. */
final class Indices {
    private Indices() {}

    static Signature signature() {
        return Signature.of("data:T -> reduced:int64")
                .type("T", Types.NUMERIC)
                .attribute(Attribute.of("axis", 0))
                .attribute(Attribute.of("keepdims", 1))
                .attribute(Attribute.of("select_last_index", 0));
    }

    /**
     * The indices.
     *
     * @param first relation in which a later element replaces an earlier one
     * @param last the same where the last of equal elements is asked for
     */
    static Value of(Call call, Relation first, Relation last) {
        Value x = call.input(0);
        int axis = Axes.axis(call, call.attributes().integer("axis"), x.shape().rank());
        Reduction reduction =
                Reduction.of(call, new int[] {axis}, call.attributes().flag("keepdims"));
        if (reduction.length == 0) {
            throw call.refusal("axis " + axis + " has no elements");
        }
        int[] at = Extremes.places(
                call.arithmetic(),
                call.attributes().flag("select_last_index") ? last : first,
                x.numbers(),
                reduction.order,
                reduction.starts());
        int step = Walk.steps(x.shape().toArray())[axis];
        long[] indices = new long[at.length];
        Arrays.setAll(indices, i -> at[i] / step % reduction.length);
        return Value.integers(reduction.shape, indices);
    }
}
