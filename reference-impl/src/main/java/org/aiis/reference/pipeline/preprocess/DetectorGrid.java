package org.aiis.reference.pipeline.preprocess;

import java.util.Collections;
import java.util.List;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** From records of detectors, as they were sent, to one value a time and detector, and what those of past days teach. */
public final class DetectorGrid {
    /** Kinds of days: working days, and the two of the weekend. */
    public static final int KINDS = 2;

    private static final ElementType TYPE = ElementType.FLOAT32;
    private static final int WEEK = 7;
    private static final int WORKING_DAYS = 5;

    private DetectorGrid() {}

    /**
     * Inputs {@code keys int64 [n, 3]}: day, interval, detector; {@code values float32 [n, 3]}: flow, occupancy, speed. Outputs {@code
     * flow}, {@code occupancy}, each {@code [days · intervals, detectors]} from day {@code first} on. Of records with one key the
     * first counts; where none is, or its value is missing, stands NaN.
     */
    public static Bytes build(int first, int days, int intervals, int detectors) {
        Draft draft =
                new Draft(17, TYPE).input("keys", ElementType.INT64, "n", 3).input("values", TYPE, "n", 3);
        String kept = Cleaning.firstOfKey(draft, "keys");
        String keys = draft.op("Gather", "keys", kept);
        String values = draft.op("Gather", "values", kept);
        String day = draft.op("Sub", column(draft, keys, 0), draft.integers(first));
        String time = draft.op("Add", draft.op("Mul", day, draft.integers(intervals)), column(draft, keys, 1));
        String places = draft.concat(1, List.of(time, column(draft, keys, 2)));
        Shape shape = Shape.of(days * intervals, detectors);
        for (int i = 0; i < 2; i++) {
            String none = draft.op("Expand", draft.real(Double.NaN), draft.integers(shape.dim(0), shape.dim(1)));
            String updates = draft.op("Squeeze", column(draft, values, i), draft.integers(1));
            String grid = draft.op("ScatterND", none, places, updates);
            draft.output(i == 0 ? "flow" : "occupancy", grid, TYPE, shape.dim(0), shape.dim(1));
        }
        return draft.build();
    }

    /**
     * What is usual at a time of the day: input {@code grid [days · intervals, detectors]} with NaN where missing, day 0 a Monday;
     * output {@code profile [2 · intervals, detectors]}, working days first: the mean over the present values of all days of a kind
     * and of the intervals up to {@code reach} before and after, around midnight too; 0 where none is present.
     */
    public static Bytes profile(int days, int intervals, int detectors, int reach) {
        return profile(Collections.nCopies(days, true), intervals, detectors, reach);
    }

    /** The same of those days that are taken. */
    public static Bytes profile(List<Boolean> taken, int intervals, int detectors, int reach) {
        int days = taken.size();
        Draft draft = new Draft(17, TYPE).input("grid", TYPE, days * intervals, detectors);
        String grid = draft.reshape("grid", days, intervals, detectors);
        String present = draft.op("Equal", grid, grid);
        String value = draft.op("Where", present, grid, draft.real(0));
        String one = draft.indicator(present);
        List<String> kinds = new java.util.ArrayList<>();
        for (int kind = 0; kind < KINDS; kind++) {
            double[] chosen = new double[days];
            for (int day = 0; day < days; day++) {
                chosen[day] = taken.get(day) && (day % WEEK < WORKING_DAYS) == (kind == 0) ? 1 : 0;
            }
            String mask = draft.reals(Shape.of(days, 1, 1), chosen);
            String sum = around(draft, draft.sum(draft.op("Mul", value, mask), false, 0), intervals, reach);
            String count = around(draft, draft.sum(draft.op("Mul", one, mask), false, 0), intervals, reach);
            kinds.add(draft.op("Div", sum, draft.op("Max", count, draft.real(1))));
        }
        return draft.output("profile", draft.concat(0, kinds), TYPE, KINDS * intervals, detectors)
                .build();
    }

    /** Row of the profile for times {@code slot int64}, counted in intervals from a Monday's midnight; may be any shape. */
    public static String row(Draft draft, String slot, int intervals) {
        String ofDay = draft.op("Mod", slot, scalar(draft, intervals));
        String weekday = draft.op("Mod", draft.op("Div", slot, scalar(draft, intervals)), scalar(draft, WEEK));
        String weekend =
                draft.cast(draft.op("GreaterOrEqual", weekday, scalar(draft, WORKING_DAYS)), ElementType.INT64);
        return draft.op("Add", draft.op("Mul", weekend, scalar(draft, intervals)), ofDay);
    }

    static String scalar(Draft draft, long value) {
        return draft.constant(Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, value));
    }

    private static String around(Draft draft, String rows, int intervals, int reach) {
        String sum = rows;
        for (int by = 1; by <= reach; by++) {
            sum = draft.op(
                    "Add",
                    sum,
                    draft.op(
                            "Add", turned(draft, rows, intervals, by), turned(draft, rows, intervals, intervals - by)));
        }
        return sum;
    }

    /** Rows from {@code by} on, then those before. */
    private static String turned(Draft draft, String rows, int intervals, int by) {
        String from = draft.op("Slice", rows, draft.integers(by), draft.integers(intervals), draft.integers(0));
        String rest = draft.op("Slice", rows, draft.integers(0), draft.integers(by), draft.integers(0));
        return draft.concat(0, List.of(from, rest));
    }

    private static String column(Draft draft, String rows, int column) {
        return draft.op("Gather", List.of(rows, draft.integers(column)), Attribute.of("axis", 1));
    }
}
