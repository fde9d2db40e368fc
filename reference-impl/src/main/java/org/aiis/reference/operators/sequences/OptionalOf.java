package org.aiis.reference.operators.sequences;

import java.util.List;
import java.util.Optional;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.OptionalValue;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Type;

/**
 * ONNX's Optional: the input as an optional value, or without an input an empty one of the type that type says.
 *
 * <p>Bits are kept. Source: ONNX operator text of opset 15, 28.
 */
public final class OptionalOf implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input?:V -> output:optional(V)")
                .kind("V", Optionals.contents(opset), (node, given) -> said(node))
                .optional("type", AttributeType.TYPE_PROTO);
    }

    private static Type said(Attributes node) {
        if (!node.has("type")) {
            throw node.refusal("neither an input nor the attribute 'type' says what is optional");
        }
        return node.type("type");
    }

    @Override
    public List<OptionalValue> evaluate(Call call) {
        Type of = call.outputKind(0) instanceof Type.Optional optional ? optional.of() : call.outputKind(0);
        return List.of(new OptionalValue(of, call.has(0) ? Optional.of(call.datum(0)) : Optional.empty()));
    }
}
