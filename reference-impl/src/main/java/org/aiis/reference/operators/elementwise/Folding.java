package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Broadcast;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Value;

/** Operators that take any number of inputs: a function of two, first to last, all shapes broadcast together. */
final class Folding {
    private Folding() {}

    static Value of(Call call, Binary function) {
        List<Value> inputs = call.all();
        Broadcast broadcast =
                Broadcast.of(call, inputs.stream().map(Value::shape).toList());
        Numbers result = broadcast.apply(0, inputs.get(0)).numbers();
        for (int i = 1; i < inputs.size(); i++) {
            result = call.arithmetic()
                    .binary(function, result, broadcast.apply(i, inputs.get(i)).numbers());
        }
        return Value.of(call.input(0).type(), broadcast.shape(), result);
    }
}
