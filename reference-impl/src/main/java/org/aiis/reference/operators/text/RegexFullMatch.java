package org.aiis.reference.operators.text;

import java.util.List;
import java.util.regex.Pattern;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * Whether the pattern matches the whole of each string, any shape.
 *
 * <p>Patterns in the syntax of RE2, less what {@link Re2} refuses. Source: ONNX operator text of opset 20.
 */
public final class RegexFullMatch implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T1 -> Y:T2")
                .type("T1", Types.set(ElementType.STRING))
                .type("T2", Types.BOOL)
                .optional("pattern", AttributeType.STRING);
    }

    @Override
    public List<Value> evaluate(Call call) {
        if (!call.attributes().has("pattern")) {
            throw call.refusal("attribute 'pattern' is missing");
        }
        Pattern pattern = Re2.compile(call, call.attributes().word("pattern"));
        List<String> strings = call.input(0).tensor().strings();
        boolean[] matches = new boolean[strings.size()];
        for (int i = 0; i < matches.length; i++) {
            matches[i] = Re2.matches(call, pattern, strings.get(i));
        }
        return List.of(Value.bools(call.input(0).shape(), matches));
    }
}
