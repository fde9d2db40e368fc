package org.aiis.reference.operators.sequences;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.SequenceValue;
import org.aiis.reference.operators.Signature;
import org.aiis.spec.tensor.ElementType;

/**
 * A sequence without tensors, of the element type dtype, float32 where it is left out.
 *
 * <p>Source: ONNX operator text of opset 11.
 */
public final class SequenceEmpty implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of(" -> output:seq(T)")
                .type("T", Elements.ALL, SequenceEmpty::element)
                .optional("dtype", AttributeType.INT);
    }

    private static ElementType element(Attributes node) {
        if (!node.has("dtype")) {
            return ElementType.FLOAT32;
        }
        long number = node.integer("dtype");
        return ElementType.ofOnnx((int) Math.max(-1, Math.min(number, 1000)))
                .orElseThrow(() -> node.refusal("attribute 'dtype' is the unknown element type " + number));
    }

    @Override
    public List<SequenceValue> evaluate(Call call) {
        return List.of(new SequenceValue(call.outputType(0), List.of()));
    }
}
