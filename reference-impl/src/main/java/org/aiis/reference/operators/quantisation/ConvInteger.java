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
 * y = the convolution of x − x_zero_point with w − w_zero_point as int32, shapes and attributes as in Conv; one zero point
 * for x, one for w or one for each output channel.
 *
 * <p>Exact; sums beyond 32 bits wrap. Padding is no term of the sum. Source: ONNX operator text of opset 10.
 */
public final class ConvInteger implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("x:T1 w:T2 x_zero_point?:T1 w_zero_point?:T2 -> y:T3")
                .type("T1", Narrow.BYTES)
                .type("T2", Narrow.BYTES)
                .type("T3", Types.set(ElementType.INT32))
                .words(Attribute.of("auto_pad", "NOTSET"), "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID")
                .attribute(Attribute.of("group", 1))
                .optional("dilations", AttributeType.INTS)
                .optional("kernel_shape", AttributeType.INTS)
                .optional("pads", AttributeType.INTS)
                .optional("strides", AttributeType.INTS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        int rank = call.input(1).shape().rank();
        Value x = call.has(2) ? Products.centred(call, 0, call.input(2)) : Products.centred(call, 0);
        Value w = call.has(3)
                ? Products.centred(call, 1, Products.byChannel(call.input(3), rank, 0))
                : Products.centred(call, 1);
        return new Conv().evaluate(call.with(x, w));
    }
}
