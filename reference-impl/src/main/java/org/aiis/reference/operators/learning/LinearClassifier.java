package org.aiis.reference.operators.learning;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * Scores Z = X·coefficientsᵀ + intercepts, then the transform, and the label of the largest score Y: X [N, F], coefficients
 * class by class, Z [N, E], Y [N].
 *
 * <p>As many rows of coefficients as labels: what fewer mean ONNX does not say (OP-LinearClassifier-D1). multi_class
 * changes nothing. Of equal scores the first counts. Source: ONNX operator text of ai.onnx.ml 1.
 */
public final class LinearClassifier implements Operator {
    @Override
    public Signature signature(int version) {
        return Labels.declared(Signature.of("X:T1 -> Y:T2 Z:float32"), "classlabels_ints")
                .required("coefficients", AttributeType.FLOATS)
                .optional("intercepts", AttributeType.FLOATS)
                .attribute(Attribute.of("multi_class", 0))
                .words(Attribute.of("post_transform", "NONE"), PostTransform.words());
    }

    @Override
    public List<Value> evaluate(Call call) {
        Labels labels = Labels.of(call.attributes(), "classlabels_ints");
        Features x = Features.of(call);
        Numbers scores = LinearRegressor.scores(call, x, labels.size());
        return List.of(
                labels.best(call, scores, x.samples()),
                Value.of(
                        ElementType.FLOAT32,
                        call.shape(x.samples(), labels.size()),
                        LinearRegressor.transformed(call, scores, labels.size())));
    }
}
