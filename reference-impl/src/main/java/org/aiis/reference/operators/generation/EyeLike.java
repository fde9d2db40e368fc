package org.aiis.reference.operators.generation;

import java.util.List;
import java.util.Set;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * 1 on the diagonal k of a matrix of the shape of the input, 0 elsewhere.
 *
 * <p>Exact; positive k is above the main diagonal. Source: ONNX operator text of opset 9, 22.
 */
public final class EyeLike implements Operator {
    @Override
    public Signature signature(int opset) {
        Set<ElementType> types = Types.with(
                opset < 22 ? Types.without(Types.NUMERIC, ElementType.BFLOAT16) : Types.NUMERIC, ElementType.BOOL);
        return Signature.of("input:T1 -> output:T2")
                .type("T1", types)
                .type("T2", types, "dtype")
                .attribute(Attribute.of("k", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Shape shape = call.input(0).shape();
        if (shape.rank() != 2) {
            throw call.refusal("an input of rank " + shape.rank() + ", must have rank 2");
        }
        ElementType type = call.outputType(0);
        long k = call.attributes().integer("k");
        call.spend(shape.size());
        Tensor.Builder matrix = new Tensor.Builder(type, shape);
        long one = type.isFloat() ? type.format().encode(1) : 1;
        for (int row = 0; row < shape.dim(0); row++) {
            if (k >= -row && k < shape.dim(1) - row) {
                matrix.setBits((int) (row * (long) shape.dim(1) + row + k), one);
            }
        }
        return List.of(Value.of(matrix.build()));
    }
}
