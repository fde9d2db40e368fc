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
 * Channels to blocks of space: [N, C, H, W] to [N, C/b², H·b, W·b]. DCR reads a channel as (row, column, depth), CRD as
 * (depth, row, column).
 *
 * <p>Bits are kept. Source: ONNX operator text of opset 13, 28.
 */
public final class DepthToSpace implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T -> output:T")
                .type("T", Types.ANY)
                .required("blocksize", AttributeType.INT)
                .words(Attribute.of("mode", "DCR"), "DCR", "CRD");
    }

    @Override
    public List<Value> evaluate(Call call) {
        Shape from = call.input(0).shape();
        long b = Blocks.size(call);
        if (from.dim(1) % (b * b) != 0) {
            throw call.refusal(from.dim(1) + " channels in blocks of " + b + " by " + b);
        }
        Shape to = call.shape(from.dim(0), from.dim(1) / (b * b), from.dim(2) * b, from.dim(3) * b);
        return List.of(call.input(0).gather(Blocks.deep(call, from, to, false), to));
    }
}
