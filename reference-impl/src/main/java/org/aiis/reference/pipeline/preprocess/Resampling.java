package org.aiis.reference.pipeline.preprocess;

import java.util.List;
import java.util.stream.IntStream;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * Images of any size to squares: linear interpolation between centres of pixels where an image grows, and where it shrinks the mean over
 * a triangle as wide as the ratio, so that no pixel goes unseen. That is Resize with mode linear, half_pixel and antialias 1 of opset 18
 * and later, said in two products of matrices, which every opset version and every backend has; the matrices are computed from the size
 * that comes. An image that has the size already stays as it is, bit for bit.
 */
public final class Resampling {
    private Resampling() {}

    /** Images {@code x uint8 [n, height, width, channels]} to {@code y float32 [n, channels, side, side]} in [0, 1]. */
    public static Bytes image(int channels, int side) {
        Draft draft =
                new Draft(17, ElementType.FLOAT32).input("x", ElementType.UINT8, "n", "height", "width", channels);
        String scaled = Scaling.image(draft, "x");
        String planes = draft.op("Transpose", List.of(scaled), Attribute.ints("perm", 0, 3, 1, 2));
        return draft.output("y", square(draft, planes, side), ElementType.FLOAT32, "n", channels, side, side)
                .build();
    }

    /** Planes {@code [n, channels, height, width]} to {@code [n, channels, side, side]}. */
    public static String square(Draft draft, String planes, int side) {
        String size = draft.op("Shape", planes);
        String rows = weights(draft, size, 2, side);
        String columns = weights(draft, size, 3, side);
        String turned = draft.op("Transpose", List.of(columns), Attribute.ints("perm", 1, 0));
        return draft.op("MatMul", draft.op("MatMul", rows, planes), turned);
    }

    /** What each of the places seen gives to each of {@code side} places: {@code [side, extent]}, rows of sum 1. */
    private static String weights(Draft draft, String size, int axis, int side) {
        String extent = draft.op("Squeeze", draft.op("Gather", size, draft.integers(axis)), draft.integers(0));
        String zero = draft.op("Squeeze", draft.integers(0), draft.integers(0));
        String one = draft.op("Squeeze", draft.integers(1), draft.integers(0));
        String places = draft.indicator(draft.op("Range", zero, extent, one));
        String ratio = draft.op("Div", draft.indicator(extent), draft.real(side));
        double[] middles = IntStream.range(0, side).mapToDouble(i -> i + 0.5).toArray();
        String centres = draft.op("Mul", draft.reals(Shape.of(side, 1), middles), ratio);
        String away = draft.op("Abs", draft.op("Sub", draft.op("Add", places, draft.real(0.5)), centres));
        String reach = draft.op("Max", ratio, draft.real(1));
        String triangle = draft.op("Relu", draft.op("Sub", draft.real(1), draft.op("Div", away, reach)));
        AttributeProto[] kept = {Attribute.of("keepdims", 1)};
        String sums = draft.op("ReduceSum", List.of(triangle, draft.integers(1)), kept);
        return draft.op("Div", triangle, sums);
    }
}
