package org.aiis.reference.operators.reduction;

import java.util.List;
import java.util.Set;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * The largest element over axes.
 *
 * <p>Exact, bits are kept; NaN wins (OP-ReduceMax-D1); no elements give −∞ or the smallest value of the type.
 * Source: ONNX operator text of opset 13, 18, 20.
 */
public final class ReduceMax implements Operator {
    @Override
    public Signature signature(int opset) {
        return Reduction.signature(opset, 18, types(opset));
    }

    @Override
    public List<Value> evaluate(Call call) {
        ElementType type = call.input(0).type();
        Tensor otherwise = type.isFloat()
                ? Tensor.ofReals(type, Shape.SCALAR, Double.NEGATIVE_INFINITY)
                : Tensor.ofLongs(type, Shape.SCALAR, type == ElementType.BOOL ? 0 : type.minInteger());
        return List.of(Reduction.of(call).extreme(call, Relation.GREATER, Value.of(otherwise)));
    }

    private static Set<ElementType> types(int opset) {
        Set<ElementType> numeric =
                Types.with(Types.union(Types.FLOAT, Types.WIDE), ElementType.INT8, ElementType.UINT8);
        return opset < 20 ? numeric : Types.with(numeric, ElementType.BOOL);
    }
}
