package org.aiis.conformance.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.aiis.conformance.backend.Backends;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.pipeline.data.TrafficRecords;
import org.aiis.report.view.PipelinePage;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backend is shown in a cross-validation of the forecasts: which days a fold's model comes from, and which it is tried on. */
class FlowFoldsTest {
    private static final Path HOME = Path.of(System.getProperty("aiis.home"));
    private static final int FOLDS = 3;
    private static final int DAY = 288;
    private static final int SEEN = 36;
    private static final int HOUR = 12;
    private static final int STATIONS = 16;

    /** Days of each fold: a third of 21. */
    private static final int BLOCK = 7;

    @TempDir
    Path folder;

    /** A model that forecasts, the ends of the windows that it was shown, and what it said. */
    private record Forecasting(Bytes model, List<Long> ends, List<Double> forecasts) {}

    /** Passes everything on, and notes each model that forecasts. */
    private static final class Listening implements Backend {
        private final Backend to;
        private final List<Forecasting> models = new ArrayList<>();
        private boolean forecasting;

        Listening(Backend to) {
            this.to = to;
        }

        @Override
        public Sut describe() {
            return to.describe();
        }

        @Override
        public Observation perform(Step step) {
            if (step instanceof Step.Load load) {
                forecasting = Models.parse(load.bytes())
                        .getGraph()
                        .getOutput(0)
                        .getName()
                        .equals("forecast");
                if (forecasting && (models.isEmpty() || !last().model().equals(load.bytes()))) {
                    models.add(new Forecasting(load.bytes(), new ArrayList<>(), new ArrayList<>()));
                }
            }
            Observation answer = to.perform(step);
            if (forecasting
                    && step instanceof Step.Run run
                    && run.inputs().get("slot") instanceof Step.Feed.Inline slot
                    && answer instanceof Observation.Outputs outputs) {
                Arrays.stream(slot.tensor().integers()).forEach(last().ends()::add);
                Tensor forecast =
                        Objects.requireNonNull(outputs.values().get("forecast")).tensor();
                Arrays.stream(forecast.reals()).forEach(last().forecasts()::add);
            }
            return answer;
        }

        private Forecasting last() {
            return models.get(models.size() - 1);
        }

        @Override
        public void close() {
            to.close();
        }
    }

    private record Folded(List<Forecasting> models, PipelinePage.Stage stage) {}

    private Folded folded(String out, TrafficRecords training, TrafficRecords heldOut) {
        try (Listening backend =
                new Listening(Backends.installed().open("cpu", new TreeMap<>(Map.of("intra-op-threads", "1"))))) {
            Setting setting = new Setting(
                    HOME,
                    backend,
                    1,
                    OptionalInt.of(1),
                    OptionalInt.of(256),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    false,
                    OptionalInt.of(FOLDS),
                    folder.resolve(out),
                    false,
                    Setting.Told.SILENT);
            PipelinePage.Stage stage = new FlowFolds(setting, new Answers(backend), training, heldOut).stage(FOLDS);
            return new Folded(backend.models, stage);
        }
    }

    @Test
    void aFoldsModelComesFromTheOtherDaysAloneAndIsTriedOnAllOfItsOwn() {
        TrafficRecords training = TrafficRecords.training(HOME);
        TrafficRecords heldOut = TrafficRecords.heldOut(HOME);
        Folded right = folded("right", training, heldOut);
        assertThat(right.models()).hasSize(FOLDS);
        for (int fold = 0; fold < FOLDS; fold++) {
            int from = fold * BLOCK * DAY;
            assertThat(right.models().get(fold).ends())
                    .as("fold %d: every window, and the hour that it forecasts, lies within its days", fold)
                    .containsExactlyElementsOf(LongStream.range(from + SEEN - 1, from + BLOCK * DAY - HOUR)
                            .boxed()
                            .toList());
        }
        assertThat(right.stage().tables().get(0).rows())
                .extracting(row -> row.get(1))
                .containsExactly("0 to 6", "7 to 13", "14 to 20");
        figures(right, training);

        // Other records in the days of the second fold and in those held out: only what comes from these days may
        // change.
        Folded changed = folded("changed", others(training, BLOCK, 2 * BLOCK), others(heldOut, 0, TrafficRecords.DAYS));
        assertThat(changed.models().get(1).model())
                .as("the model of the second fold")
                .isEqualTo(model(right, 1));
        assertThat(changed.models().get(1).forecasts())
                .isNotEqualTo(right.models().get(1).forecasts());
        assertThat(changed.models().get(0).model())
                .as("the model of the first fold")
                .isNotEqualTo(model(right, 0));
        assertThat(changed.models().get(2).model())
                .as("the model of the third fold")
                .isNotEqualTo(model(right, 2));
    }

    private static Bytes model(Folded folded, int fold) {
        return folded.models().get(fold).model();
    }

    /** What the table says of each fold, against what its model said and the records themselves. */
    private static void figures(Folded folded, TrafficRecords training) {
        Map<Long, Double> flows = new HashMap<>();
        for (int i = 0; i < training.size(); i++) {
            long row = training.keys().integer(3 * i) * DAY + training.keys().integer(3 * i + 1);
            double flow = training.values().real(3 * i);
            flows.putIfAbsent(place(row, (int) training.keys().integer(3 * i + 2)), flow);
        }
        for (int fold = 0; fold < FOLDS; fold++) {
            double[] most = most(flows, fold * BLOCK, (fold + 1) * BLOCK);
            Forecasting model = folded.models().get(fold);
            int width = 4 * STATIONS;
            double[] errors = IntStream.range(0, model.forecasts().size())
                    .mapToDouble(i -> {
                        long end = model.ends().get(i / width) + 3L * (i % width / STATIONS + 1);
                        double truth = 0;
                        for (int k = 0; k < 6; k++) {
                            int detector = 2 * (i % STATIONS) + k % 2;
                            double flow = flows.getOrDefault(place(end - k / 2, detector), Double.NaN);
                            truth += flow > most[detector] ? Double.NaN : flow;
                        }
                        return Math.abs(model.forecasts().get(i) - truth);
                    })
                    .filter(error -> !Double.isNaN(error))
                    .toArray();
            double told = Double.parseDouble(
                    folded.stage().tables().get(0).rows().get(fold).get(2));
            assertThat(Arrays.stream(errors).average().orElseThrow())
                    .as("mean absolute error of fold %d, of %d", fold, errors.length)
                    .isCloseTo(told, within(0.002));
        }
    }

    /** Of each detector the flow beyond which it is no measurement: six quartile distances above, on the days outside the block. */
    private static double[] most(Map<Long, Double> flows, int from, int to) {
        return IntStream.range(0, 2 * STATIONS)
                .mapToDouble(detector -> {
                    double[] fitted = LongStream.range(0, TrafficRecords.TRAINING_DAYS * (long) DAY)
                            .filter(row -> row < from * DAY || row >= to * DAY)
                            .mapToDouble(row -> flows.getOrDefault(place(row, detector), Double.NaN))
                            .filter(flow -> !Double.isNaN(flow))
                            .sorted()
                            .toArray();
                    double third = quantile(fitted, 0.75);
                    return third + 6 * (third - quantile(fitted, 0.25));
                })
                .toArray();
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        return sorted[below] + (at - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
    }

    private static long place(long row, int detector) {
        return row * 2L * STATIONS + detector;
    }

    /** Days from {@code from} to before {@code to} as if something else had happened, in numbers as usual as the true ones. */
    private static TrafficRecords others(TrafficRecords records, int from, int to) {
        Tensor.Builder values =
                new Tensor.Builder(ElementType.FLOAT32, records.values().shape());
        for (int i = 0; i < 3 * records.size(); i++) {
            long day = records.keys().integer(i / 3 * 3);
            double value = records.values().real(i);
            boolean change = day >= from && day < to && !Double.isNaN(value);
            values.setReal(i, change ? (7 * value + i % 11) % 40 : value);
        }
        return new TrafficRecords(records.keys(), values.build(), records.incident());
    }
}
