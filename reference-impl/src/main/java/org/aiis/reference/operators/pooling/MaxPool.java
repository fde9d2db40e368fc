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
 * window of padding alone is refused. Source: ONNX operator text of opset 12.
 */
public final class MaxPool implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T Indices?:int64")
                .type("T", Types.with(Types.IEEE, ElementType.INT8, ElementType.UINT8))
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
        int taps = pool.windows.taps();
        int[] places = pool.windows.places(call);
        int results = pool.shape.size();
        int[] order = new int[call.shape(results, taps).size()];
        int[] starts = new int[results + 1];
        int count = 0;
        for (int i = 0; i < results; i++) {
            int channel = i / pool.windows.positions();
            int position = i % pool.windows.positions();
            for (int tap = 0; tap < taps; tap++) {
                int place = places[position * taps + tap];
                if (place >= 0) {
                    order[count++] = channel * pool.extent + place;
                }
            }
            starts[i + 1] = count;
            if (count == starts[i]) {
                throw call.refusal("a window lies in the padding");
            }
        }
        int[] at = Extremes.places(call.arithmetic(), Relation.GREATER, x.numbers(), order, starts);
        long[] indices = new long[results];
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
