package org.aiis.reference.operators.text;

import java.util.ArrayList;
import java.util.List;
import org.aiis.reference.operators.Broadcast;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/**
 * The string of Y behind that of X, element by element, broadcast.
 *
 * <p>Characters are kept. Source: ONNX operator text of opset 20.
 */
public final class StringConcat implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T Y:T -> Z:T").type("T", Types.set(ElementType.STRING));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Value y = call.input(1);
        Broadcast broadcast = Broadcast.of(call, List.of(x.shape(), y.shape()));
        List<String> first = broadcast.apply(0, x).tensor().strings();
        List<String> second = broadcast.apply(1, y).tensor().strings();
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            call.spend((long) first.get(i).length() + second.get(i).length());
            joined.add(first.get(i) + second.get(i));
        }
        return List.of(Value.of(Tensor.ofStrings(broadcast.shape(), joined)));
    }
}
