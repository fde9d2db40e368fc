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
import org.aiis.spec.tensor.Shape;

/**
 * The votes of the leaves that each sample of X [N, F] reaches, put together by target, base values added, transformed: Y
 * [N, n_targets] of float32.
 *
 * <p>σ is the running error of the sums in float32. Source: ONNX operator text of ai.onnx.ml 1, 3.
 */
public final class TreeEnsembleRegressor implements Operator {
    @Override
    public Signature signature(int version) {
        return OldTrees.declared(
                        Signature.of("X:T -> Y:float32").type("T", Features.NUMBERS), "target", "target_ids", version)
                .words(Attribute.of("aggregate_function", "SUM"), "AVERAGE", "SUM", "MIN", "MAX")
                .optional("n_targets", AttributeType.INT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        long targets = call.attributes().has("n_targets") ? call.attributes().integer("n_targets") : 1;
        Shape shape = call.shape(Math.max(1, call.input(0).shape().rank()), targets);
        Trees.Aggregate aggregate = Trees.Aggregate.valueOf(call.attributes().word("aggregate_function"));
        Numbers scores = OldTrees.scores(call, "target", "target_ids", shape.dim(1), aggregate);
        return List.of(Value.of(
                ElementType.FLOAT32,
                call.shape(call.input(0).shape().dim(0), targets),
                LinearRegressor.transformed(call, scores, shape.dim(1))));
    }
}
