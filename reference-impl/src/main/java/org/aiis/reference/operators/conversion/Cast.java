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
 * <p>Between floats: rounded once, beyond the range ±∞, in float4e2m1 the largest number (OP-Cast-D5). Float to integer:
 * toward zero; what is out of range ONNX leaves open (saturated here, NaN gives 0). Integer to integer: the low bits. To
 * bool: false for ±0 alone, so NaN gives true. To an 8-bit float: rounded to nearest even, to float8e8m0 as round_mode
 * (from 24) says, and with saturate (from 19) the largest number where out of range, else ∞ or NaN. Text as in Numerals.
 * The value keeps its full precision and σ counts the rounding, but to 8-bit floats it is exact. Source: ONNX operator
 * text of opset 13, 19, 21, 23, 24, 25, 28.
 */
public final class Cast implements Operator {
    @Override
    public Signature signature(int opset) {
        return attributes(
                Signature.of("input:T1 -> output:T2")
                        .type("T1", Types.any(opset))
                        .type("T2", Types.any(opset), Cast::target)
                        .required("to", AttributeType.INT),
                opset);
    }

    /** What Cast and CastLike say of the rounding. */
    static Signature attributes(Signature signature, int opset) {
        Signature saturating = opset < 19 ? signature : signature.attribute(Attribute.of("saturate", 1));
        return opset < 24 ? saturating : saturating.words(Attribute.of("round_mode", "up"), "up", "down", "nearest");
    }

    private static ElementType target(Attributes attributes) {
        long to = attributes.integer("to");
        return ElementType.ofOnnx((int) Math.max(-1, Math.min(to, 1000)))
                .orElseThrow(() -> attributes.refusal("attribute 'to' is the unknown element type " + to));
    }

    @Override
    public List<Value> evaluate(Call call) {
        return List.of(Conversion.of(call, call.input(0), call.outputType(0), Narrowing.of(call)));
    }
}
