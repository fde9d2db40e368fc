package org.aiis.reference.operators.learning;

import java.util.List;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * The sums of the votes for each class by the leaves that each sample of X [N, F] reaches, base values added, transformed:
 * scores Z [N, E] of float32, and the label of the largest sum Y [N].
 *
 * <p>σ is the running error of the sums in float32. Of equal sums the first counts. Source: ONNX operator text of
 * ai.onnx.ml 1, 3.
 */
public final class TreeEnsembleClassifier implements Operator {
    @Override
    public Signature signature(int version) {
        return OldTrees.declared(
                Labels.declared(Signature.of("X:T1 -> Y:T2 Z:float32"), "classlabels_int64s"),
                "class",
                "class_ids",
                version);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Labels labels = Labels.of(call.attributes(), "classlabels_int64s");
        Numbers scores = OldTrees.scores(call, "class", "class_ids", labels.size(), Trees.Aggregate.SUM);
        int samples = call.input(0).shape().dim(0);
        return List.of(
                labels.best(call, scores, samples),
                Value.of(
                        ElementType.FLOAT32,
                        call.shape(samples, labels.size()),
                        LinearRegressor.transformed(call, scores, labels.size())));
    }
}
