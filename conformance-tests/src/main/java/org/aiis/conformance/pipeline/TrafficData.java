package org.aiis.conformance.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.aiis.reference.pipeline.data.TrafficRecords;
import org.aiis.reference.pipeline.data.TrafficWindows;
import org.aiis.reference.pipeline.network.FlowPreparation;
import org.aiis.reference.pipeline.preprocess.Cleaning;
import org.aiis.reference.pipeline.preprocess.DetectorGrid;
import org.aiis.reference.pipeline.preprocess.Fences;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Case B's data on their way to the network, every step a graph on the backend. Days 0 to 16 fit and train, 17 to 20 end the training
 * early, 21 to 27 are held out: whatever is fitted saw the first part alone.
 */
final class TrafficData {
    static final int FITTING_DAYS = 17;
    static final int INTERVALS = TrafficRecords.INTERVALS;
    static final List<Integer> HORIZONS = FlowPreparation.HORIZONS;

    /** Widths of the fence: counts at night and in the peak lie far apart, those of a broken counter ten times farther. */
    private static final double REACH = 6;

    private static final int SMOOTHING = 2;
    private static final int QUARTER = 3;
    private static final int CHUNK = 500;
    private static final ElementType TYPE = ElementType.FLOAT32;

    private final Answers backend;
    private final Tensor flow;
    private final Tensor occupancy;
    private final Tensor clean;
    private final FlowPreparation preparation;
    private final List<Boolean> fitted;

    private TrafficData(
            Answers backend,
            List<Boolean> fitted,
            Tensor flow,
            Tensor occupancy,
            Tensor clean,
            FlowPreparation preparation) {
        this.backend = backend;
        this.fitted = fitted;
        this.flow = flow;
        this.occupancy = occupancy;
        this.clean = clean;
        this.preparation = preparation;
    }

    /** Reads nothing: takes the records of the training days and of those held out. */
    static TrafficData of(Answers backend, TrafficRecords training, TrafficRecords heldOut) {
        return of(backend, training, heldOut, day -> day < FITTING_DAYS);
    }

    /** The same, fitted to training days that are chosen; the others of them validate. */
    static TrafficData of(Answers backend, TrafficRecords training, TrafficRecords heldOut, IntPredicate chosen) {
        List<Boolean> fitted = IntStream.range(0, TrafficRecords.TRAINING_DAYS)
                .mapToObj(chosen::test)
                .toList();
        Grid first = Grid.of(backend, training, 0, TrafficRecords.TRAINING_DAYS);
        Grid second = Grid.of(
                backend, heldOut, TrafficRecords.TRAINING_DAYS, TrafficRecords.DAYS - TrafficRecords.TRAINING_DAYS);
        long[] rows = LongStream.range(0, (long) TrafficRecords.TRAINING_DAYS * INTERVALS)
                .filter(row -> fitted.get((int) row / INTERVALS))
                .toArray();
        SortedMap<String, Tensor> fences = backend.once(
                Fences.quartiles(FlowPreparation.DETECTORS, REACH),
                Map.of("x", first.flow(), "training", Tensor.ofLongs(ElementType.INT64, Shape.of(rows.length), rows)));
        Tensor low = Objects.requireNonNull(fences.get("low"));
        Tensor high = Objects.requireNonNull(fences.get("high"));
        Tensor flow = joined(first.flow(), second.flow());
        Tensor clean = Objects.requireNonNull(
                backend.once(Cleaning.outliersMissing(low.reals(), high.reals()), Map.of("x", flow))
                        .get("y"));
        FlowPreparation unscaled = FlowPreparation.unscaled(
                low,
                high,
                profile(backend, fitted, rows(clean, TrafficRecords.TRAINING_DAYS * INTERVALS)),
                profile(backend, fitted, first.occupancy()));
        TrafficData data =
                new TrafficData(backend, fitted, flow, joined(first.occupancy(), second.occupancy()), clean, unscaled);
        return data.scaled();
    }

    private record Grid(Tensor flow, Tensor occupancy) {
        static Grid of(Answers backend, TrafficRecords records, int day, int days) {
            SortedMap<String, Tensor> grid = backend.once(
                    DetectorGrid.build(day, days, INTERVALS, FlowPreparation.DETECTORS),
                    Map.of("keys", records.keys(), "values", records.values()));
            return new Grid(Objects.requireNonNull(grid.get("flow")), Objects.requireNonNull(grid.get("occupancy")));
        }
    }

    private static Tensor profile(Answers backend, List<Boolean> fitted, Tensor grid) {
        return Objects.requireNonNull(backend.once(
                        DetectorGrid.profile(fitted, INTERVALS, FlowPreparation.DETECTORS, SMOOTHING),
                        Map.of("grid", grid))
                .get("profile"));
    }

    private TrafficData scaled() {
        Scales scales = Scales.of(
                backend,
                FlowPreparation.INPUTS,
                FlowPreparation.rows(prepared(fitting()).x()));
        return new TrafficData(backend, fitted, flow, occupancy, clean, preparation.scaled(scales.mean(), scales.s()));
    }

    FlowPreparation preparation() {
        return preparation;
    }

    /** Ends of windows that lie, with their targets, within fitting days that follow each other. */
    List<Integer> fitting() {
        return runs(true);
    }

    /** The same of the training days that are not fitted to. */
    List<Integer> validation() {
        return runs(false);
    }

    private List<Integer> runs(boolean of) {
        List<Integer> ends = new ArrayList<>();
        for (int day = 0; day < fitted.size(); day++) {
            int from = day;
            while (day < fitted.size() && fitted.get(day) == of) {
                day++;
            }
            if (day > from) {
                ends.addAll(ends(from, day));
                day--;
            }
        }
        return ends;
    }

    /** The held-out days; each window and each target lies within them. */
    List<Integer> heldOut() {
        return ends(TrafficRecords.TRAINING_DAYS, TrafficRecords.DAYS);
    }

    private static List<Integer> ends(int fromDay, int toDay) {
        int most = HORIZONS.get(HORIZONS.size() - 1);
        return IntStream.range(fromDay * INTERVALS + FlowPreparation.SEEN - 1, toDay * INTERVALS - most)
                .boxed()
                .toList();
    }

    /** What the network takes: x, and usual flow over scale. */
    record Prepared(Tensor x, Tensor p, Tensor usual) {}

    Prepared prepared(List<Integer> ends) {
        List<SortedMap<String, Tensor>> parts = chunks(ends).stream()
                .map(part -> backend.once(preparation.build(), inputs(part)))
                .toList();
        return new Prepared(all(parts, "x"), all(parts, "p"), all(parts, "usual"));
    }

    /** Forecasts of a model for inference, {@code [n, horizons, stations]}. */
    Tensor forecast(org.aiis.spec.tensor.Bytes model, List<Integer> ends) {
        return all(
                chunks(ends).stream()
                        .map(part -> backend.once(model, inputs(part)))
                        .toList(),
                "forecast");
    }

    /** What was seen up to given rows of the grid. */
    TrafficWindows windows(List<Integer> ends, int seen) {
        return TrafficWindows.of(flow, occupancy, 0, ends, seen);
    }

    private Map<String, Tensor> inputs(List<Integer> ends) {
        TrafficWindows windows = windows(ends, FlowPreparation.SEEN);
        return Map.of("flow", windows.flow(), "occupancy", windows.occupancy(), "slot", windows.slot());
    }

    /** Flow of the quarter of an hour that ends at a row, vehicles at a station; NaN where a part of it was not measured. */
    double quarter(int end, int station) {
        double sum = 0;
        for (int row = end - QUARTER + 1; row <= end; row++) {
            for (int lane = 0; lane < 2; lane++) {
                sum += clean.real(row * FlowPreparation.DETECTORS + 2 * station + lane);
            }
        }
        return sum;
    }

    /** The truth over scale, {@code [n, OUTPUTS]}; where it was not measured, what is usual, which teaches nothing false. */
    Tensor targets(List<Integer> ends, Tensor usual) {
        Tensor.Builder y = new Tensor.Builder(TYPE, usual.shape());
        int stations = FlowPreparation.STATIONS;
        for (int i = 0; i < usual.size(); i++) {
            int output = i % FlowPreparation.OUTPUTS;
            int end = ends.get(i / FlowPreparation.OUTPUTS) + HORIZONS.get(output / stations);
            double truth = quarter(end, output % stations);
            double scale = preparation.deviation().real(output % stations);
            y.setReal(i, (Double.isNaN(truth) ? usual.real(i) : truth) / scale);
        }
        return y.build();
    }

    /** How many flows of all days are missing or no measurement. */
    long gaps() {
        return Arrays.stream(clean.reals()).filter(Double::isNaN).count();
    }

    private static List<List<Integer>> chunks(List<Integer> ends) {
        return IntStream.iterate(0, at -> at < ends.size(), at -> at + CHUNK)
                .mapToObj(at -> ends.subList(at, Math.min(ends.size(), at + CHUNK)))
                .toList();
    }

    private static Tensor all(List<SortedMap<String, Tensor>> parts, String name) {
        return parts.stream()
                .map(part -> part.get(name))
                .reduce(TrafficData::joined)
                .orElseThrow();
    }

    private static Tensor rows(Tensor grid, int rows) {
        int columns = grid.shape().dim(1);
        return Tensor.ofBytes(
                grid.type(), Shape.of(rows, columns), Arrays.copyOf(grid.toByteArray(), 4 * rows * columns));
    }

    static Tensor joined(Tensor a, Tensor b) {
        byte[] first = a.toByteArray();
        byte[] second = b.toByteArray();
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        List<Integer> extents = new ArrayList<>(a.shape().dims());
        extents.set(0, a.shape().dim(0) + b.shape().dim(0));
        return Tensor.ofBytes(a.type(), new Shape(extents), both);
    }
}
