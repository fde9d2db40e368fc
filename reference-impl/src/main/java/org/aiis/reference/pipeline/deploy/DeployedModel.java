package org.aiis.reference.pipeline.deploy;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.pipeline.evaluate.EvaluationGraph;
import org.aiis.reference.pipeline.features.ConvolutionalFeatures;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.reference.pipeline.train.DenseLayers;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * The model for inference: from images as they come to scores and predicted classes, scaling and feature extraction
 * included, nothing of training. Input {@code images uint8 [n, 28, 28]}; outputs {@code scores float32 [n, classes]} and
 * {@code predicted int64 [n]}.
 */
public final class DeployedModel {
    private static final ElementType TYPE = ElementType.FLOAT32;

    private DeployedModel() {}

    /** The model with zeros for the weights that {@link DenseLayers#names} names: an export puts the trained ones in. */
    public static Bytes template(ConvolutionalFeatures network, DenseLayers layers, int opset) {
        Draft draft = ConvolutionalFeatures.input(new Draft(opset, TYPE))
                .metadata("aiis.network", "convolution 3x3x8, dense " + layers.widths())
                .metadata("aiis.input", "images as uint8, 0 to 255");
        List<String> names = layers.names();
        for (int i = 0; i < names.size(); i++) {
            draft.initializer(
                    names.get(i), new Tensor.Builder(TYPE, layers.pieces().get(i)).build());
        }
        String scores = layers.forward(draft, network.draw(draft), names).get(layers.count() - 1);
        return draft.output("scores", scores, TYPE, "n", layers.classes())
                .output("predicted", EvaluationGraph.predicted(draft, scores), ElementType.INT64, "n")
                .build();
    }

    /** The model with weights {@code w [P]} put in. */
    public static Bytes export(ConvolutionalFeatures network, DenseLayers layers, int opset, Tensor w) {
        SortedMap<String, Tensor> pieces = new TreeMap<>();
        for (int i = 0; i < layers.names().size(); i++) {
            Shape shape = layers.pieces().get(i);
            Tensor.Builder piece = new Tensor.Builder(TYPE, shape);
            for (int at = 0; at < shape.size(); at++) {
                piece.setBits(at, w.bits(layers.offset(i) + at));
            }
            pieces.put(layers.names().get(i), piece.build());
        }
        return ModelBuilder.withInitializers(template(network, layers, opset), pieces);
    }
}
