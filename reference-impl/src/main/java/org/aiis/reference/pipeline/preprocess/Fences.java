package org.aiis.reference.pipeline.preprocess;

import java.util.List;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * Bounds beyond which a value is an outlier, fitted to the training records alone and over present values alone. Inputs
 * {@code x float32 [n, columns]} with NaN for missing values, {@code training int64 [k]}; outputs {@code low}, {@code high},
 * each {@code [columns]}. A column without any value present gets the bounds −∞ and +∞.
 */
public final class Fences {
    private Fences() {}

    /**
     * Tukey's fences: first quartile − reach·IQR, third quartile + reach·IQR, IQR the difference of the two (J. W. Tukey,
     * Exploratory Data Analysis, 1977; he takes reach 1.5). A quartile is interpolated at place (m − 1)·q of the m sorted values,
     * which is definition 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages" (1996).
     */
    public static Bytes quartiles(int columns, double reach) {
        Draft draft = Cleaning.records(columns).input("training", ElementType.INT64, "k");
        String x = draft.op("Gather", "x", "training");
        String present = draft.op("Equal", x, x);
        String last = draft.real(Double.POSITIVE_INFINITY);
        String padded = draft.op("Where", present, x, last);
        String sorted = draft.ops(
                        "TopK",
                        List.of(padded, draft.op("Shape", "training")),
                        2,
                        Attribute.of("axis", 0),
                        Attribute.of("largest", 0))
                .get(0);
        String count = draft.sum(draft.indicator(present), true, 0);
        String first = quantile(draft, sorted, count, 0.25);
        String third = quantile(draft, sorted, count, 0.75);
        String stretch = draft.op("Mul", draft.op("Sub", third, first), draft.real(reach));
        return bounds(draft, count, draft.op("Sub", first, stretch), draft.op("Add", third, stretch), columns);
    }

    /** mean ± reach·s, s the population standard deviation. */
    public static Bytes deviations(int columns, double reach) {
        Draft draft = Cleaning.records(columns).input("training", ElementType.INT64, "k");
        String x = draft.op("Gather", "x", "training");
        String present = draft.op("Equal", x, x);
        String count = draft.sum(draft.indicator(present), true, 0);
        String divisor = draft.op("Max", count, draft.real(1));
        String mean = draft.op("Div", draft.sum(draft.op("Where", present, x, draft.real(0)), true, 0), divisor);
        String away = draft.op("Where", present, draft.op("Sub", x, mean), draft.real(0));
        String variance = draft.op("Div", draft.sum(draft.op("Mul", away, away), true, 0), divisor);
        String stretch = draft.op("Mul", draft.op("Sqrt", variance), draft.real(reach));
        return bounds(draft, count, draft.op("Sub", mean, stretch), draft.op("Add", mean, stretch), columns);
    }

    private static String quantile(Draft draft, String sorted, String count, double share) {
        String zero = draft.real(0);
        String end = draft.op("Max", draft.op("Sub", count, draft.real(1)), zero);
        String place = draft.op("Mul", end, draft.real(share));
        String below = draft.op("Floor", place);
        String above = draft.op("Min", draft.op("Add", below, draft.real(1)), end);
        String from = at(draft, sorted, below);
        String step = draft.op("Sub", at(draft, sorted, above), from);
        return draft.op("Add", from, draft.op("Mul", step, draft.op("Sub", place, below)));
    }

    private static String at(Draft draft, String sorted, String place) {
        return draft.op(
                "GatherElements", List.of(sorted, draft.cast(place, ElementType.INT64)), Attribute.of("axis", 0));
    }

    private static Bytes bounds(Draft draft, String count, String low, String high, int columns) {
        String none = draft.op("Equal", count, draft.real(0));
        String least = draft.op("Where", none, draft.reals(Shape.SCALAR, Double.NEGATIVE_INFINITY), low);
        String most = draft.op("Where", none, draft.reals(Shape.SCALAR, Double.POSITIVE_INFINITY), high);
        return draft.output("low", draft.reshape(least, columns), ElementType.FLOAT32, columns)
                .output("high", draft.reshape(most, columns), ElementType.FLOAT32, columns)
                .build();
    }
}
