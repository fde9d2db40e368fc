package org.aiis.conformance.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.reference.pipeline.evaluate.Interval;
import org.aiis.reference.pipeline.network.IncidentNetwork;
import org.aiis.reference.pipeline.network.IncidentPreparation;
import org.aiis.reference.pipeline.train.Adam;
import org.aiis.reference.pipeline.train.CheckpointFile;
import org.aiis.reference.pipeline.train.EarlyStopping;
import org.aiis.reference.pipeline.train.NetworkStep;
import org.aiis.reference.pipeline.train.Schedule;
import org.aiis.reference.pipeline.train.Training;
import org.aiis.reference.pipeline.train.TrainingPlan;
import org.aiis.report.view.Page;
import org.aiis.report.view.PipelinePage;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/**
 * Detection of incidents in case B: a network is trained, its threshold chosen on the validation days, and it is compared on the held-out
 * days with a rule that compares the two lanes of a station.
 *
 * @param stages for the page
 * @param facts the figures that a reader looks for first
 * @param lines what a console is told
 */
record IncidentStage(Bytes model, List<PipelinePage.Stage> stages, List<Page.Fact> facts, List<String> lines) {
    static final String NETWORK = "network";
    static final String RULE = "comparison of lanes";

    private static final ElementType TYPE = ElementType.FLOAT32;
    private static final int WIDTH = 16;
    private static final int EPOCHS = 16;

    /** Of the records without incident a quarter is learnt. */
    private static final double SHARE = 0.25;

    private static final int BATCH = 256;
    private static final double RATE = 3e-3;

    IncidentStage {
        stages = List.copyOf(stages);
        facts = List.copyOf(facts);
        lines = List.copyOf(lines);
    }

    static IncidentStage of(Setting setting, Answers backend, Incidents incidents, int opset, CheckpointFile file) {
        IncidentNetwork network = new IncidentNetwork(WIDTH);
        List<Integer> fitting = incidents.fitting();
        List<Integer> ends =
                Stream.concat(fitting.stream(), incidents.validation().stream()).toList();
        TrainingPlan plan = new TrainingPlan(
                new NetworkStep(network, Adam.USUAL, TYPE),
                incidents.learnt(ends, 0, fitting.size(), SHARE, setting.seed()),
                incidents.learnt(ends, fitting.size(), ends.size(), SHARE, setting.seed()),
                BATCH,
                setting.epochs().orElse(EPOCHS),
                setting.seed(),
                new Schedule.Cosine(RATE, 100),
                new EarlyStopping(4, 0));
        LearningStage learning = new LearningStage(plan, setting.told());
        Training.Trained trained = new Training(plan, backend::outputs, Optional.of(file), learning, System::nanoTime)
                .run(
                        network.initialWeights(TYPE, setting.seed()),
                        new TreeMap<>(Map.of("x", incidents.prepared(ends), "y", incidents.targets(ends))));
        IncidentPreparation preparation = incidents.preparation();
        Tensor weights = network.withPrior(trained.weights(), SHARE);
        // Probabilities do not depend on the threshold, which is not chosen yet.
        Bytes undecided = network.inference(opset, preparation, weights, 1);
        double threshold = DetectionScores.threshold(
                probability(incidents, undecided, incidents.validation()), incidents.marks(incidents.validation()));
        Bytes model = network.inference(opset, preparation, weights, threshold);
        DetectionScores scores = new DetectionScores(
                incidents.marks(incidents.heldOut()),
                new TreeMap<>(Map.of(
                        NETWORK,
                        new DetectionScores.Rule(probability(incidents, model, incidents.heldOut()), threshold),
                        RULE,
                        rule(incidents))));
        return told(backend, scores, model, learning.stage(trained));
    }

    private static Tensor probability(Incidents incidents, Bytes model, List<Integer> ends) {
        return incidents.each(model, List.of("flow", "occupancy", "slot"), "probability", ends);
    }

    private static DetectionScores.Rule rule(Incidents incidents) {
        Bytes graph = IncidentPreparation.comparison();
        List<String> taken = List.of("occupancy");
        Tensor before = incidents.each(graph, taken, "score", incidents.validation());
        return new DetectionScores.Rule(
                incidents.each(graph, taken, "score", incidents.heldOut()),
                DetectionScores.threshold(before, incidents.marks(incidents.validation())));
    }

    private static IncidentStage told(
            Answers backend, DetectionScores scores, Bytes model, PipelinePage.Stage training) {
        SortedMap<String, DetectionScores.Measures> measures = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        List<Page.Fact> facts = new ArrayList<>();
        for (String name : scores.rules().keySet()) {
            DetectionScores.Measures m = scores.measures(backend, name);
            measures.put(name, m);
            String text = String.format(
                    Locale.ROOT,
                    "%.1f %% of %d incidents found, %.3f %% false alarms, %.1f minutes to detect",
                    100 * m.found(),
                    m.incidents(),
                    100 * m.falseAlarms(),
                    m.minutes());
            lines.add("incidents, " + name + ": " + text);
            facts.add(new Page.Fact("incidents, " + name, text));
        }
        Interval more = scores.difference(NETWORK, RULE);
        String verdict = more.low() > 0 ? "better" : more.high() < 0 ? "worse" : "undecided";
        lines.add("incidents, share found by the network less that by the rule: " + more + ", " + verdict);
        facts.add(new Page.Fact("incidents, " + NETWORK + " against " + RULE, verdict + ", " + more));
        PipelinePage.Stage evaluation = new PipelinePage.Stage(
                "Detection of incidents",
                "An incident is a lane that is blocked after its detector; it is found at the first alarm before it"
                        + " ends, and the time to detect counts from the beginning of its first interval to the end of the"
                        + " one of the alarm. Each threshold gives 0.05 % of false alarms on the validation days. The rule"
                        + " compares the occupancy of the two lanes of a station over two intervals, in the manner of the"
                        + " California algorithms. The measures were computed on the backend; the interval of the"
                        + " difference is of a bootstrap over incidents.",
                facts,
                List.of(scores.table(measures)),
                List.of(scores.chart()));
        return new IncidentStage(
                model,
                List.of(
                        new PipelinePage.Stage(
                                training.name() + ", incidents",
                                training.sentence(),
                                training.facts(),
                                training.tables(),
                                training.charts()),
                        evaluation),
                facts,
                lines);
    }
}
