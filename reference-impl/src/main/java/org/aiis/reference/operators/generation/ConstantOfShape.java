package org.aiis.reference.operators.generation;

import java.util.List;
import java.util.Set;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * One value in every place of a shape; the value is a tensor of one element, float32 0 if none is given.
 *
 * <p>Bits are kept. Source: ONNX operator text of opset 9, 20, 21, 23, 24, 25.
 */
public final class ConstantOfShape implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:int64 -> output:T2")
                .type("T2", types(opset), a -> value(a).type())
                .optional("value", AttributeType.TENSOR);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Shape shape = call.shape(Axes.list(call, 0, false));
        return List.of(Value.of(value(call.attributes())).gather(new int[shape.size()], shape));
    }

    private static Set<ElementType> types(int opset) {
        return opset < 20
                ? Types.without(Types.ANY, ElementType.STRING, ElementType.BFLOAT16)
                : Types.without(Types.any(opset), ElementType.STRING);
    }

    private static Tensor value(Attributes attributes) {
        if (!attributes.has("value")) {
            return Tensor.ofFloats(Shape.SCALAR, 0f);
        }
        Tensor value = attributes.tensor("value");
        if (value.size() != 1) {
            throw attributes.refusal("the value has shape " + value.shape() + ", must have one element");
        }
        return value;
    }
}
