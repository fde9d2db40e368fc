package org.aiis.reference.operators.movement;

import java.util.List;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * The indices of the elements that are not zero, in row-major order: [rank, n]. Of a scalar the shape is [0, n].
 *
 * <p>Neither zero counts, NaN does, false is zero. A string is refused: ONNX does not say which one is zero
 * (OP-NonZero-D1). Source: ONNX operator text of opset 13.
 */
public final class NonZero implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:int64").type("T", Types.ANY);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        if (x.type() == ElementType.STRING) {
            throw call.refusal("no string is zero or not");
        }
        Numbers numbers = x.numbers();
        int[] found = new int[x.size()];
        int count = 0;
        for (int i = 0; i < found.length; i++) {
            boolean zero = numbers instanceof Integers integers ? integers.at(i) == 0 : ((Reals) numbers).hi(i) == 0;
            if (!zero) {
                found[count++] = i;
            }
        }
        int[] dims = x.shape().toArray();
        Shape shape = call.shape(dims.length, count);
        long[] indices = new long[shape.size()];
        int step = 1;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            for (int i = 0; i < count; i++) {
                indices[axis * count + i] = found[i] / step % dims[axis];
            }
            step *= dims[axis];
        }
        return List.of(Value.integers(shape, indices));
    }
}
