package org.aiis.reference.operators.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
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
 * text of opset 11.
 */
public final class Conv implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T W:T B?:T -> Y:T")
                .type("T", Types.IEEE)
                .words(Attribute.of("auto_pad", "NOTSET"), "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID")
                .attribute(Attribute.of("group", 1))
                .optional("dilations", AttributeType.INTS)
                .optional("kernel_shape", AttributeType.INTS)
                .optional("pads", AttributeType.INTS)
                .optional("strides", AttributeType.INTS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Value w = call.input(1);
        int groups = checked(call);
        int[] dims = x.shape().toArray();
        int images = dims[0];
        int channels = dims[1] / groups;
        int maps = w.shape().dim(0) / groups;
        long[] kernel = Arrays.copyOfRange(w.shape().toLongs(), 2, dims.length);
        Windows windows = Windows.of(call, Arrays.copyOfRange(dims, 2, dims.length), kernel);
        Shape shape = shape(call, windows);
        int terms = channels * windows.taps();
        call.spend((long) shape.size() * terms);
        Numbers padded = Numbers.join(List.of(x.numbers(), call.arithmetic().constant(0, 1)));
        Numbers weights = w.numbers();
        int[] places = windows.places(call);
        List<Numbers> results = new ArrayList<>();
        for (int i = 0; i < images * groups; i++) {
            int group = i % groups;
            Matrix patches =
                    patches(padded, places, i * channels, channels, Axes.extent(dims, 2, dims.length), windows);
            Matrix rows = Matrix.rowMajor(weights, group * maps * terms, maps, terms);
            results.add(call.arithmetic().dots(rows, patches, bias(call, group * maps, maps, windows.positions())));
        }
        Numbers all = results.isEmpty() ? call.arithmetic().constant(0, 0) : Numbers.join(results);
        return List.of(Value.of(x.type(), shape, all));
    }

    private static Shape shape(Call call, Windows windows) {
        long[] shape = new long[call.input(0).shape().rank()];
        shape[0] = call.input(0).shape().dim(0);
        shape[1] = call.input(1).shape().dim(0);
        int[] output = windows.output();
        Arrays.setAll(shape, axis -> axis < 2 ? shape[axis] : output[axis - 2]);
        return call.shape(shape);
    }

    /** The matrix [channels · taps, positions] of one image and group; padding reads the zero behind the input. */
    private static Matrix patches(
            Numbers padded, int[] places, int firstChannel, int channels, int extent, Windows windows) {
        int taps = windows.taps();
        int positions = windows.positions();
        int[] at = new int[channels * taps * positions];
        BitSet absent = new BitSet();
        for (int row = 0; row < channels * taps; row++) {
            int base = (firstChannel + row / taps) * extent;
            for (int position = 0; position < positions; position++) {
                int place = places[position * taps + row % taps];
                at[row * positions + position] = place < 0 ? padded.size() - 1 : base + place;
                if (place < 0) {
                    absent.set(row * positions + position);
                }
            }
        }
        return Matrix.padded(padded.gather(at), channels * taps, positions, absent);
    }

    private static Numbers bias(Call call, int first, int maps, int positions) {
        if (!call.has(2)) {
            return call.arithmetic().constant(0, 0);
        }
        int[] at = new int[maps * positions];
        Arrays.setAll(at, i -> first + i / positions);
        return call.input(2).numbers().gather(at);
    }

    /** The number of groups, once all shapes fit it. */
    private static int checked(Call call) {
        Shape x = call.input(0).shape();
        Shape w = call.input(1).shape();
        long groups = call.attributes().integer("group");
        if (x.rank() < 3 || w.rank() != x.rank()) {
            throw call.refusal("X has shape " + x + " and W " + w + ", must have one rank of at least 3");
        }
        if (groups < 1 || w.dim(1) * groups != x.dim(1) || w.dim(0) % groups != 0) {
            throw call.refusal("W of shape " + w + " does not fit " + x.dim(1) + " channels in " + groups + " groups");
        }
        if (call.has(2) && !call.input(2).shape().equals(Shape.of(w.dim(0)))) {
            throw call.refusal("B has shape " + call.input(2).shape() + ", must be [" + w.dim(0) + "]");
        }
        if (call.attributes().has("kernel_shape")
                && !Arrays.equals(
                        call.attributes().integers("kernel_shape"), Arrays.copyOfRange(w.toLongs(), 2, w.rank()))) {
            throw call.refusal("kernel_shape is not that of W, which has shape " + w);
        }
        return (int) groups;
    }
}
