package org.aiis.reference.pipeline.preprocess;

import java.util.List;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/** Cleaning of records {@code x float32 [n, columns]} into {@code y}. */
public final class Cleaning {
    private Cleaning() {}

    /** NaN marks a missing value and is replaced by the column's number. */
    public static Bytes missing(double... replacements) {
        Draft draft = records(replacements.length);
        String y = draft.op("Where", draft.op("Equal", "x", "x"), "x", row(draft, replacements));
        return draft.output("y", y, ElementType.FLOAT32, "n", replacements.length)
                .build();
    }

    /** A value beyond a bound of its column becomes the bound. */
    public static Bytes outliers(double[] low, double[] high) {
        Draft draft = records(low.length);
        String y = draft.op("Min", draft.op("Max", "x", row(draft, low)), row(draft, high));
        return draft.output("y", y, ElementType.FLOAT32, "n", low.length).build();
    }

    /** A value beyond a bound of its column becomes a missing one, which is NaN; a missing one stays so. */
    public static Bytes outliersMissing(double[] low, double[] high) {
        Draft draft = records(low.length);
        String y = outliersMissing(draft, "x", row(draft, low), row(draft, high));
        return draft.output("y", y, ElementType.FLOAT32, "n", low.length).build();
    }

    /** The same as a value of a graph: {@code x [..., columns]} and bounds {@code [columns]}. */
    public static String outliersMissing(Draft draft, String x, String low, String high) {
        String beyond = draft.op("Or", draft.op("Less", x, low), draft.op("Greater", x, high));
        return draft.op("Where", beyond, draft.real(Double.NaN), x);
    }

    /**
     * Of records with equal keys the first stays; the order stays. Inputs {@code keys int64 [n, parts]} and {@code x float32
     * [n, columns]}, which may have missing values; output {@code y [k, columns]}. Takes time n·log n, and no memory of n².
     */
    public static Bytes firstOfKey(int parts, int columns) {
        Draft draft = records(columns).input("keys", ElementType.INT64, "n", parts);
        String y = draft.op("Gather", "x", firstOfKey(draft, "keys"));
        return draft.output("y", y, ElementType.FLOAT32, "k", columns).build();
    }

    /** Places, int64 {@code [k]}, of the records whose key {@code [n, parts]} no earlier record has. */
    public static String firstOfKey(Draft draft, String keys) {
        return draft.ops("Unique", List.of(keys), 2, Attribute.of("axis", 0), Attribute.of("sorted", 0))
                .get(1);
    }

    /** Of records that are equal in all columns the first stays; the order stays. */
    public static Bytes duplicates(int columns) {
        Draft draft = records(columns);
        String equal = draft.op(
                "Equal", draft.op("Unsqueeze", "x", draft.integers(1)), draft.op("Unsqueeze", "x", draft.integers(0)));
        String same = draft.op("Equal", draft.sum(draft.indicator(equal), false, 2), draft.real(columns));
        String first = draft.op("Slice", "x", draft.integers(0), draft.integers(1), draft.integers(1));
        String place = Compaction.places(draft, draft.op("Squeeze", first, draft.integers(1)));
        String earlier = draft.op("Less", place, draft.op("Unsqueeze", place, draft.integers(1)));
        String twins = draft.sum(draft.indicator(draft.op("And", same, earlier)), false, 1);
        String keep = draft.indicator(draft.op("Equal", twins, draft.real(0)));
        String y = draft.op("Gather", "x", Compaction.chosen(draft, keep));
        return draft.output("y", y, ElementType.FLOAT32, "k", columns).build();
    }

    static Draft records(int columns) {
        return new Draft(17, ElementType.FLOAT32).input("x", ElementType.FLOAT32, "n", columns);
    }

    static String row(Draft draft, double... values) {
        return draft.reals(Shape.of(values.length), values);
    }
}
