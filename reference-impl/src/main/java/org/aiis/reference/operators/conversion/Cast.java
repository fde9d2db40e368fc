package org.aiis.reference.operators.conversion;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * The elements in another type, any shape.
 *
 * <p>Between floats: rounded once, beyond the range ±∞. Float to integer: toward zero; what is out of range ONNX leaves
 * open (saturated here, NaN gives 0). Integer to integer: the low bits. To bool: false for ±0 alone, so NaN gives true.
 * The value keeps its full precision and σ counts the rounding. Conversion to string is refused. The attribute saturate
 * (from 19) is for float8 types alone. Source: ONNX operator text of opset 13, 19.
 */
public final class Cast implements Operator {
    @Override
    public Signature signature(int opset) {
        Signature signature = Signature.of("input:T1 -> output:T2")
                .type("T1", Types.ANY)
                .type("T2", Types.ANY, Cast::target)
                .required("to", AttributeType.INT);
        return opset < 19 ? signature : signature.attribute(Attribute.of("saturate", 1));
    }

    private static ElementType target(Attributes attributes) {
        long to = attributes.integer("to");
        return ElementType.ofOnnx((int) Math.max(-1, Math.min(to, 1000)))
                .orElseThrow(() -> attributes.refusal("attribute 'to' is the unknown element type " + to));
    }

    @Override
    public List<Value> evaluate(Call call) {
        return List.of(Conversion.of(call, call.input(0), call.outputType(0)));
    }
}
