package org.aiis.reference.operators.generation;

import java.util.List;
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
 * The upper or the lower triangle of each matrix in the last two axes, from the diagonal k on; elsewhere 0.
 *
 * <p>Bits are kept; the zero of strings is the empty one (OP-Trilu-D1). Source: ONNX operator text of opset 14.
 */
public final class Trilu implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T k?:int64 -> output:T").type("T", Types.ANY).attribute(Attribute.of("upper", 1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Shape shape = x.shape();
        if (shape.rank() < 2) {
            throw call.refusal("an input of rank " + shape.rank() + ", must have rank 2 or more");
        }
        if (call.has(1) && call.input(1).size() != 1) {
            throw call.refusal("k has shape " + call.input(1).shape() + ", must be a scalar");
        }
        long k = call.has(1) ? call.input(1).longs()[0] : 0;
        boolean upper = call.attributes().flag("upper");
        int rows = shape.dim(shape.rank() - 2);
        int columns = shape.dim(shape.rank() - 1);
        call.spend(x.size());
        int[] at = new int[x.size()];
        for (int i = 0; i < at.length; i++) {
            long diagonal = i % columns - (long) (i / columns % rows);
            at[i] = (upper ? diagonal >= k : diagonal <= k) ? i : at.length;
        }
        Tensor zero = x.type() == ElementType.STRING
                ? Tensor.ofStrings(Shape.of(1), List.of(""))
                : new Tensor.Builder(x.type(), Shape.of(1)).build();
        return List.of(Value.join(List.of(x, Value.of(zero))).gather(at, shape));
    }
}
