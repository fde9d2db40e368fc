package org.aiis.reference.operators.pooling;

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
 * of opset 11, 19, 22.
 */
public final class AveragePool implements Operator {
    @Override
    public Signature signature(int opset) {
        return (opset < 19
                        ? Signature.of("X:T -> Y:T")
                        : Signature.of("X:T -> Y:T").optional("dilations", AttributeType.INTS))
                .type("T", opset < 22 ? Types.IEEE : Types.FLOAT)
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
        Pool.Terms terms = pool.terms(call);
        int taps = pool.windows.taps();
        int[] places = pool.windows.places(call);
        int positions = pool.windows.positions();
        boolean padding = call.attributes().flag("count_include_pad");
        double[] counts = new double[pool.shape.size()];
        for (int i = 0; i < counts.length; i++) {
            for (int tap = 0; tap < taps; tap++) {
                int place = places[i % positions * taps + tap];
                counts[i] += place >= 0 || padding && place == Windows.PADDING ? 1 : 0;
            }
        }
        Numbers sums = call.arithmetic().sums(x.numbers().gather(terms.order()), terms.starts());
        Numbers means = call.arithmetic().binary(Binary.DIV, sums, Reals.own(counts));
        return List.of(Value.of(x.type(), pool.shape, means));
    }
}
