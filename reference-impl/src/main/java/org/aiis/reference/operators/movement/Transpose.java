package org.aiis.reference.operators.movement;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.spec.tensor.Shape;

/**
 * Axes in another order, by default reversed: output axis i is input axis perm[i].
 *
 * <p>Bits are kept. Source: ONNX operator text of opset 13, 21, 23, 24, 25.
 */
public final class Transpose implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("data:T -> transposed:T")
                .type("T", Types.anyFrom21(opset))
                .optional("perm", AttributeType.INTS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int rank = x.shape().rank();
        int[] order = IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray();
        if (call.attributes().has("perm")) {
            long[] perm = call.attributes().integers("perm");
            if (perm.length != rank || Arrays.stream(perm).anyMatch(axis -> axis < 0)) {
                throw call.refusal("perm " + Arrays.toString(perm) + " for a tensor of rank " + rank);
            }
            Axes.axes(call, perm, rank);
            order = Arrays.stream(perm).mapToInt(Math::toIntExact).toArray();
        }
        int[] dims = x.shape().toArray();
        int[] steps = Walk.steps(dims);
        int[] shape = Arrays.stream(order).map(axis -> dims[axis]).toArray();
        int[] at =
                Walk.places(shape, Arrays.stream(order).map(axis -> steps[axis]).toArray(), 0);
        return List.of(x.gather(at, Shape.of(shape)));
    }
}
