package org.aiis.conformance.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.aiis.reference.pipeline.data.TrafficRecords;
import org.aiis.reference.pipeline.data.TrafficWindows;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.reference.pipeline.network.IncidentPreparation;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Blocked lanes in case B's data, interval by interval and detector by detector: what the detection learns from and is judged by. The days
 * are divided as {@link TrafficData} divides them.
 *
 * @param truth whether a lane is blocked after the detector, by row of the grid and detector
 */
record Incidents(Answers backend, TrafficData data, List<List<Boolean>> truth, IncidentPreparation preparation) {
    static final int DETECTORS = IncidentPreparation.DETECTORS;
    private static final int INTERVALS = TrafficRecords.INTERVALS;

    /** Windows of one run: a few seconds of a slow backend. */
    private static final int CHUNK = 500;

    Incidents {
        truth = truth.stream().map(List::copyOf).toList();
    }

    /** Fits what is fitted to the fitting days. */
    static Incidents of(Answers backend, TrafficData data, TrafficRecords training, TrafficRecords heldOut) {
        boolean[][] blocked = new boolean[TrafficRecords.DAYS * INTERVALS][DETECTORS];
        for (TrafficRecords records : List.of(training, heldOut)) {
            for (int i = 0; i < records.size(); i++) {
                int row = (int) (records.keys().integer(3 * i) * INTERVALS
                        + records.keys().integer(3 * i + 1));
                blocked[row][(int) records.keys().integer(3 * i + 2)] =
                        records.incident().integer(i) == 1;
            }
        }
        List<List<Boolean>> truth = new ArrayList<>();
        for (boolean[] row : blocked) {
            truth.add(IntStream.range(0, DETECTORS).mapToObj(d -> row[d]).toList());
        }
        Incidents unscaled = new Incidents(backend, data, truth, IncidentPreparation.unscaled(data.preparation()));
        Scales scales = Scales.of(backend, IncidentPreparation.INPUTS, unscaled.prepared(unscaled.fitting()));
        return new Incidents(backend, data, truth, unscaled.preparation.scaled(scales.mean(), scales.s()));
    }

    /** Last rows of the windows of the fitting days. */
    List<Integer> fitting() {
        return ends(0, TrafficData.FITTING_DAYS);
    }

    List<Integer> validation() {
        return ends(TrafficData.FITTING_DAYS, TrafficRecords.TRAINING_DAYS);
    }

    List<Integer> heldOut() {
        return ends(TrafficRecords.TRAINING_DAYS, TrafficRecords.DAYS);
    }

    /** Every window lies within the days. */
    private static List<Integer> ends(int fromDay, int toDay) {
        return IntStream.range(fromDay * INTERVALS + IncidentPreparation.SEEN - 1, toDay * INTERVALS)
                .boxed()
                .toList();
    }

    /** What the network takes, {@code [windows · detectors, INPUTS]}. */
    Tensor prepared(List<Integer> ends) {
        return each(preparation.build(), List.of("flow", "occupancy", "slot"), "x", ends);
    }

    /** What a graph says of each window: one of its outputs from those inputs of {@link IncidentPreparation#build} that it takes. */
    Tensor each(Bytes graph, List<String> taken, String output, List<Integer> ends) {
        List<Tensor> parts = new ArrayList<>();
        for (int at = 0; at < ends.size(); at += CHUNK) {
            TrafficWindows windows =
                    data.windows(ends.subList(at, Math.min(ends.size(), at + CHUNK)), IncidentPreparation.SEEN);
            Map<String, Tensor> inputs = new java.util.TreeMap<>(
                    Map.of("flow", windows.flow(), "occupancy", windows.occupancy(), "slot", windows.slot()));
            inputs.keySet().retainAll(taken);
            parts.add(Objects.requireNonNull(backend.once(graph, inputs).get(output)));
        }
        return parts.stream().reduce(TrafficData::joined).orElseThrow();
    }

    /**
     * Places of the records of some windows that are learnt: all of incidents, and of the others a share drawn from a seed, since there
     * are three hundred of them for each.
     *
     * @param windows all of them, of which those from {@code from} to before {@code to} are meant
     */
    Tensor learnt(List<Integer> windows, int from, int to, double share, long seed) {
        SplitMix random = new SplitMix(seed);
        long[] places = IntStream.range(from * DETECTORS, to * DETECTORS)
                .filter(place -> random.uniform() < share || blocked(windows, place))
                .asLongStream()
                .toArray();
        return Tensor.ofLongs(ElementType.INT64, Shape.of(places.length), places);
    }

    /** The truth as the network learns it, {@code [windows · detectors, 1]}. */
    Tensor targets(List<Integer> ends) {
        Tensor.Builder y = new Tensor.Builder(ElementType.FLOAT32, Shape.of(ends.size() * DETECTORS, 1));
        for (int i = 0; i < ends.size() * DETECTORS; i++) {
            y.setReal(i, blocked(ends, i) ? 1 : 0);
        }
        return y.build();
    }

    /** The truth as the measures take it, int64 {@code [windows, detectors]}. */
    Tensor marks(List<Integer> ends) {
        Tensor.Builder marks = new Tensor.Builder(ElementType.INT64, Shape.of(ends.size(), DETECTORS));
        for (int i = 0; i < ends.size() * DETECTORS; i++) {
            marks.setBits(i, blocked(ends, i) ? 1 : 0);
        }
        return marks.build();
    }

    boolean blocked(List<Integer> ends, int place) {
        return truth.get(ends.get(place / DETECTORS)).get(place % DETECTORS);
    }
}
