package org.aiis.reference.operators.comparison;

import java.util.List;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.operators.Broadcast;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Value;

/** A relation between the elements of two inputs of one type, broadcast against each other. */
final class Comparison {
    private Comparison() {}

    static Value of(Call call, Relation relation) {
        Value a = call.input(0);
        Value b = call.input(1);
        Broadcast broadcast = Broadcast.of(call, List.of(a.shape(), b.shape()));
        Numbers left = a.numbers();
        Numbers right = b.numbers();
        int[] leftAt = broadcast.places(0);
        int[] rightAt = broadcast.places(1);
        boolean[] result = new boolean[leftAt.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = call.arithmetic().holds(relation, left, leftAt[i], right, rightAt[i]);
        }
        return Value.bools(broadcast.shape(), result);
    }
}
