package org.aiis.reference.operators.vision;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * Blocks of space to channels: [N, C, H, W] to [N, C·b², H/b, W/b], what {@link DepthToSpace} undoes. Before opset 28 the
 * order is DCR.
 *
 * <p>Bits are kept. Source: ONNX operator text of opset 13, 28.
 */
public final class SpaceToDepth implements Operator {
    @Override
    public Signature signature(int opset) {
        Signature signature =
                Signature.of("input:T -> output:T").type("T", Types.ANY).required("blocksize", AttributeType.INT);
        return opset < 28 ? signature : signature.words(Attribute.of("mode", "DCR"), "DCR", "CRD");
    }

    @Override
    public List<Value> evaluate(Call call) {
        Shape from = call.input(0).shape();
        long b = Blocks.size(call);
        if (from.dim(2) % b != 0 || from.dim(3) % b != 0) {
            throw call.refusal("space of shape " + from + " in blocks of " + b + " by " + b);
        }
        Shape to = call.shape(from.dim(0), from.dim(1) * b * b, from.dim(2) / b, from.dim(3) / b);
        return List.of(call.input(0).gather(Blocks.deep(call, to, from, true), to));
    }
}
