package org.aiis.reference.pipeline.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.reference.pipeline.preprocess.Cleaning;
import org.aiis.reference.pipeline.preprocess.DetectorGrid;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * From the last quarter of an hour of all detectors to what tells a blocked lane: who passes the detector of a lane, who passes that of
 * the lane beside it, and who usually does. All parameters were fitted to training days and lie in the graph.
 *
 * @param low bounds beyond which a flow is no measurement, {@code [detectors]}
 * @param high the upper ones
 * @param flows usual flow, {@code [2 · 288, detectors]}, as {@link DetectorGrid#profile} gives it, vehicles an interval
 * @param mean of each column of x before scaling, {@code [INPUTS]}
 * @param deviation of each column of x before scaling
 */
public record IncidentPreparation(Tensor low, Tensor high, Tensor flows, Tensor mean, Tensor deviation) {
    /** Intervals of five minutes that are seen. */
    public static final int SEEN = 3;

    public static final int DETECTORS = FlowPreparation.DETECTORS;

    /** Of each interval departure from usual flow and occupancy, of the lane and of the one beside it; usual flow of both. */
    public static final int INPUTS = 4 * SEEN + 2;

    private static final ElementType TYPE = ElementType.FLOAT32;
    private static final int INTERVALS = 288;

    /** What has to be fitted first: no scale yet. */
    public static IncidentPreparation unscaled(FlowPreparation flow) {
        double[] ones = new double[INPUTS];
        Arrays.fill(ones, 1);
        return new IncidentPreparation(
                flow.low(),
                flow.high(),
                flow.flows(),
                Tensor.ofReals(TYPE, Shape.of(INPUTS), new double[INPUTS]),
                Tensor.ofReals(TYPE, Shape.of(INPUTS), ones));
    }

    public IncidentPreparation scaled(Tensor newMean, Tensor newDeviation) {
        return new IncidentPreparation(low, high, flows, newMean, newDeviation);
    }

    /**
     * The graph alone. Inputs {@code flow}, {@code occupancy} float32 {@code [n, SEEN, DETECTORS]}, NaN where missing, and {@code slot int64
     * [n]}: the time of the last of them, in intervals from a Monday's midnight. Output {@code x [n · DETECTORS, INPUTS]}.
     */
    public Bytes build() {
        Draft draft = new Draft(17, TYPE)
                .input("flow", TYPE, "n", SEEN, DETECTORS)
                .input("occupancy", TYPE, "n", SEEN, DETECTORS)
                .input("slot", ElementType.INT64, "n");
        return draft.output("x", draw(draft), TYPE, "records", INPUTS).build();
    }

    /** Draws it into a graph that has the inputs; gives x. */
    String draw(Draft draft) {
        long[] back = new long[SEEN];
        Arrays.setAll(back, i -> i - SEEN + 1L);
        String week = draft.integers(7L * INTERVALS);
        String times = draft.op(
                "Add", draft.op("Add", draft.op("Unsqueeze", "slot", draft.integers(1)), draft.integers(back)), week);
        String usual = draft.op("Gather", draft.constant(flows), DetectorGrid.row(draft, times, INTERVALS));
        String bounded = Cleaning.outliersMissing(draft, "flow", draft.constant(low), draft.constant(high));
        String seen = draft.op("Where", draft.op("Equal", bounded, bounded), bounded, usual);
        // The deviation of a count is about its root.
        String root = draft.op("Sqrt", draft.op("Add", usual, draft.real(1)));
        String departure = draft.op("Div", draft.op("Sub", seen, usual), root);
        String present = draft.op("Equal", "occupancy", "occupancy");
        String occupied = draft.op("Where", present, "occupancy", draft.real(0));
        String logarithm = draft.op("Log", draft.op("Add", occupied, draft.real(1)));
        String last = draft.op("Slice", root, draft.integers(SEEN - 1L), draft.integers(SEEN), draft.integers(1));
        List<String> columns = new ArrayList<>();
        for (String values : List.of(departure, logarithm, last)) {
            columns.add(byDetector(draft, values));
            columns.add(byDetector(draft, beside(draft, values)));
        }
        String rows = draft.reshape(draft.concat(2, columns), -1, INPUTS);
        return draft.op("Div", draft.op("Sub", rows, draft.constant(mean)), draft.constant(deviation));
    }

    /** {@code [n, k, detectors]} to {@code [n, detectors, k]}. */
    private static String byDetector(Draft draft, String values) {
        return draft.op("Transpose", List.of(values), Attribute.ints("perm", 0, 2, 1));
    }

    /** The values of the other lane of each station. */
    private static String beside(Draft draft, String values) {
        long[] places = new long[DETECTORS];
        Arrays.setAll(places, i -> i ^ 1L);
        return draft.op("Gather", List.of(values, draft.integers(places)), Attribute.of("axis", 2));
    }

    /**
     * The baseline: in the manner of the California algorithms (H. J. Payne and S. C. Tignor, 1978), which compare occupancy before and
     * behind a place and wait for a second interval, with the lane beside in the place of the next station. Input {@code occupancy float32
     * [n, SEEN, DETECTORS]}; output {@code score [n, DETECTORS]}: the lesser, over the last two intervals, of (beside − own) / (beside +
     * own + 1), the percentages of a missing lane taken as 0.
     */
    public static Bytes comparison() {
        Draft draft = new Draft(17, TYPE).input("occupancy", TYPE, "n", SEEN, DETECTORS);
        String own = draft.op("Where", draft.op("Equal", "occupancy", "occupancy"), "occupancy", draft.real(0));
        String other = beside(draft, own);
        String sum = draft.op("Add", draft.op("Add", own, other), draft.real(1));
        String apart = draft.op("Div", draft.op("Sub", other, own), sum);
        String late = draft.op("Slice", apart, draft.integers(SEEN - 2L), draft.integers(SEEN), draft.integers(1));
        String score = draft.op("ReduceMin", List.of(late), Attribute.ints("axes", 1), Attribute.of("keepdims", 0));
        return draft.output("score", score, TYPE, "n", DETECTORS).build();
    }
}
