package org.aiis.reference.operators.sequences;

import java.util.Set;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/** What sequences of opset 11 hold, and how their places are counted. */
final class Elements {
    /** Every element type that opset 11 had. */
    static final Set<ElementType> ALL = Types.without(Types.ANY, ElementType.BFLOAT16);

    private Elements() {}

    /**
     * The place that a scalar input names, counted from the end where it is negative; refuses one that is not there. Shape [1]
     * counts as a scalar: ONNX's own test of SequenceInsert and loops in the field give it so.
     */
    static int place(Call call, int input, int places, int counted) {
        Value position = call.input(input);
        if (position.size() != 1 || position.shape().rank() > 1) {
            throw call.refusal("a position of shape " + position.shape() + ", must be a scalar");
        }
        long at = position.longs()[0];
        if (at < -counted || at >= places) {
            throw call.refusal("position " + at + " in a sequence of " + counted);
        }
        return (int) (at < 0 ? at + counted : at);
    }
}
