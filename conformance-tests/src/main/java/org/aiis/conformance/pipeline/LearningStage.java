package org.aiis.conformance.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.aiis.reference.pipeline.train.Epoch;
import org.aiis.reference.pipeline.train.Training;
import org.aiis.reference.pipeline.train.TrainingPlan;
import org.aiis.reference.pipeline.train.TrainingWatch;
import org.aiis.report.view.Chart;
import org.aiis.report.view.LineChart;
import org.aiis.report.view.Page;
import org.aiis.report.view.PipelinePage;

/** Tells of a training while it goes, and shows its learning curves when it is over. */
final class LearningStage implements TrainingWatch {
    private static final long BETWEEN_LINES = 2_000_000_000L;

    private final TrainingPlan plan;
    private final Setting.Told told;
    private final long began = System.nanoTime();
    private long said = began;
    private long ended = began;

    LearningStage(TrainingPlan plan, Setting.Told told) {
        this.plan = plan;
        this.told = told;
    }

    @Override
    public void step(int done, int of, double loss, double accuracy, double recordsPerSecond, double secondsLeft) {
        ended = System.nanoTime();
        if (ended - said > BETWEEN_LINES) {
            said = ended;
            told.line(String.format(
                    Locale.ROOT,
                    "step %d of %d  loss %.4f%s  %.0f records/s  %.0f s left",
                    done,
                    of,
                    loss,
                    accuracy(accuracy),
                    recordsPerSecond,
                    secondsLeft));
        }
    }

    @Override
    public void epoch(int number, Epoch epoch) {
        told.line(String.format(
                Locale.ROOT,
                "epoch %d of %d  loss %.4f%s%s",
                number + 1,
                plan.epochs(),
                epoch.loss(),
                accuracy(epoch.accuracy()),
                Double.isNaN(epoch.validationLoss())
                        ? ""
                        : String.format(Locale.ROOT, "  validation loss %.4f", epoch.validationLoss())));
    }

    private static String accuracy(double share) {
        return Double.isNaN(share) ? "" : "  accuracy " + ClassificationStage.percent(share);
    }

    String seconds() {
        return String.format(Locale.ROOT, "%.1f", (ended - began) / 1e9);
    }

    PipelinePage.Stage stage(Training.Trained trained) {
        List<Chart> charts = new ArrayList<>();
        charts.add(curve("Loss.", "loss", trained, Epoch::loss, Epoch::validationLoss));
        if (!Double.isNaN(trained.history().get(0).accuracy())) {
            charts.add(curve("Accuracy.", "share", trained, Epoch::accuracy, Epoch::validationAccuracy));
        }
        return new PipelinePage.Stage(
                "Training",
                "Each step is one ONNX graph: forward, loss, gradient, and the update by "
                        + plan.step().optimizer().getClass().getSimpleName()
                        + ". Data and weights stay with the backend.",
                List.of(
                        new Page.Fact(
                                "epochs", Integer.toString(trained.history().size())),
                        new Page.Fact("records of a step", Integer.toString(plan.batch())),
                        new Page.Fact(
                                "steps", Integer.toString(trained.history().size() * plan.stepsAnEpoch())),
                        new Page.Fact(
                                "weights",
                                Integer.toString(plan.step().network().parameters())),
                        new Page.Fact("seconds", seconds()),
                        new Page.Fact("the weights are those of epoch", Integer.toString(trained.best() + 1))),
                List.of(),
                charts);
    }

    private static Chart curve(
            String title,
            String up,
            Training.Trained trained,
            ToDoubleFunction<Epoch> learnt,
            ToDoubleFunction<Epoch> validated) {
        List<Chart.Series> lines = new ArrayList<>();
        lines.add(LineChart.numbered("training", numbers(trained, learnt)));
        if (!Double.isNaN(validated.applyAsDouble(trained.history().get(0)))) {
            lines.add(LineChart.numbered("validation", numbers(trained, validated)));
        }
        return new LineChart(
                title, "Means of each epoch; training figures are taken while the weights change.", "epoch", up, lines);
    }

    private static List<Double> numbers(Training.Trained trained, ToDoubleFunction<Epoch> of) {
        return trained.history().stream().map(of::applyAsDouble).toList();
    }
}
