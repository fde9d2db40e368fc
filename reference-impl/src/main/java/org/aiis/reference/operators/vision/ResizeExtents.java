package org.aiis.reference.operators.vision;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Budget;
import org.aiis.reference.operators.Call;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * The lengths that Resize gives to the axes: floor(length · scale), under tf_crop_and_resize of the length of the region
 * of interest; or sizes, as they are or, to keep the aspect ratio, with the smallest or largest of their scales.
 */
final class ResizeExtents {
    private ResizeExtents() {}

    static Axis[] of(Call call) {
        Shape x = call.input(0).shape();
        int[] axes = call.attributes().has("axes")
                ? Arrays.stream(call.attributes().integers("axes"))
                        .mapToInt(axis -> Axes.axis(call, axis, x.rank()))
                        .toArray()
                : IntStream.range(0, x.rank()).toArray();
        Axes.axes(call, Arrays.stream(axes).asLongStream().toArray(), x.rank());
        boolean crop = call.attributes().word("coordinate_transformation_mode").equals("tf_crop_and_resize");
        double[] roi = crop ? reals(call, 1, 2 * axes.length) : new double[2 * axes.length];
        // An input of no elements is left out: models of opset 10 to 12 write it so.
        boolean byScales = call.has(2) && call.input(2).size() > 0;
        if (byScales == (call.has(3) && call.input(3).size() > 0) && axes.length > 0) {
            throw call.refusal("exactly one of scales and sizes must be given");
        }
        Arithmetic a = call.arithmetic(ElementType.FLOAT32);
        Axis[] result = new Axis[x.rank()];
        Arrays.setAll(result, axis -> new Axis(x.dim(axis), x.dim(axis), a.constant(1, 1), 0, 1));
        double[] scales = byScales ? reals(call, 2, axes.length) : new double[axes.length];
        long[] sizes = byScales ? new long[axes.length] : sizes(call, axes.length);
        double kept = byScales ? 0 : kept(call, x, axes, sizes);
        for (int i = 0; i < axes.length; i++) {
            int length = x.dim(axes[i]);
            double start = crop ? roi[i] : 0;
            double end = crop ? roi[i + axes.length] : 1;
            double resized = byScales
                    ? Math.floor(length * (end - start) * scales[i])
                    : kept > 0 ? Math.floor(kept * length + 0.5) : (double) sizes[i];
            if (!(resized >= 0 && resized <= Budget.LARGEST_TENSOR) || byScales && !(scales[i] > 0)) {
                throw call.refusal("axis " + axes[i] + " of " + length + " elements to " + resized);
            }
            Numbers scale = byScales
                    ? a.constant(scales[i], 1)
                    : kept > 0
                            ? a.binary(Binary.MUL, a.constant(kept, 1), a.constant(1, 1))
                            : a.binary(Binary.DIV, a.constant((double) sizes[i], 1), a.constant(length, 1));
            result[axes[i]] = new Axis(length, (int) resized, scale, start, end);
        }
        return result;
    }

    /** The one scale of all axes under a policy that keeps the aspect ratio, else 0. */
    private static double kept(Call call, Shape x, int[] axes, long[] sizes) {
        String policy = call.attributes().has("keep_aspect_ratio_policy")
                ? call.attributes().word("keep_aspect_ratio_policy")
                : "stretch";
        if (policy.equals("stretch")) {
            return 0;
        }
        DoubleStream scales = IntStream.range(0, axes.length).mapToDouble(i -> (double) sizes[i] / x.dim(axes[i]));
        return policy.equals("not_larger")
                ? scales.min().orElse(0)
                : scales.max().orElse(0);
    }

    private static long[] sizes(Call call, int count) {
        long[] sizes = Axes.list(call, 3, false);
        if (sizes.length != count) {
            throw call.refusal("sizes has " + sizes.length + " elements, must have " + count);
        }
        return sizes;
    }

    private static double[] reals(Call call, int input, int count) {
        if (!call.has(input) || !call.input(input).shape().equals(Shape.of(count))) {
            throw call.refusal("input " + input + " must have shape [" + count + "]");
        }
        double[] values = new double[count];
        Arrays.setAll(values, i -> call.input(input).reals().hi(i));
        return values;
    }
}
