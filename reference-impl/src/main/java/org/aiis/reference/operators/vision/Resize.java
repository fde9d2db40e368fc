package org.aiis.reference.operators.vision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.reference.operators.conversion.Conversion;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Another number of elements along some axes, one axis after the other: the nearest element, or a weighted mean of those
 * around a coordinate, which {@link Axis} gives. Beyond the ends lie copies of the outer elements; with exclude_outside
 * they weigh nothing and the other weights are scaled to a sum of 1.
 *
 * <p>nearest keeps bits. Coordinates and weights are calculated in float32, the type of scales, and what their error does
 * to a result is part of its σ. Antialiasing stretches the filter by 1 / scale when it shrinks an axis. Integers are
 * interpolated as reals and cast (OP-Resize-D2). Source: ONNX operator text of opset 13, 18, 19.
 */
public final class Resize implements Operator {
    private static final String CROP = "tf_crop_and_resize";

    @Override
    public Signature signature(int opset) {
        Signature signature = Signature.of("X:T1 roi?:T2 scales?:float32 sizes?:int64 -> Y:T1")
                .type("T1", Types.ANY)
                .type("T2", Types.IEEE)
                .words(Attribute.of("mode", "nearest"), "nearest", "linear", "cubic")
                .words(Attribute.of("coordinate_transformation_mode", "half_pixel"), transformations(opset))
                .words(
                        Attribute.of("nearest_mode", "round_prefer_floor"),
                        "round_prefer_floor",
                        "round_prefer_ceil",
                        "floor",
                        "ceil")
                .attribute(Attribute.of("cubic_coeff_a", -0.75f))
                .attribute(Attribute.of("exclude_outside", 0))
                .attribute(Attribute.of("extrapolation_value", 0f));
        return opset < 18
                ? signature
                : signature
                        .attribute(Attribute.of("antialias", 0))
                        .optional("axes", AttributeType.INTS)
                        .words(
                                Attribute.of("keep_aspect_ratio_policy", "stretch"),
                                "stretch",
                                "not_larger",
                                "not_smaller");
    }

    private static String[] transformations(int opset) {
        List<String> words =
                new ArrayList<>(List.of("half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric", CROP));
        if (opset >= 19) {
            words.add("half_pixel_symmetric");
        }
        return words.toArray(new String[0]);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Attributes attributes = call.attributes();
        Axis[] axes = ResizeExtents.of(call);
        long[] extents = Arrays.stream(axes).mapToLong(Axis::resized).toArray();
        Shape shape = call.shape(extents);
        if (x.size() == 0 && shape.size() > 0) {
            throw call.refusal("no elements to resize to shape " + shape);
        }
        String mode = attributes.word("mode");
        if (mode.equals("nearest")) {
            return List.of(extrapolated(call, axes, nearest(call, axes, shape)));
        }
        if (x.type() == ElementType.BOOL || x.type() == ElementType.STRING) {
            throw call.refusal(
                    "mode " + mode + " of elements of type " + x.type().label());
        }
        Value real = x.type().isFloat() ? x : Conversion.of(call, x, ElementType.FLOAT64);
        Arithmetic sums = call.arithmetic(real.type());
        Filter filter = mode.equals("linear") ? Filter.linear() : Filter.cubic(attributes.real("cubic_coeff_a"));
        Lines lines = new Lines(
                call,
                call.arithmetic(ElementType.FLOAT32),
                sums,
                filter,
                attributes.has("antialias") && attributes.flag("antialias"),
                attributes.flag("exclude_outside"));
        String transformation = attributes.word("coordinate_transformation_mode");
        Numbers numbers = real.numbers();
        int[] dims = x.shape().toArray();
        for (int axis = 0; axis < axes.length && shape.size() > 0; axis++) {
            if (!axes[axis].isIdentity(transformation)) {
                Numbers coordinates = axes[axis].coordinates(call, transformation);
                numbers = lines.resampled(numbers, dims, axis, coordinates, axes[axis].scale());
                dims[axis] = axes[axis].resized();
            }
        }
        Numbers all = shape.size() == 0 ? sums.constant(0, 0) : numbers;
        return List.of(Conversion.of(call, extrapolated(call, axes, Value.of(real.type(), shape, all)), x.type()));
    }

    private static Value nearest(Call call, Axis[] axes, Shape shape) {
        Value x = call.input(0);
        String rounding = call.attributes().word("nearest_mode");
        String transformation = call.attributes().word("coordinate_transformation_mode");
        int[] steps = Walk.steps(x.shape().toArray());
        int[] at = new int[shape.size()];
        int inner = at.length;
        for (int axis = 0; axis < axes.length && at.length > 0; axis++) {
            inner /= shape.dim(axis);
            boolean identity = axes[axis].isIdentity(transformation);
            Reals coordinates = (Reals) axes[axis].coordinates(call, transformation);
            for (int i = 0; i < at.length; i++) {
                int own = i / inner % shape.dim(axis);
                double nearest = identity ? own : rounded(rounding, coordinates.hi(own));
                at[i] += ((int) Math.max(0, Math.min(nearest, axes[axis].length() - 1))) * steps[axis];
            }
        }
        return x.gather(at, shape);
    }

    private static double rounded(String rounding, double coordinate) {
        return switch (rounding) {
            case "round_prefer_floor" -> Math.ceil(coordinate - 0.5);
            case "round_prefer_ceil" -> Math.floor(coordinate + 0.5);
            case "floor" -> Math.floor(coordinate);
            default -> Math.ceil(coordinate);
        };
    }

    /** With extrapolation_value where a coordinate of the cropped region lies outside of the input. */
    private static Value extrapolated(Call call, Axis[] axes, Value result) {
        if (!call.attributes().word("coordinate_transformation_mode").equals(CROP) || result.size() == 0) {
            return result;
        }
        int[] at = new int[result.size()];
        Arrays.setAll(at, i -> i);
        int inner = at.length;
        for (int axis = 0; axis < axes.length; axis++) {
            inner /= axes[axis].resized();
            Reals coordinates = (Reals) axes[axis].coordinates(call, CROP);
            for (int i = 0; i < at.length; i++) {
                double there = coordinates.hi(i / inner % axes[axis].resized());
                at[i] = there < 0 || there > axes[axis].length() - 1 ? at.length : at[i];
            }
        }
        Value outside = Value.of(Tensor.ofReals(
                ElementType.FLOAT32, Shape.of(1), call.attributes().real("extrapolation_value")));
        Value fill = result.type() == ElementType.STRING
                ? Zero.of(result.type())
                : Conversion.of(call, outside, result.type());
        return Value.join(List.of(result, fill)).gather(at, result.shape());
    }
}
