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
import org.aiis.reference.pipeline.data.Pictures;
import org.aiis.reference.pipeline.evaluate.ConfusionMatrix;
import org.aiis.reference.pipeline.network.ImageNetwork;
import org.aiis.reference.pipeline.train.Adam;
import org.aiis.reference.pipeline.train.CheckpointFile;
import org.aiis.reference.pipeline.train.EarlyStopping;
import org.aiis.reference.pipeline.train.NetworkStep;
import org.aiis.reference.pipeline.train.Schedule;
import org.aiis.reference.pipeline.train.Training;
import org.aiis.reference.pipeline.train.TrainingPlan;
import org.aiis.report.view.Page;
import org.aiis.report.view.PipelinePage;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Case A: ten kinds of clothing, 1,000 images each, or a folder of images from outside, and a convolutional network that is trained from
 * nothing.
 */
final class ImagesCase implements PipelineCase {
    private static final int OPSET = 17;
    private static final int EPOCHS = 5;
    private static final int BATCH = 32;
    private static final int CHUNK = 1000;
    private static final ElementType TYPE = ElementType.FLOAT32;

    @Override
    public String name() {
        return "images";
    }

    @Override
    public String summary() {
        return "image recognition: ten kinds of clothing, 1,000 images each (Fashion-MNIST)";
    }

    @Override
    public Result run(Setting setting) {
        if (setting.detectors().isPresent()) {
            throw InputException.of(
                    "--detectors: the images case learns from no detectors",
                    "aiis pipeline run traffic --detectors DIR");
        }
        Answers backend = new Answers(setting.backend());
        List<PipelinePage.Stage> stages = new ArrayList<>();

        setting.told().stage("Preprocessing");
        ImageData data = ImageData.of(setting, backend);
        ImageNetwork network = data.network();
        Tensor scaled = scaled(backend, data);
        stages.add(preprocessing(backend, data, scaled));

        setting.told().stage("Training");
        TrainingPlan plan = plan(setting, network, data.training().size());
        LearningStage learning = new LearningStage(plan, setting.told());
        Optional<CheckpointFile> file = Optional.of(new CheckpointFile(checkpoint(setting)));
        Training.Trained trained = new Training(plan, backend::outputs, file, learning, System::nanoTime)
                .run(
                        network.initialWeights(TYPE, setting.seed()),
                        new TreeMap<>(Map.of("x", scaled, "y", data.training().labels())));

        setting.told().stage("Features, evaluation, deployment");
        Bytes model = network.inference(setting.opset().orElse(OPSET), trained.weights(), data.kept());
        Map<String, Tensor> held = inferred(backend, model, data.heldOut());
        stages.add(features(Objects.requireNonNull(held.get("features"))));
        stages.add(learning.stage(trained));
        if (setting.folds().isPresent()) {
            setting.told().stage("Cross-validation");
            ImageFolds folds =
                    new ImageFolds(setting, backend, plan, data.training().labels());
            stages.add(folds.stage(setting.folds().getAsInt()));
        }
        Tensor labels = data.heldOut().labels();
        ConfusionMatrix confusion = ConfusionMatrix.of(
                labels.integers(), Objects.requireNonNull(held.get("predicted")).integers(), network.classes());
        stages.add(
                new ClassificationStage(confusion, Objects.requireNonNull(held.get("scores")), labels, data.classes())
                        .stage());
        stages.add(deployment(backend, plan, trained, model, setting.opset().orElse(OPSET), data, scaled));
        SortedMap<String, Bytes> files = new TreeMap<>(Map.of("models/images/1/model.onnx", model));
        if (setting.int8()) {
            setting.told().stage("Deployment in eight bits");
            Pictures calibrating =
                    data.training().slice(0, Math.min(CHUNK, data.training().size()));
            EightBits eight = EightBits.of(backend, model, calibrating, data.heldOut());
            boolean[] right = EightBits.right(
                    Objects.requireNonNull(held.get("predicted")).integers(), data.heldOut());
            setting.told().line(eight.line(right));
            stages.add(eight.stage(model, right));
            files.put("models/images-int8/1/model.onnx", eight.model());
        }

        String accuracy = ClassificationStage.percent(confusion.accuracy().orElseThrow());
        double[] interval = ClassificationStage.wilson(confusion.correct(), confusion.records());
        PipelinePage page = new PipelinePage(
                "Image recognition",
                data.kind() + ", learnt from "
                        + String.format(
                                Locale.ROOT,
                                "%,d images, tried on %,d others, on ",
                                data.training().size(),
                                data.heldOut().size())
                        + setting.backend().describe().name() + " ("
                        + setting.backend().describe().provider() + ").",
                List.of(
                        new Page.Fact("accuracy on held-out images", accuracy),
                        new Page.Fact(
                                "95 % interval",
                                ClassificationStage.percent(interval[0]) + " to "
                                        + ClassificationStage.percent(interval[1])),
                        new Page.Fact("seconds of training", learning.seconds()),
                        new Page.Fact("seed", Long.toString(setting.seed()))),
                stages,
                List.of(new Page.Command(
                        "Serve the model:", "aiis serve " + setting.folder().resolve("models"), "")));
        return new Result(page, files);
    }

    private static java.nio.file.Path checkpoint(Setting setting) {
        java.nio.file.Path file = setting.folder().resolve("checkpoint");
        if (java.nio.file.Files.exists(file) && !setting.resume()) {
            throw InputException.of(
                    file + ": another training was interrupted here",
                    "--resume goes on with it; or give another --out");
        }
        return file;
    }

    private static TrainingPlan plan(Setting setting, ImageNetwork network, int records) {
        long[] all = LongStream.range(0, records).toArray();
        return new TrainingPlan(
                new NetworkStep(network, Adam.USUAL, TYPE),
                Tensor.ofLongs(ElementType.INT64, Shape.of(records), all),
                Tensor.ofLongs(ElementType.INT64, Shape.of(0)),
                setting.batch().orElse(BATCH),
                setting.epochs().orElse(EPOCHS),
                setting.seed(),
                new Schedule.Constant(Adam.USUAL.rate()),
                EarlyStopping.NEVER);
    }

    /** Pixels in [0, 1], scaled on the backend in pieces. */
    private static Tensor scaled(Answers backend, ImageData data) {
        return joined(
                backend.each(data.network().scaled(), "images", data.training().pieces()), "x");
    }

    /** Features, scores and classes of all images, in pieces. */
    static Map<String, Tensor> inferred(Answers backend, Bytes model, Pictures part) {
        List<SortedMap<String, Tensor>> parts = backend.each(model, "images", part.pieces());
        Map<String, Tensor> whole = new TreeMap<>();
        for (String name : List.of("features", "scores", "predicted")) {
            whole.put(name, joined(parts, name));
        }
        return whole;
    }

    private static Tensor joined(List<SortedMap<String, Tensor>> pieces, String name) {
        List<Tensor> parts =
                pieces.stream().map(p -> Objects.requireNonNull(p.get(name))).toList();
        List<Integer> extents = new ArrayList<>(parts.get(0).shape().dims());
        extents.set(0, parts.stream().mapToInt(p -> p.shape().dim(0)).sum());
        byte[] all =
                new byte[parts.stream().mapToInt(p -> p.toByteArray().length).sum()];
        int at = 0;
        for (Tensor part : parts) {
            byte[] bytes = part.toByteArray();
            System.arraycopy(bytes, 0, all, at, bytes.length);
            at += bytes.length;
        }
        return Tensor.ofBytes(parts.get(0).type(), new Shape(extents), all);
    }

    /** No image may stand in both parts. */
    private static PipelinePage.Stage preprocessing(Answers backend, ImageData data, Tensor scaled) {
        int twins = data.twins(backend);
        double[] pixels = scaled.reals();
        List<Page.Fact> facts = new ArrayList<>(List.of(
                new Page.Fact(
                        "training images", Integer.toString(data.training().size())),
                new Page.Fact("held-out images", Integer.toString(data.heldOut().size())),
                new Page.Fact("images in both", "0"),
                new Page.Fact("training images that equal another", Integer.toString(twins)),
                new Page.Fact(
                        "mean of the scaled pixels",
                        shown(Arrays.stream(pixels).average().orElse(0)))));
        facts.addAll(data.facts());
        return new PipelinePage.Stage("Preprocessing", data.shown(), facts, List.of(), List.of());
    }

    private static PipelinePage.Stage features(Tensor features) {
        double[] values = features.reals();
        long zero = Arrays.stream(values).filter(v -> v == 0).count();
        if (Arrays.stream(values).anyMatch(v -> !(v >= 0))) {
            throw InputException.of(
                    "a feature behind a rectifier is negative or NaN", "aiis run --profile pipeline@1.0");
        }
        return new PipelinePage.Stage(
                "Feature extraction",
                "Three convolutions with rectifiers, two poolings by maximum: the trained network without its dense layers, an"
                        + " output of the exported model.",
                List.of(
                        new Page.Fact("features of an image", Integer.toString(ImageNetwork.FEATURES)),
                        new Page.Fact(
                                "features that are 0", ClassificationStage.percent((double) zero / values.length)),
                        new Page.Fact(
                                "largest feature",
                                shown(Arrays.stream(values).max().orElse(0)))),
                List.of(),
                List.of());
    }

    /** The exported model, in Conv and MaxPool, against the graph of the training, in patches, on images that were learnt. */
    private static PipelinePage.Stage deployment(
            Answers backend,
            TrainingPlan plan,
            Training.Trained trained,
            Bytes model,
            int opset,
            ImageData data,
            Tensor scaled) {
        int compared = Math.min(CHUNK, data.training().size());
        long[] some = LongStream.range(0, compared).toArray();
        double correct = Objects.requireNonNull(backend.once(
                                plan.step().loss(),
                                Map.of(
                                        "x", scaled,
                                        "y", data.training().labels(),
                                        "w", trained.weights(),
                                        "batch", Tensor.ofLongs(ElementType.INT64, Shape.of(compared), some)))
                        .get("correct"))
                .real(0);
        Pictures learnt = data.training().slice(0, compared);
        long[] predicted = Objects.requireNonNull(
                        inferred(backend, model, learnt).get("predicted"))
                .integers();
        Tensor labels = learnt.labels();
        long right = IntStream.range(0, compared)
                .filter(i -> predicted[i] == labels.integer(i))
                .count();
        // Two orders of summation may part where two scores are almost equal.
        if (Math.abs(right - correct) > 2) {
            throw InputException.of(
                    "the exported model is right on " + right + " of " + compared + " images, the trained one on "
                            + correct,
                    "aiis run --profile pipeline@1.0 names the operator");
        }
        return new PipelinePage.Stage(
                "Deployment",
                "The model takes images as they come. It says in Conv and MaxPool what the training said in gathered patches and"
                        + " products; both were counted on the same images.",
                List.of(
                        new Page.Fact("bytes", Integer.toString(model.size())),
                        new Page.Fact("opset", Integer.toString(opset)),
                        new Page.Fact("images counted", Integer.toString(compared)),
                        new Page.Fact("right of them, exported", Long.toString(right)),
                        new Page.Fact("right of them, in training", Long.toString(Math.round(correct)))),
                List.of(),
                List.of());
    }

    private static String shown(double x) {
        return String.format(Locale.ROOT, "%.4f", x);
    }
}
