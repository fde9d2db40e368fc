package org.aiis.conformance.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.reference.pipeline.data.Fingerprint;
import org.aiis.reference.pipeline.data.FashionMnist;
import org.aiis.reference.pipeline.data.LabelledImages;
import org.aiis.reference.pipeline.deploy.DeployedModel;
import org.aiis.reference.pipeline.evaluate.ConfusionMatrix;
import org.aiis.reference.pipeline.evaluate.EvaluationGraph;
import org.aiis.reference.pipeline.features.ConvolutionalFeatures;
import org.aiis.reference.pipeline.train.Batches;
import org.aiis.reference.pipeline.train.DenseLayers;
import org.aiis.reference.pipeline.train.StepGraph;
import org.aiis.reference.pipeline.train.TrainingScript;
import org.aiis.report.view.LineChart;
import org.aiis.report.view.Page;
import org.aiis.report.view.PipelinePage;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Step;

/** Ten kinds of clothing from 10,000 images: convolution with fixed weights, then dense layers that are trained. */
final class ImagesCase implements PipelineCase {
    private static final int OPSET = 17;
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
        Answers backend = new Answers(setting.backend());
        FashionMnist data = FashionMnist.read(setting.home());
        ConvolutionalFeatures network = ConvolutionalFeatures.of(setting.seed());
        DenseLayers layers = DenseLayers.of(ConvolutionalFeatures.LENGTH, 64, FashionMnist.CLASSES);
        List<PipelinePage.Stage> stages = new ArrayList<>();

        setting.told().stage("Preprocessing");
        stages.add(preprocessing(backend, data));

        setting.told().stage("Features and training");
        List<Step> steps = new TrainingScript(layers)
                .extract(network, data.training(), "x")
                .add(new Step.Put("y", data.training().labels()))
                .load(TrainingScript.STEP, StepGraph.build(layers, TYPE))
                .start(layers.initialWeights(TYPE, setting.seed()))
                .train(Batches.of(
                        data.training().size(),
                        setting.batch().orElse(32),
                        setting.epochs().orElse(5),
                        setting.seed()))
                .fetchWeights()
                .script()
                .steps();
        List<Double> losses = new ArrayList<>();
        Tensor[] weights = new Tensor[1];
        for (Step step : steps) {
            SortedMap<String, Tensor> outputs = backend.outputs(step);
            if (outputs.containsKey("loss")) {
                losses.add(outputs.get("loss").real(0));
            } else if (step instanceof Step.Get get) {
                weights[0] = outputs.get(get.tensor());
            }
        }
        stages.add(new PipelinePage.Stage(
                "Training",
                "Adam on the cross-entropy of the softmax, one ONNX graph a step.",
                List.of(new Page.Fact("steps", Integer.toString(losses.size()))),
                List.of(),
                List.of(new LineChart(
                        "Loss.",
                        "Each step's mean over its batch.",
                        "step",
                        "loss",
                        List.of(LineChart.numbered("loss", losses))))));

        setting.told().stage("Evaluation");
        SortedMap<String, Tensor> scores = evaluated(backend, network, layers, data.heldOut(), weights[0]);
        ConfusionMatrix confusion = new ConfusionMatrix(scores.get("confusion"));
        stages.add(new ClassificationStage(confusion, scores.get("scores"), data.heldOut().labels()).stage());

        setting.told().stage("Deployment");
        Bytes model = DeployedModel.export(network, layers, OPSET, weights[0]);
        Tensor served = backend.once(model, Map.of("images", data.heldOut().images())).get("predicted");
        if (!served.equals(scores.get("predicted"))) {
            throw InputException.of("the exported model predicts other classes than the trained one", "");
        }
        String accuracy = String.format(
                Locale.ROOT, "%.2f %%", 100 * confusion.accuracy().orElseThrow());
        stages.add(new PipelinePage.Stage(
                "Deployment",
                "The model for inference takes images as they come; it was loaded anew and predicts the same classes.",
                List.of(new Page.Fact("bytes", Integer.toString(model.size()))),
                List.of(),
                List.of()));
        PipelinePage page = new PipelinePage(
                "Image recognition",
                "Ten kinds of clothing, learnt from 10,000 images, tried on 2,000 others.",
                List.of(new Page.Fact("accuracy on held-out images", accuracy)),
                stages,
                List.of());
        return new Result(page, new TreeMap<>(Map.of("models/images/1/model.onnx", model)));
    }

    /** No image may stand in both parts: the backend fingerprints both. */
    private static PipelinePage.Stage preprocessing(Answers backend, FashionMnist data) {
        List<List<Long>> training = Fingerprint.rows(fingerprint(backend, data.training()));
        List<List<Long>> heldOut = Fingerprint.rows(fingerprint(backend, data.heldOut()));
        long common = heldOut.stream().filter(new java.util.HashSet<>(training)::contains).count();
        if (common > 0) {
            throw InputException.of(common + " held-out images are training images too", "");
        }
        return new PipelinePage.Stage(
                "Preprocessing",
                "Pixels are scaled to [0, 1] inside the model. Digests of all images, computed on the backend, show that no"
                        + " held-out image is a training image.",
                List.of(
                        new Page.Fact("training images", Integer.toString(data.training().size())),
                        new Page.Fact("held-out images", Integer.toString(data.heldOut().size())),
                        new Page.Fact("images in both", Long.toString(common))),
                List.of(),
                List.of());
    }

    private static Tensor fingerprint(Answers backend, LabelledImages part) {
        return backend.once(Fingerprint.model(), Map.of("images", part.images())).get("fingerprint");
    }

    private static SortedMap<String, Tensor> evaluated(
            Answers backend, ConvolutionalFeatures network, DenseLayers layers, LabelledImages part, Tensor weights) {
        Tensor x = backend.once(network.model(), Map.of("images", part.images())).get("features");
        return backend.once(EvaluationGraph.build(layers), Map.of("x", x, "y", part.labels(), "w", weights));
    }
}
