package org.aiis.reference.operators.convolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Windows;
import org.aiis.reference.operators.vision.Filter;
import org.aiis.reference.operators.vision.Sampler;
import org.aiis.spec.tensor.Shape;

/**
 * A convolution whose taps read X at points of their own: the place of the tap plus an offset along each axis, between
 * elements by linear interpolation, and times a mask. X [N, C, D…], W [M, C/group, k…], offset [N, G·k·r, O…], B [M],
 * mask [N, G·k, O…], with r spatial axes and G offset groups; offset lists for each tap the axes from the first on.
 *
 * <p>What lies outside of X is zero. σ is that of the samples, with the errors of their coordinates, and the running error
 * of the sum. Source: ONNX operator text of opset 19, 22.
 */
public final class DeformConv implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T W:T offset:T B?:T mask?:T -> Y:T")
                .type("T", opset < 22 ? Types.IEEE : Types.FLOAT)
                .attribute(Attribute.of("group", 1))
                .attribute(Attribute.of("offset_group", 1))
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
        Patches.checkBias(call, 3, w.dim(0));
        int[] dims = Arrays.copyOfRange(x.toArray(), 2, x.rank());
        Windows windows = Windows.of(call, dims, Patches.kernel(call));
        int taps = windows.taps();
        int positions = windows.positions();
        int offsetGroups = offsetGroups(call, windows, dims.length);
        long[] shape = x.toLongs();
        int[] output = windows.output();
        Arrays.setAll(shape, axis -> axis == 0 ? x.dim(0) : axis == 1 ? w.dim(0) : output[axis - 2]);
        Shape result = call.shape(shape);
        int channels = x.dim(1) / groups;
        call.spend((long) result.size() * channels * taps);
        Numbers samples = samples(call, windows, dims, offsetGroups);
        List<Numbers> results = new ArrayList<>();
        int terms = channels * taps;
        int maps = w.dim(0) / groups;
        for (int i = 0; i < x.dim(0) * groups; i++) {
            int group = i % groups;
            int from = i * terms * positions;
            int[] at = new int[terms * positions];
            Arrays.setAll(at, k -> from + k);
            Matrix rows = Matrix.rowMajor(call.input(1).numbers(), group * maps * terms, maps, terms);
            Matrix patches = Matrix.padded(samples.gather(at), terms, positions, new BitSet());
            results.add(call.arithmetic().dots(rows, patches, Patches.bias(call, 3, group * maps, maps, positions)));
        }
        Numbers all = results.isEmpty() ? call.arithmetic().constant(0, 0) : Numbers.join(results);
        return List.of(Value.of(call.input(0).type(), result, all));
    }

    /** The number of offset groups, once offset and mask fit it. */
    private static int offsetGroups(Call call, Windows windows, int axes) {
        Shape x = call.input(0).shape();
        long groups = call.attributes().integer("offset_group");
        if (groups < 1 || groups > x.dim(1) || x.dim(1) % groups != 0) {
            throw call.refusal(groups + " offset groups of " + x.dim(1) + " channels");
        }
        long[] shape = x.toLongs();
        int[] output = windows.output();
        long each = groups * windows.taps();
        Arrays.setAll(shape, axis -> axis == 0 ? x.dim(0) : axis == 1 ? each * axes : output[axis - 2]);
        if (!call.input(2).shape().equals(Shape.of(shape))) {
            throw call.refusal("offset has shape " + call.input(2).shape() + ", must be " + Shape.of(shape));
        }
        shape[1] = each;
        if (call.has(4) && !call.input(4).shape().equals(Shape.of(shape))) {
            throw call.refusal("mask has shape " + call.input(4).shape() + ", must be " + Shape.of(shape));
        }
        return (int) groups;
    }

    /** The samples [N, C, taps, positions], times the mask. */
    private static Numbers samples(Call call, Windows windows, int[] dims, int offsetGroups) {
        Arithmetic a = call.arithmetic();
        Shape x = call.input(0).shape();
        int taps = windows.taps();
        int positions = windows.positions();
        int each = x.dim(1) / offsetGroups;
        int size = call.shape((long) x.dim(0) * x.dim(1), taps, positions).size();
        int plane = Axes.extent(dims, 0, dims.length);
        int[] bases = new int[size];
        int[] masks = new int[size];
        int[][] offsets = new int[dims.length][size];
        double[][] places = new double[dims.length][size];
        for (int i = 0; i < size; i++) {
            int position = i % positions;
            int tap = i / positions % taps;
            int channel = i / positions / taps;
            int group = channel / each;
            bases[i] = channel * plane;
            masks[i] = (group * taps + tap) * positions + position;
            long[] place = windows.place(position, tap);
            for (int axis = 0; axis < dims.length; axis++) {
                offsets[axis][i] = ((group * taps + tap) * dims.length + axis) * positions + position;
                places[axis][i] = (double) place[axis];
            }
        }
        List<Numbers> points = new ArrayList<>();
        for (int axis = 0; axis < dims.length; axis++) {
            Numbers offset = call.input(2).numbers().gather(offsets[axis]);
            points.add(a.binary(Binary.ADD, Reals.own(places[axis]), offset));
        }
        Numbers found = new Sampler(call, a, a, Filter.linear(), Sampler.zeros(dims), dims)
                .sample(call.input(0).numbers(), bases, points)
                .all();
        return call.has(4) ? a.binary(Binary.MUL, found, call.input(4).numbers().gather(masks)) : found;
    }
}
