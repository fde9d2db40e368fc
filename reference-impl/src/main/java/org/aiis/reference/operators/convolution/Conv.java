package org.aiis.reference.operators.convolution;

import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Windows;
import org.aiis.spec.tensor.Shape;

/**
 * Y[n, m, …] = Σ X[n, c, …]·W[m, c, …] + B[m] over the channels of the group and the taps of the window. X [N, C,
 * D…], W [M, C/group, k…], B [M], any number of spatial axes.
 *
 * <p>Padding is no term of the sum (OP-Conv-D1). The bias comes last. σ is the running error. Source: ONNX operator
 * text of opset 11, 22.
 */
public final class Conv implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T W:T B?:T -> Y:T")
                .type("T", opset < 22 ? Types.IEEE : Types.FLOAT)
                .words(Attribute.of("auto_pad", "NOTSET"), "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID")
                .attribute(Attribute.of("group", 1))
                .optional("dilations", AttributeType.INTS)
                .optional("kernel_shape", AttributeType.INTS)
                .optional("pads", AttributeType.INTS)
                .optional("strides", AttributeType.INTS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Shape x = call.input(0).shape();
        Shape w = call.input(1).shape();
        int groups = Patches.groups(call, w.rank() == 0 ? 0 : w.dim(0));
        if (w.dim(1) * groups != x.dim(1)) {
            throw call.refusal("W of shape " + w + " does not fit " + x.dim(1) + " channels in " + groups + " groups");
        }
        Patches.checkBias(call, 2, w.dim(0));
        int[] dims = x.toArray();
        Windows windows = Windows.of(call, Arrays.copyOfRange(dims, 2, dims.length), Patches.kernel(call));
        int[] output = windows.output();
        long[] shape = x.toLongs();
        Arrays.setAll(shape, axis -> axis == 0 ? x.dim(0) : axis == 1 ? w.dim(0) : output[axis - 2]);
        return List.of(new Patches(call, groups)
                .sums(call.input(1).numbers(), windows.places(call), windows.taps(), call.shape(shape)));
    }
}
