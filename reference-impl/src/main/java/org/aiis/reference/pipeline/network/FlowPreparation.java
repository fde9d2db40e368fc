package org.aiis.reference.pipeline.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.reference.pipeline.data.TrafficRecords;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.reference.pipeline.preprocess.Cleaning;
import org.aiis.reference.pipeline.preprocess.DetectorGrid;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * From the last three hours of all detectors to what the forecast of case B learns from. All parameters were fitted to training days
 * and lie in the graph, so that training and deployment cannot part.
 *
 * @param low bounds beyond which a flow is no measurement, {@code [detectors]}
 * @param high the upper ones
 * @param flows usual flow, {@code [2 · 288, detectors]}, as {@link DetectorGrid#profile} gives it, vehicles an interval
 * @param occupancies usual occupancy, the same, percent
 * @param mean of each column of x before scaling, {@code [INPUTS]}
 * @param deviation of each column of x before scaling; the first {@code STATIONS} are those of flow and scale the forecast too
 */
public record FlowPreparation(
        Tensor low, Tensor high, Tensor flows, Tensor occupancies, Tensor mean, Tensor deviation) {
    /** Intervals of five minutes that are seen. */
    public static final int SEEN = 36;

    /** Quarters of an hour that they make. */
    public static final int STEPS = 12;

    /** Intervals ahead: a forecast is the flow of the quarter of an hour that ends 15, 30, 45 and 60 minutes later. */
    public static final List<Integer> HORIZONS = List.of(3, 6, 9, 12);

    public static final int DETECTORS = TrafficRecords.DETECTORS.size();
    public static final int STATIONS = TrafficRecords.STATIONS.size();

    /** Deviation of flow and of occupancy by station; two sines and cosines of the time of day; whether it is a weekend. */
    public static final int INPUTS = 2 * STATIONS + 5;

    public static final int OUTPUTS = HORIZONS.size() * STATIONS;

    private static final ElementType TYPE = ElementType.FLOAT32;
    private static final int INTERVALS = TrafficRecords.INTERVALS;
    private static final int QUARTER = 3;

    /** What has to be fitted first: no scale yet. */
    public static FlowPreparation unscaled(Tensor low, Tensor high, Tensor flows, Tensor occupancies) {
        double[] ones = new double[INPUTS];
        Arrays.fill(ones, 1);
        return new FlowPreparation(
                low,
                high,
                flows,
                occupancies,
                Tensor.ofReals(TYPE, Shape.of(INPUTS), new double[INPUTS]),
                Tensor.ofReals(TYPE, Shape.of(INPUTS), ones));
    }

    public FlowPreparation scaled(Tensor newMean, Tensor newDeviation) {
        return new FlowPreparation(low, high, flows, occupancies, newMean, newDeviation);
    }

    /**
     * Values of a graph.
     *
     * @param x {@code [n, STEPS, INPUTS]}, deviations from what is usual, scaled
     * @param usual flow of the quarters to be forecast, {@code [n, OUTPUTS]}, horizon by horizon, vehicles
     * @param scale {@code [OUTPUTS]}, vehicles
     */
    public record Prepared(String x, String usual, String scale) {}

    /**
     * The graph alone. Inputs {@code flow}, {@code occupancy} float32 {@code [n, SEEN, DETECTORS]}, NaN where missing, and {@code slot int64
     * [n]}: the time of the last of them, in intervals from a Monday's midnight. Outputs {@code x}, {@code usual}, and {@code p}, which
     * is usual / scale.
     */
    public Bytes build() {
        Draft draft = declared(17);
        Prepared prepared = draw(draft);
        String p = draft.op("Div", prepared.usual(), prepared.scale());
        return draft.output("x", prepared.x(), TYPE, "n", STEPS, INPUTS)
                .output("usual", prepared.usual(), TYPE, "n", OUTPUTS)
                .output("p", p, TYPE, "n", OUTPUTS)
                .build();
    }

    /** A graph with the inputs of {@link #build}. */
    static Draft declared(int opset) {
        return new Draft(opset, TYPE)
                .input("flow", TYPE, "n", SEEN, DETECTORS)
                .input("occupancy", TYPE, "n", SEEN, DETECTORS)
                .input("slot", ElementType.INT64, "n");
    }

    /** Draws it into a graph that has the inputs. */
    Prepared draw(Draft draft) {
        String last = draft.op("Unsqueeze", "slot", draft.integers(1));
        long[] back = new long[SEEN];
        Arrays.setAll(back, i -> i - SEEN + 1L);
        // A week later is the same time of the week, and never negative.
        String week = draft.integers(7L * INTERVALS);
        String times = draft.op("Add", draft.op("Add", last, draft.integers(back)), week);
        String rows = DetectorGrid.row(draft, times, INTERVALS);
        String profile = draft.constant(flows);
        String bounded = Cleaning.outliersMissing(draft, "flow", draft.constant(low), draft.constant(high));
        String flow = byStation(draft, deviation(draft, bounded, draft.op("Gather", profile, rows)));
        String sparse = deviation(draft, "occupancy", draft.op("Gather", draft.constant(occupancies), rows));
        String occupancy = draft.op("Div", byStation(draft, sparse), draft.real(2.0 * QUARTER));
        List<String> columns = new ArrayList<>(List.of(flow, occupancy));
        columns.addAll(clock(draft, times));
        String raw = draft.concat(2, columns);
        String x = draft.op("Div", draft.op("Sub", raw, draft.constant(mean)), draft.constant(deviation));
        return new Prepared(x, usual(draft, last, week, profile), scale(draft));
    }

    /** Deviation from what is usual; none where the value is missing. */
    private static String deviation(Draft draft, String value, String usual) {
        String off = draft.op("Sub", value, usual);
        return draft.op("Where", draft.op("Equal", off, off), off, draft.real(0));
    }

    /** {@code [n, SEEN, DETECTORS]} to sums by quarter and station, {@code [n, STEPS, STATIONS]}. */
    private static String byStation(Draft draft, String value) {
        return draft.sum(draft.reshape(value, -1, STEPS, QUARTER, STATIONS, 2), false, 2, 4);
    }

    private static List<String> clock(Draft draft, String times) {
        String ends = draft.op(
                "Slice",
                List.of(
                        times,
                        draft.integers(QUARTER - 1),
                        draft.integers(SEEN),
                        draft.integers(1),
                        draft.integers(QUARTER)));
        String column = draft.op("Unsqueeze", ends, draft.integers(2));
        String ofDay = draft.op("Mod", column, draft.integers(INTERVALS));
        String angle = draft.op("Mul", draft.cast(ofDay, TYPE), draft.real(2 * Math.PI / INTERVALS));
        String twice = draft.op("Add", angle, angle);
        String weekend = draft.op("Sub", DetectorGrid.row(draft, column, INTERVALS), ofDay);
        return List.of(
                draft.op("Sin", angle),
                draft.op("Cos", angle),
                draft.op("Sin", twice),
                draft.op("Cos", twice),
                draft.op("Div", draft.cast(weekend, TYPE), draft.real(INTERVALS)));
    }

    private static String usual(Draft draft, String last, String week, String profile) {
        List<String> horizons = new ArrayList<>();
        for (int horizon : HORIZONS) {
            long[] quarter = {horizon - 2L, horizon - 1L, horizon};
            String times = draft.op("Add", draft.op("Add", last, draft.integers(quarter)), week);
            String usual = draft.op("Gather", profile, DetectorGrid.row(draft, times, INTERVALS));
            horizons.add(draft.sum(draft.reshape(usual, -1, QUARTER, STATIONS, 2), false, 1, 3));
        }
        return draft.concat(1, horizons);
    }

    private String scale(Draft draft) {
        double[] scale = new double[OUTPUTS];
        Arrays.setAll(scale, i -> deviation.real(i % STATIONS));
        return draft.reals(Shape.of(OUTPUTS), scale);
    }

    /** Rows of x before scaling, {@code [n · STEPS, INPUTS]}, for {@link org.aiis.reference.pipeline.preprocess.Scaling#fit}. */
    public static Tensor rows(Tensor x) {
        return x.reshaped(Shape.of(x.shape().dim(0) * STEPS, INPUTS));
    }
}
