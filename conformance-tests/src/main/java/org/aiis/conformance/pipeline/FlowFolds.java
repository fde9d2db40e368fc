package org.aiis.conformance.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aiis.reference.pipeline.data.TrafficRecords;
import org.aiis.reference.pipeline.network.FlowNetwork;
import org.aiis.reference.pipeline.network.FlowPreparation;
import org.aiis.reference.pipeline.train.Adam;
import org.aiis.reference.pipeline.train.EarlyStopping;
import org.aiis.reference.pipeline.train.NetworkStep;
import org.aiis.reference.pipeline.train.Schedule;
import org.aiis.reference.pipeline.train.Training;
import org.aiis.reference.pipeline.train.TrainingPlan;
import org.aiis.report.view.PipelinePage;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Cross-validation of case B's forecasts on its training days, in blocks of days that follow each other: neighbouring windows share what
 * they saw, so that drawing windows one by one would show the network its own answers. Bounds, usual flows and scales are fitted anew in
 * each fold; no window reaches from one part into the other. The recurrent network is trained, for a fixed number of epochs, since
 * stopping by the fold would choose by it.
 */
record FlowFolds(Setting setting, Answers backend, TrafficRecords training, TrafficRecords heldOut) {
    private static final int EPOCHS = 15;
    private static final int OPSET = 17;
    private static final ElementType TYPE = ElementType.FLOAT32;
    private static final String NETWORK = "recurrent network";
    private static final String SEASON = "seasonal mean";

    PipelinePage.Stage stage(int folds) {
        List<List<String>> rows = new ArrayList<>();
        List<List<Double>> metrics = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            int from = first(fold, folds);
            int to = first(fold + 1, folds);
            TrafficData data = TrafficData.of(backend, training, heldOut, day -> day < from || day >= to);
            List<Integer> ends = data.validation();
            ForecastScores scores = new ForecastScores(
                    TrafficCase.truth(data, ends),
                    new TreeMap<>(Map.of(
                            NETWORK, data.forecast(model(data, fold), ends).reals(),
                            SEASON, data.prepared(ends).usual().reals())),
                    FlowPreparation.HORIZONS.size(),
                    FlowPreparation.STATIONS);
            double ours = scores.error(NETWORK);
            double season = scores.error(SEASON);
            rows.add(List.of(Integer.toString(fold + 1), from + " to " + (to - 1)));
            metrics.add(List.of(ours, season, ours - season));
            setting.told()
                    .line(String.format(
                            Locale.ROOT,
                            "fold %d of %d, days %d to %d: %.3f, seasonal mean %.3f",
                            fold + 1,
                            folds,
                            from,
                            to - 1,
                            ours,
                            season));
        }
        Folds all = new Folds(List.of("fold", "days", NETWORK, SEASON, "difference"), rows, metrics);
        setting.told().line("mean absolute error, network less seasonal mean over folds: " + all.mean(2));
        return all.stage(
                "The training days in blocks; in each fold everything is fitted and the recurrent network trained on"
                        + " the other days, and the block forecast: mean absolute errors in vehicles a quarter of an hour."
                        + " Held-out days take no part.",
                value -> String.format(Locale.ROOT, "%.3f", value));
    }

    private static int first(int fold, int folds) {
        return fold * TrafficRecords.TRAINING_DAYS / folds;
    }

    private Bytes model(TrafficData data, int fold) {
        List<Integer> ends = data.fitting();
        TrafficData.Prepared prepared = data.prepared(ends);
        FlowNetwork network = new FlowNetwork(FlowNetwork.Kind.RECURRENT, TrafficCase.WIDTH);
        TrainingPlan plan = new TrainingPlan(
                new NetworkStep(network, Adam.USUAL, TYPE),
                TrafficCase.places(0, ends.size()),
                Tensor.ofLongs(ElementType.INT64, Shape.of(0)),
                setting.batch().orElse(TrafficCase.BATCH),
                setting.epochs().orElse(EPOCHS),
                setting.seed(),
                new Schedule.Cosine(TrafficCase.RATE, 100),
                EarlyStopping.NEVER);
        Training.Trained trained = new Training(
                        plan,
                        backend::outputs,
                        Optional.of(TrafficCase.checkpoint(setting, "fold-" + (fold + 1))),
                        new LearningStage(plan, setting.told()),
                        System::nanoTime)
                .run(
                        network.initialWeights(TYPE, setting.seed()),
                        new TreeMap<>(Map.of(
                                "x", prepared.x(), "p", prepared.p(), "y", data.targets(ends, prepared.usual()))));
        return network.inference(OPSET, data.preparation(), trained.weights());
    }
}
