package org.aiis.reference.pipeline.preprocess;

import java.util.List;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Scaling of records {@code x float32 [n, columns]}, column by column, and of images. */
public final class Scaling {
    private Scaling() {}

    /** y = (x − low) / (high − low), 0 where the two are equal. */
    public static Bytes minMax(double[] low, double[] high) {
        Draft draft = Cleaning.records(low.length);
        String from = Cleaning.row(draft, low);
        return scaled(draft, from, draft.op("Sub", Cleaning.row(draft, high), from), low.length);
    }

    /** y = (x − mean) / s, 0 where s is 0. */
    public static Bytes zScore(double[] mean, double[] deviation) {
        Draft draft = Cleaning.records(mean.length);
        return scaled(draft, Cleaning.row(draft, mean), Cleaning.row(draft, deviation), mean.length);
    }

    private static Bytes scaled(Draft draft, String from, String spread, int columns) {
        String flat = draft.op("Equal", spread, draft.real(0));
        String divisor = draft.op("Where", flat, draft.real(1), spread);
        String quotient = draft.op("Div", draft.op("Sub", "x", from), divisor);
        String y = draft.op("Where", flat, draft.real(0), quotient);
        return draft.output("y", y, ElementType.FLOAT32, "n", columns).build();
    }

    /**
     * Fits both scalings to the records at the places {@code training int64 [k]}: outputs {@code min}, {@code max},
     * {@code mean} and population deviation {@code s}, each {@code [columns]}.
     */
    public static Bytes fit(int columns) {
        Draft draft = Cleaning.records(columns).input("training", ElementType.INT64, "k");
        String x = draft.op("Gather", "x", "training");
        String mean = reduced(draft, "ReduceMean", x);
        String away = draft.op("Sub", x, mean);
        String s = draft.op("Sqrt", reduced(draft, "ReduceMean", draft.op("Mul", away, away)));
        return draft.output("min", reduced(draft, "ReduceMin", x), ElementType.FLOAT32, columns)
                .output("max", reduced(draft, "ReduceMax", x), ElementType.FLOAT32, columns)
                .output("mean", mean, ElementType.FLOAT32, columns)
                .output("s", s, ElementType.FLOAT32, columns)
                .build();
    }

    private static String reduced(Draft draft, String operator, String x) {
        AttributeProto[] attributes = {Attribute.ints("axes", 0), Attribute.of("keepdims", 0)};
        return draft.op(operator, List.of(x), attributes);
    }

    /** Images {@code x uint8 [n, height, width]} to {@code y} in [0, 1]. */
    public static Bytes image(int height, int width) {
        Draft draft = new Draft(17, ElementType.FLOAT32).input("x", ElementType.UINT8, "n", height, width);
        return draft.output("y", image(draft, "x"), ElementType.FLOAT32, "n", height, width)
                .build();
    }

    /** Images {@code x uint8 [n, height, width, channels]}, channels last, to {@code y float32 [n, channels, height, width]}. */
    public static Bytes imageChannelsLast(int height, int width, int channels) {
        Draft draft = new Draft(17, ElementType.FLOAT32).input("x", ElementType.UINT8, "n", height, width, channels);
        String y = draft.op("Transpose", List.of(image(draft, "x")), Attribute.ints("perm", 0, 3, 1, 2));
        return draft.output("y", y, ElementType.FLOAT32, "n", channels, height, width)
                .build();
    }

    /** Images {@code x uint8 [n, channels, height, width]}, channels first, to {@code y float32} of the same shape. */
    public static Bytes imageChannelsFirst(int height, int width, int channels) {
        Draft draft = new Draft(17, ElementType.FLOAT32).input("x", ElementType.UINT8, "n", channels, height, width);
        return draft.output("y", image(draft, "x"), ElementType.FLOAT32, "n", channels, height, width)
                .build();
    }

    /**
     * Images {@code x uint8 [n, height, width]} to {@code y float32 [n, newHeight, newWidth]} in [0, 1], by linear interpolation
     * between centres of pixels (ONNX Resize, mode linear, half_pixel).
     */
    public static Bytes imageResized(int height, int width, int newHeight, int newWidth) {
        Draft draft = new Draft(17, ElementType.FLOAT32).input("x", ElementType.UINT8, "n", height, width);
        String planes = draft.op("Unsqueeze", image(draft, "x"), draft.integers(1));
        String scales = draft.constant(Tensor.ofReals(
                ElementType.FLOAT32, Shape.of(4), 1, 1, (double) newHeight / height, (double) newWidth / width));
        AttributeProto[] attributes = {
            Attribute.of("mode", "linear"), Attribute.of("coordinate_transformation_mode", "half_pixel")
        };
        String resized = draft.op("Resize", List.of(planes, "", scales), attributes);
        String y = draft.op("Squeeze", resized, draft.integers(1));
        return draft.output("y", y, ElementType.FLOAT32, "n", newHeight, newWidth)
                .build();
    }

    /** x / 255 as a value of a graph. */
    public static String image(Draft draft, String x) {
        String most = draft.constant(Tensor.ofReals(ElementType.FLOAT32, Shape.SCALAR, 255));
        return draft.op("Div", draft.cast(x, ElementType.FLOAT32), most);
    }
}
