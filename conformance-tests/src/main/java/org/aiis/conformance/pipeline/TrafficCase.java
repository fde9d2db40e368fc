package org.aiis.conformance.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.aiis.reference.pipeline.data.TrafficRecords;
import org.aiis.reference.pipeline.evaluate.Interval;
import org.aiis.reference.pipeline.network.FlowNetwork;
import org.aiis.reference.pipeline.network.FlowPreparation;
import org.aiis.reference.pipeline.train.Adam;
import org.aiis.reference.pipeline.train.CheckpointFile;
import org.aiis.reference.pipeline.train.EarlyStopping;
import org.aiis.reference.pipeline.train.NetworkStep;
import org.aiis.reference.pipeline.train.Schedule;
import org.aiis.reference.pipeline.train.Training;
import org.aiis.reference.pipeline.train.TrainingPlan;
import org.aiis.report.view.Chart;
import org.aiis.report.view.LineChart;
import org.aiis.report.view.Page;
import org.aiis.report.view.PipelinePage;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Case B: flow at sixteen approaches of a signalled corridor, 15 to 60 minutes ahead, by a recurrent and a convolutional network, and
 * incidents, by a third.
 */
final class TrafficCase implements PipelineCase {
    private static final int OPSET = 17;
    static final int EPOCHS = 40;
    static final int BATCH = 64;
    static final int WIDTH = 32;
    static final double RATE = 2e-3;
    private static final int WEEK = 7 * TrafficRecords.INTERVALS;
    private static final ElementType TYPE = ElementType.FLOAT32;

    /** The approach that the plots show: from the west, the morning's direction. */
    private static final int SHOWN = TrafficRecords.STATIONS.indexOf("W_J1");

    @Override
    public String name() {
        return "traffic";
    }

    @Override
    public String summary() {
        return "intelligent traffic: flow at 16 approaches of a simulated corridor, 15 to 60 minutes ahead, and"
                + " incidents";
    }

    @Override
    public Result run(Setting setting) {
        if (setting.records().isPresent()) {
            throw InputException.of(
                    "--records: the traffic case has no part of its records to leave out",
                    "its days belong together; --epochs makes the training shorter");
        }
        if (setting.images().isPresent()) {
            throw InputException.of(
                    "--images: the traffic case learns from no images", "aiis pipeline run images --images DIR");
        }
        if (setting.int8()) {
            throw InputException.of(
                    "--int8: the traffic case has no model in eight bits", "aiis pipeline run images --int8");
        }
        Answers backend = new Answers(setting.backend());
        List<PipelinePage.Stage> stages = new ArrayList<>();

        setting.told().stage("Preprocessing");
        TrafficRecords training = setting.detectors()
                .map(TrafficRecords::trainingOf)
                .orElseGet(() -> TrafficRecords.training(setting.home()));
        TrafficRecords heldOut = setting.detectors()
                .map(TrafficRecords::heldOutOf)
                .orElseGet(() -> TrafficRecords.heldOut(setting.home()));
        TrafficData data = TrafficData.of(backend, training, heldOut);
        stages.add(preprocessing(data, training, heldOut));

        List<Integer> ends = data.heldOut();
        SortedMap<String, double[]> forecasts = baselines(data, ends);
        SortedMap<String, Bytes> files = new TreeMap<>();
        for (FlowNetwork.Kind kind : FlowNetwork.Kind.values()) {
            String word = kind.name().toLowerCase(Locale.ROOT);
            setting.told().stage("Training, " + word + " network");
            FlowNetwork network = new FlowNetwork(kind, WIDTH);
            Trained trained = trained(setting, backend, data, network, word);
            stages.add(trained.stage());
            forecasts.put(
                    word + " network", data.forecast(trained.model(), ends).reals());
            files.put("models/traffic-" + word + "/1/model.onnx", trained.model());
        }

        setting.told().stage("Training, detection of incidents");
        IncidentStage detection = IncidentStage.of(
                setting,
                backend,
                Incidents.of(backend, data, training, heldOut),
                setting.opset().orElse(OPSET),
                checkpoint(setting, "incidents"));
        files.put("models/traffic-incidents/1/model.onnx", detection.model());

        setting.told().stage("Evaluation");
        ForecastScores scores = new ForecastScores(
                truth(data, ends), forecasts, FlowPreparation.HORIZONS.size(), FlowPreparation.STATIONS);
        Comparisons comparisons = Comparisons.of(scores);
        comparisons.lines().forEach(setting.told()::line);
        detection.lines().forEach(setting.told()::line);
        stages.add(evaluation(backend, scores, comparisons, data, ends));
        stages.addAll(detection.stages());
        if (setting.folds().isPresent()) {
            setting.told().stage("Cross-validation");
            stages.add(new FlowFolds(setting, backend, training, heldOut)
                    .stage(setting.folds().getAsInt()));
        }
        stages.add(deployment(files));
        PipelinePage page = new PipelinePage(
                "Intelligent traffic",
                "Flow at sixteen approaches of a corridor simulated with SUMO, learnt from 21 days, forecast on 7"
                        + " others, and incidents detected there, on "
                        + setting.backend().describe().name() + " ("
                        + setting.backend().describe().provider() + ").",
                Stream.concat(comparisons.facts().stream(), detection.facts().stream())
                        .toList(),
                stages,
                List.of(new Page.Command(
                        "Serve the models:", "aiis serve " + setting.folder().resolve("models"), "")));
        return new Result(page, files);
    }

    private static PipelinePage.Stage preprocessing(TrafficData data, TrafficRecords training, TrafficRecords heldOut) {
        return new PipelinePage.Stage(
                "Preprocessing",
                "Of records sent twice the first counts; flows beyond six quartile distances are no measurement; what is missing is"
                        + " taken as usual at its time; everything is scaled by the fitting days alone. All of it lies in the"
                        + " exported models.",
                List.of(
                        new Page.Fact("records of training days", Integer.toString(training.size())),
                        new Page.Fact("records of held-out days", Integer.toString(heldOut.size())),
                        new Page.Fact("flows missing or beyond the bounds", Long.toString(data.gaps())),
                        new Page.Fact("fitting days", "0 to 16"),
                        new Page.Fact("validation days", "17 to 20"),
                        new Page.Fact("held-out days", "21 to 27")),
                List.of(),
                List.of());
    }

    /** Persistence, the same time a week before, and the mean at that time of such days. */
    private static SortedMap<String, double[]> baselines(TrafficData data, List<Integer> ends) {
        SortedMap<String, double[]> baselines = new TreeMap<>();
        baselines.put("persistence", each(ends, (end, horizon, station) -> known(data, end, station)));
        baselines.put(
                "a week before", each(ends, (end, horizon, station) -> known(data, end + horizon - WEEK, station)));
        baselines.put("seasonal mean", data.prepared(ends).usual().reals());
        return baselines;
    }

    /** The quarter that ends at a row or, where it was not measured, the last one before that was. */
    private static double known(TrafficData data, int end, int station) {
        int row = end;
        while (Double.isNaN(data.quarter(row, station))) {
            row--;
        }
        return data.quarter(row, station);
    }

    static double[] truth(TrafficData data, List<Integer> ends) {
        return each(ends, (end, horizon, station) -> data.quarter(end + horizon, station));
    }

    private interface Value {
        double at(int end, int horizon, int station);
    }

    private static double[] each(List<Integer> ends, Value value) {
        int stations = FlowPreparation.STATIONS;
        return IntStream.range(0, ends.size() * FlowPreparation.OUTPUTS)
                .mapToDouble(i -> value.at(
                        ends.get(i / FlowPreparation.OUTPUTS),
                        FlowPreparation.HORIZONS.get(i % FlowPreparation.OUTPUTS / stations),
                        i % stations))
                .toArray();
    }

    private record Trained(Bytes model, PipelinePage.Stage stage) {}

    private static Trained trained(
            Setting setting, Answers backend, TrafficData data, FlowNetwork network, String word) {
        List<Integer> ends = Stream.concat(data.fitting().stream(), data.validation().stream())
                .toList();
        TrafficData.Prepared prepared = data.prepared(ends);
        TrainingPlan plan = new TrainingPlan(
                new NetworkStep(network, Adam.USUAL, TYPE),
                places(0, data.fitting().size()),
                places(data.fitting().size(), ends.size()),
                setting.batch().orElse(BATCH),
                setting.epochs().orElse(EPOCHS),
                setting.seed(),
                new Schedule.Cosine(RATE, 100),
                new EarlyStopping(8, 0));
        LearningStage learning = new LearningStage(plan, setting.told());
        Training.Trained trained = new Training(
                        plan, backend::outputs, Optional.of(checkpoint(setting, word)), learning, System::nanoTime)
                .run(
                        network.initialWeights(TYPE, setting.seed()),
                        new TreeMap<>(Map.of(
                                "x", prepared.x(), "p", prepared.p(), "y", data.targets(ends, prepared.usual()))));
        PipelinePage.Stage stage = learning.stage(trained);
        return new Trained(
                network.inference(setting.opset().orElse(OPSET), data.preparation(), trained.weights()),
                new PipelinePage.Stage(
                        stage.name() + ", " + word, stage.sentence(), stage.facts(), stage.tables(), stage.charts()));
    }

    static CheckpointFile checkpoint(Setting setting, String word) {
        java.nio.file.Path file = setting.folder().resolve("checkpoint-" + word);
        if (java.nio.file.Files.exists(file) && !setting.resume()) {
            throw InputException.of(
                    file + ": another training was interrupted here",
                    "--resume goes on with it; or give another --out");
        }
        return new CheckpointFile(file);
    }

    static Tensor places(int from, int to) {
        return Tensor.ofLongs(
                ElementType.INT64,
                Shape.of(to - from),
                LongStream.range(from, to).toArray());
    }

    /** The networks against each baseline. */
    private record Comparisons(List<Page.Fact> facts, List<String> lines) {
        static Comparisons of(ForecastScores scores) {
            List<Page.Fact> facts = new ArrayList<>();
            List<String> lines = new ArrayList<>();
            List<String> names = List.copyOf(scores.forecasts().keySet());
            for (String name : names) {
                String error = String.format(Locale.ROOT, "%.3f", scores.error(name));
                facts.add(new Page.Fact("mean absolute error, " + name, error));
                lines.add("mean absolute error, " + name + ": " + error + " vehicles a quarter of an hour");
            }
            for (String network :
                    names.stream().filter(n -> n.endsWith("network")).toList()) {
                for (String baseline :
                        names.stream().filter(n -> !n.endsWith("network")).toList()) {
                    Interval less = scores.difference(network, baseline);
                    String verdict = less.high() < 0 ? "better" : less.low() > 0 ? "worse" : "undecided";
                    lines.add(network + " less " + baseline + ": " + less + ", " + verdict);
                    facts.add(new Page.Fact(network + " against " + baseline, verdict + ", " + less));
                }
            }
            return new Comparisons(facts, lines);
        }
    }

    private static PipelinePage.Stage evaluation(
            Answers backend, ForecastScores scores, Comparisons comparisons, TrafficData data, List<Integer> ends) {
        return new PipelinePage.Stage(
                "Evaluation",
                "Errors were computed on the backend. Intervals are of a paired bootstrap over blocks of three hours, 10,000"
                        + " resamples.",
                comparisons.facts(),
                List.of(scores.table(backend)),
                List.of(forecastAgainstTruth(scores, data, ends)));
    }

    /** The first held-out working day at one approach, an hour ahead. */
    private static Chart forecastAgainstTruth(ForecastScores scores, TrafficData data, List<Integer> ends) {
        int horizon = FlowPreparation.HORIZONS.size() - 1;
        int ahead = FlowPreparation.HORIZONS.get(horizon);
        List<Chart.Series> lines = new ArrayList<>();
        lines.add(line(ends, "truth", w -> data.quarter(ends.get(w) + ahead, SHOWN)));
        for (String name : List.of("recurrent network", "seasonal mean")) {
            double[] forecast = scores.forecasts().get(name);
            lines.add(line(
                    ends,
                    name,
                    w -> forecast == null
                            ? Double.NaN
                            : forecast[w * FlowPreparation.OUTPUTS + horizon * FlowPreparation.STATIONS + SHOWN]));
        }
        return new LineChart(
                "Forecast against truth.",
                "Approach W_J1 on the first held-out day, forecast 60 minutes ahead.",
                "hour",
                "vehicles a quarter of an hour",
                lines);
    }

    private static Chart.Series line(List<Integer> ends, String name, java.util.function.IntToDoubleFunction value) {
        List<Chart.Point> points = new ArrayList<>();
        int day = TrafficRecords.TRAINING_DAYS * TrafficRecords.INTERVALS;
        int ahead = FlowPreparation.HORIZONS.get(FlowPreparation.HORIZONS.size() - 1);
        for (int w = 0; w < ends.size() && ends.get(w) + ahead < day + TrafficRecords.INTERVALS; w++) {
            points.add(new Chart.Point((ends.get(w) + ahead - day) / 12.0, value.applyAsDouble(w)));
        }
        return new Chart.Series(name, points);
    }

    private static PipelinePage.Stage deployment(SortedMap<String, Bytes> files) {
        List<Page.Fact> facts = new ArrayList<>();
        files.forEach((path, model) -> facts.add(new Page.Fact(path, model.size() + " bytes")));
        return new PipelinePage.Stage(
                "Deployment",
                "The models take flow and occupancy as detectors send them, NaN where missing, and the time; every"
                        + " forecast and every probability of an incident above came from them. Signal plans are made by a"
                        + " script, reference-impl/src/bench/python/signals.py.",
                facts,
                List.of(),
                List.of());
    }
}
