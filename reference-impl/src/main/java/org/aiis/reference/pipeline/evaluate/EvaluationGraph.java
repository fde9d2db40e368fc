package org.aiis.reference.pipeline.evaluate;

import java.util.List;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.reference.pipeline.train.DenseLayers;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;

/**
 * Evaluation of dense layers as a graph. Inputs: {@code x float32 [n, inputs]}, {@code y int64 [n]}, {@code w [P]}. Outputs:
 * {@code scores [n, classes]}, {@code predicted int64 [n]}, {@code correct int64 [1]}, {@code accuracy [1]} and {@code
 * confusion int64 [classes, classes]}, rows the true class, columns the predicted one.
 */
public final class EvaluationGraph {
    private static final ElementType TYPE = ElementType.FLOAT32;

    private EvaluationGraph() {}

    public static Bytes build(DenseLayers layers) {
        int classes = layers.classes();
        Draft draft = new Draft(17, TYPE)
                .input("x", TYPE, "n", layers.inputs())
                .input("y", ElementType.INT64, "n")
                .input("w", TYPE, layers.parameters());
        String scores = layers.forward(draft, "x", layers.unpack(draft, "w")).get(layers.count() - 1);
        String predicted = predicted(draft, scores);
        String right = draft.sum(draft.indicator(draft.op("Equal", predicted, "y")), true, 0);
        String records = draft.indicator(draft.op("Shape", "y"));
        String confusion = draft.op(
                "Gemm",
                List.of(draft.oneHot("y", classes), draft.oneHot(predicted, classes)),
                Attribute.of("transA", 1));
        return draft.output("scores", scores, TYPE, "n", classes)
                .output("predicted", predicted, ElementType.INT64, "n")
                .output("correct", draft.cast(right, ElementType.INT64), ElementType.INT64, 1)
                .output("accuracy", draft.op("Div", right, records), TYPE, 1)
                .output("confusion", draft.cast(confusion, ElementType.INT64), ElementType.INT64, classes, classes)
                .build();
    }

    /** The class with the largest score; of equal ones, the first. */
    public static String predicted(Draft draft, String scores) {
        AttributeProto[] attributes = {Attribute.of("axis", 1), Attribute.of("keepdims", 0)};
        return draft.op("ArgMax", List.of(scores), attributes);
    }
}
