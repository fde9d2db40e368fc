package org.aiis.reference.operators.pooling;

import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Windows;

/**
 * The mean of each window; X [N, C, D…]. Padding is left out, with count_include_pad it counts as zeros; what lies
 * behind the padding never counts.
 *
 * <p>The sum, first to last, divided by the count; a window of padding alone gives NaN. Source: ONNX operator text
 * of opset 11, 19.
 */
public final class AveragePool implements Operator {
    @Override
    public Signature signature(int opset) {
        return (opset < 19
                        ? Signature.of("X:T -> Y:T")
                        : Signature.of("X:T -> Y:T").optional("dilations", AttributeType.INTS))
                .type("T", Types.IEEE)
                .words(Attribute.of("auto_pad", "NOTSET"), "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID")
                .attribute(Attribute.of("ceil_mode", 0))
                .required("kernel_shape", AttributeType.INTS)
                .optional("pads", AttributeType.INTS)
                .optional("strides", AttributeType.INTS)
                .attribute(Attribute.of("count_include_pad", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Pool pool = Pool.of(call);
        int taps = pool.windows.taps();
        int[] places = pool.windows.places(call);
        boolean padding = call.attributes().flag("count_include_pad");
        int results = pool.shape.size();
        int[] order = new int[call.shape(results, taps).size()];
        int[] starts = new int[results + 1];
        double[] counts = new double[results];
        int count = 0;
        for (int i = 0; i < results; i++) {
            int channel = i / pool.windows.positions();
            int position = i % pool.windows.positions();
            for (int tap = 0; tap < taps; tap++) {
                int place = places[position * taps + tap];
                counts[i] += place >= 0 || padding && place == Windows.PADDING ? 1 : 0;
                if (place >= 0) {
                    order[count++] = channel * pool.extent + place;
                }
            }
            starts[i + 1] = count;
        }
        Numbers sums = call.arithmetic().sums(x.numbers().gather(Arrays.copyOf(order, count)), starts);
        Numbers means = call.arithmetic().binary(Binary.DIV, sums, Reals.own(counts));
        return List.of(Value.of(x.type(), pool.shape, means));
    }
}
