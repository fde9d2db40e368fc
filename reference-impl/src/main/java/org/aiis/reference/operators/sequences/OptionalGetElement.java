package org.aiis.reference.operators.sequences;

import java.util.List;
import java.util.Optional;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Datum;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.OptionalValue;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Type;

/**
 * What an optional value holds; from opset 18 on also a tensor or a sequence itself.
 *
 * <p>Bits are kept; an empty one is refused. Source: ONNX operator text of opset 15, 18, 28.
 */
public final class OptionalGetElement implements Operator {
    @Override
    public Signature signature(int opset) {
        return opset < 18
                ? Signature.of("input:optional(V) -> output:V").kind("V", Optionals.contents(opset))
                : Signature.of("input:O -> output:V")
                        .kind("O", Optionals.asked(opset))
                        .kind("V", Optionals.contents(opset), OptionalGetElement::content);
    }

    private static Type content(Attributes node, List<Optional<Type>> given) {
        Type type = given.get(0).orElseThrow(() -> node.refusal("input 0 is missing"));
        return type instanceof Type.Optional optional ? optional.of() : type;
    }

    @Override
    public List<Datum> evaluate(Call call) {
        return List.of(
                call.datum(0) instanceof OptionalValue value
                        ? value.content().orElseThrow(() -> call.refusal("the optional value is empty"))
                        : call.datum(0));
    }
}
