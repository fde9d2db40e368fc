package org.aiis.reference.operators.convolution;

import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Windows;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * Each element of an image is the sum of the elements of all blocks that lie over it. Input [N, C · block, L], output
 * [N, C, image…]; block elements and blocks are counted row-major.
 *
 * <p>Blocks over the padding are dropped; an element without a block is 0. Integers wrap; sums of bool and string do
 * not exist and are refused. σ is the running error. Source: ONNX operator text of opset 18.
 */
public final class Col2Im implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T image_shape:int64 block_shape:int64 -> output:T")
                .type("T", Types.ANY)
                .optional("dilations", AttributeType.INTS)
                .optional("pads", AttributeType.INTS)
                .optional("strides", AttributeType.INTS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value input = call.input(0);
        if (input.type() == ElementType.BOOL || input.type() == ElementType.STRING) {
            throw call.refusal("elements of type " + input.type().label() + " have no sum");
        }
        long[] image = Axes.list(call, 1, false);
        long[] block = Axes.list(call, 2, false);
        if (image.length != block.length || input.shape().rank() != 3) {
            throw call.refusal("input of shape " + input.shape() + ", " + image.length + " axes of the image and "
                    + block.length + " of the block");
        }
        int[] dims = call.shape(image).toArray();
        Windows windows = Windows.of(call, dims, block);
        int taps = windows.taps();
        int blocks = windows.positions();
        if (input.shape().dim(1) % taps != 0 || input.shape().dim(2) != blocks) {
            throw call.refusal("input has shape " + input.shape() + ", must have a multiple of " + taps + " rows and "
                    + blocks + " columns");
        }
        int planes = input.shape().dim(0) * (input.shape().dim(1) / taps);
        int extent = Axes.extent(dims, 0, dims.length);
        int[] places = windows.places(call);
        long[] shape = new long[2 + image.length];
        Arrays.setAll(
                shape,
                axis -> axis == 0
                        ? input.shape().dim(0)
                        : axis == 1 ? input.shape().dim(1) / taps : image[axis - 2]);
        Shape result = call.shape(shape);
        int[] starts = new int[result.size() + 1];
        for (int place : places) {
            for (int plane = 0; place >= 0 && plane < planes; plane++) {
                starts[plane * extent + place + 1]++;
            }
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        int[] next = Arrays.copyOf(starts, result.size());
        int[] order = new int[starts[result.size()]];
        for (int i = 0; i < places.length; i++) {
            for (int plane = 0; places[i] >= 0 && plane < planes; plane++) {
                int column = (plane * taps + i % taps) * blocks + i / taps;
                order[next[plane * extent + places[i]]++] = column;
            }
        }
        return List.of(Value.of(
                input.type(), result, call.arithmetic().sums(input.numbers().gather(order), starts)));
    }
}
