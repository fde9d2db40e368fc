package org.aiis.reference.operators.comparison;

import java.util.List;
import java.util.Set;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * Y = X is an infinity of a sign that is asked for, any shape.
 *
 * <p>Exact; false for NaN, and everywhere for a type without infinities. Source: ONNX operator text of opset 10, 20.
 */
public final class IsInf implements Operator {
    private static final Set<ElementType> OLD = Types.set(ElementType.FLOAT32, ElementType.FLOAT64);

    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T1 -> Y:bool")
                .type("T1", opset < 20 ? OLD : Types.union(Types.FLOAT, Types.FLOAT8))
                .attribute(Attribute.of("detect_negative", 1))
                .attribute(Attribute.of("detect_positive", 1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        boolean negative = call.attributes().flag("detect_negative");
        boolean positive = call.attributes().flag("detect_positive");
        Reals reals = x.reals();
        call.spend(x.size());
        boolean[] result = new boolean[x.size()];
        for (int i = 0; i < result.length; i++) {
            double value = reals.hi(i);
            result[i] = Double.isInfinite(value) && (value < 0 ? negative : positive);
        }
        return List.of(Value.bools(x.shape(), result));
    }
}
