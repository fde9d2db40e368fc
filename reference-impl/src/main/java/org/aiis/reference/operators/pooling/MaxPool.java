package org.aiis.reference.operators.pooling;

import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Extremes;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * The largest element of each window; X [N, C, D…]. The second output gives its place in the flattened X, the
 * spatial part column-major with storage_order 1.
 *
 * <p>Exact, bits are kept; padding is never the maximum, NaN is (OP-MaxPool-D1); of equal elements the first. A
 * window of padding alone is refused. Source: ONNX operator text of opset 12, 22.
 */
public final class MaxPool implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T Indices?:int64")
                .type("T", Types.with(opset < 22 ? Types.IEEE : Types.FLOAT, ElementType.INT8, ElementType.UINT8))
                .words(Attribute.of("auto_pad", "NOTSET"), "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID")
                .attribute(Attribute.of("ceil_mode", 0))
                .required("kernel_shape", AttributeType.INTS)
                .optional("pads", AttributeType.INTS)
                .optional("strides", AttributeType.INTS)
                .optional("dilations", AttributeType.INTS)
                .attribute(Attribute.of("storage_order", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Pool pool = Pool.of(call);
        Pool.Terms terms = pool.terms(call);
        int[] starts = terms.starts();
        for (int i = 1; i < starts.length; i++) {
            if (starts[i] == starts[i - 1]) {
                throw call.refusal("a window lies in the padding");
            }
        }
        int[] at = Extremes.places(call.arithmetic(), Relation.GREATER, x.numbers(), terms.order(), starts);
        long[] indices = new long[at.length];
        boolean columns = call.attributes().flag("storage_order");
        Arrays.setAll(indices, i -> columns ? columnMajor(at[i], pool) : at[i]);
        return List.of(x.gather(at, pool.shape), Value.integers(pool.shape, indices));
    }

    private static int columnMajor(int place, Pool pool) {
        int rest = place % pool.extent;
        int step = pool.extent;
        int result = place - rest;
        for (int axis = pool.input.length - 1; axis >= 0; axis--) {
            step /= pool.input[axis];
            result += rest % pool.input[axis] * step;
            rest /= pool.input[axis];
        }
        return result;
    }
}
