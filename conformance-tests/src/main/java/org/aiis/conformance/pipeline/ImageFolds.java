package org.aiis.conformance.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.reference.pipeline.preprocess.Split;
import org.aiis.reference.pipeline.train.CheckpointFile;
import org.aiis.reference.pipeline.train.EarlyStopping;
import org.aiis.reference.pipeline.train.Training;
import org.aiis.reference.pipeline.train.TrainingPlan;
import org.aiis.report.view.PipelinePage;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Step.Feed;

/**
 * Cross-validation of case A on its training images: stratified folds that the backend draws, and in each a training from the same first
 * weights. The data lie with the backend already, under the names of the network's inputs.
 *
 * @param whole the plan of the training on all of them
 */
record ImageFolds(Setting setting, Answers backend, TrainingPlan whole, Tensor labels) {
    private static final String LOSS = "fold-loss";
    private static final int CHUNK = 500;

    PipelinePage.Stage stage(int folds) {
        List<List<String>> rows = new ArrayList<>();
        List<List<Double>> metrics = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            Parts parts = parts(folds, fold);
            double accuracy = accuracy(trained(parts.training(), fold), parts.validation());
            rows.add(List.of(
                    Integer.toString(fold + 1),
                    Integer.toString(parts.training().size()),
                    Integer.toString(parts.validation().size())));
            metrics.add(List.of(accuracy));
            setting.told().line("fold " + (fold + 1) + " of " + folds + ": " + ClassificationStage.percent(accuracy));
        }
        Folds all = new Folds(List.of("fold", "trained on", "validated on", "accuracy"), rows, metrics);
        setting.told().line("accuracy, mean over folds: " + all.mean(0));
        return all.stage(
                "The training images in folds that hold each class alike; in each fold a network is trained on the"
                        + " others and tried on it. Held-out images take no part.",
                value -> String.format(Locale.ROOT, "%.2f %%", 100 * value));
    }

    private record Parts(Tensor training, Tensor validation) {}

    /** Class by class, since the graph compares each record with each: what it deals out depends on no other class. */
    private Parts parts(int folds, int fold) {
        SplitMix random = new SplitMix(setting.seed());
        float[] keys = new float[labels.size()];
        IntStream.range(0, keys.length).forEach(i -> keys[i] = (float) random.uniform());
        List<Long> training = new ArrayList<>();
        List<Long> validation = new ArrayList<>();
        for (long of : Arrays.stream(labels.integers()).distinct().sorted().toArray()) {
            int[] members = IntStream.range(0, labels.size())
                    .filter(i -> labels.integer(i) == of)
                    .toArray();
            Map<String, Tensor> dealt = backend.once(
                    Split.fold(folds),
                    Map.of(
                            "classes",
                                    integers(Arrays.stream(members)
                                            .mapToLong(i -> of)
                                            .toArray()),
                            "keys",
                                    Tensor.ofReals(
                                            ElementType.FLOAT32,
                                            Shape.of(members.length),
                                            Arrays.stream(members)
                                                    .mapToDouble(i -> keys[i])
                                                    .toArray()),
                            "fold", integers(fold)));
            places(dealt, "training", members).forEach(training::add);
            places(dealt, "validation", members).forEach(validation::add);
        }
        return new Parts(sorted(training), sorted(validation));
    }

    private static LongStream places(Map<String, Tensor> dealt, String part, int[] members) {
        return Arrays.stream(Objects.requireNonNull(dealt.get(part)).integers()).map(i -> members[(int) i]);
    }

    private static Tensor sorted(List<Long> places) {
        return integers(places.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    private Tensor trained(Tensor places, int fold) {
        TrainingPlan plan = new TrainingPlan(
                whole.step(),
                places,
                integers(),
                whole.batch(),
                whole.epochs(),
                whole.seed(),
                whole.schedule(),
                EarlyStopping.NEVER);
        CheckpointFile file = TrafficCase.checkpoint(setting, "fold-" + (fold + 1));
        return new Training(
                        plan,
                        backend::outputs,
                        Optional.of(file),
                        new LearningStage(plan, setting.told()),
                        System::nanoTime)
                .run(whole.step().network().initialWeights(whole.step().type(), setting.seed()), new TreeMap<>())
                .weights();
    }

    private double accuracy(Tensor weights, Tensor validation) {
        backend.outputs(new Step.Load(LOSS, whole.step().loss(), false));
        double correct = 0;
        long[] places = validation.integers();
        for (int from = 0; from < places.length; from += CHUNK) {
            SortedMap<String, Feed> inputs = new TreeMap<>();
            whole.step().network().data().forEach(name -> inputs.put(name, new Feed.Kept(name)));
            inputs.put("w", new Feed.Inline(weights));
            inputs.put(
                    "batch",
                    new Feed.Inline(integers(Arrays.copyOfRange(places, from, Math.min(places.length, from + CHUNK)))));
            correct += Objects.requireNonNull(
                            backend.outputs(new Step.Run(LOSS, inputs, new TreeMap<>(), List.of("correct")))
                                    .get("correct"))
                    .real(0);
        }
        backend.outputs(new Step.Close(LOSS));
        return correct / places.length;
    }

    private static Tensor integers(long... values) {
        return Tensor.ofLongs(ElementType.INT64, Shape.of(values.length), values);
    }
}
