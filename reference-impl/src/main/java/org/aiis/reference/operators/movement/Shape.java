package org.aiis.reference.operators.movement;

import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * The extents as int64, from start to before end; negative ones count from the end, what lies outside is cut.
 *
 * <p>Source: ONNX operator text of opset 13, 15, 19, 21, 23, 24, 25.
 */
public final class Shape implements Operator {
    @Override
    public Signature signature(int opset) {
        return (opset < 15
                        ? Signature.of("data:T -> shape:int64")
                        : Signature.of("data:T -> shape:int64")
                                .attribute(Attribute.of("start", 0))
                                .optional("end", AttributeType.INT))
                .type("T", Types.any(opset));
    }

    @Override
    public List<Value> evaluate(Call call) {
        long[] dims = call.input(0).shape().toLongs();
        int from = call.attributes().has("start") ? clamped(call.attributes().integer("start"), dims.length) : 0;
        int to = call.attributes().has("end") ? clamped(call.attributes().integer("end"), dims.length) : dims.length;
        long[] extents = Arrays.copyOfRange(dims, from, Math.max(from, to));
        return List.of(Value.integers(org.aiis.spec.tensor.Shape.of(extents.length), extents));
    }

    private static int clamped(long axis, int rank) {
        return (int) Math.max(0, Math.min(axis < 0 ? axis + rank : axis, rank));
    }
}
