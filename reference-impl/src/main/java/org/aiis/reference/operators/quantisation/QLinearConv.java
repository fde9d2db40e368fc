package org.aiis.reference.operators.quantisation;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.convolution.Conv;
import org.aiis.spec.tensor.ElementType;

/**
 * y = saturate(round((the convolution of x − x_zero_point with w − w_zero_point, plus B) · x_scale · w_scale / y_scale) +
 * y_zero_point), shapes and attributes as in Conv; scale and zero point of w for all elements or for each
 * output channel.
 *
 * <p>The sums are exact and wrap beyond 32 bits. Padding is no term of the sum. Bound: half a step and 6σ of what is
 * rounded; exact where all scales are powers of two, but for ties, either side of which is right (OP-QLinearConv-D1). Source:
 * ONNX operator text of opset 10.
 */
public final class QLinearConv implements Operator {
    /** Spread, in steps of the result, that lets both sides of a tie pass and nothing else. */
    private static final double TIE = 0x1p-40;

    @Override
    public Signature signature(int opset) {
        return Signature.of("x:T1 x_scale:float32 x_zero_point:T1 w:T2 w_scale:float32 w_zero_point:T2"
                        + " y_scale:float32 y_zero_point:T3 B?:T4 -> y:T3")
                .type("T1", Narrow.BYTES)
                .type("T2", Narrow.BYTES)
                .type("T3", Narrow.BYTES)
                .type("T4", Types.set(ElementType.INT32))
                .words(Attribute.of("auto_pad", "NOTSET"), "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID")
                .attribute(Attribute.of("group", 1))
                .optional("dilations", AttributeType.INTS)
                .optional("kernel_shape", AttributeType.INTS)
                .optional("pads", AttributeType.INTS)
                .optional("strides", AttributeType.INTS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        int rank = call.input(3).shape().rank();
        Value x = Products.centred(call, 0, call.input(2));
        Value w = Products.centred(call, 3, Products.byChannel(call.input(5), rank, 0));
        Call inner = call.has(8) ? call.with(x, w, call.input(8)) : call.with(x, w);
        Value product = new Conv().evaluate(inner).get(0);
        return List.of(Products.scaled(
                call,
                product,
                call.input(1),
                Products.byChannel(call.input(4), rank, 1),
                call.input(6),
                call.input(7),
                TIE));
    }
}
