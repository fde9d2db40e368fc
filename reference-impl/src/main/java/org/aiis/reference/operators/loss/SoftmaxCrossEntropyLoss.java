package org.aiis.reference.operators.loss;

import java.util.List;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.normalisation.LogSoftmax;

/**
 * The negative log likelihood loss of log_prob = log(softmax(scores)) along axis 1, and log_prob itself; scores [N, C,
 * D…], labels [N, D…], weights [C].
 *
 * <p>Special values as LogSoftmax and NegativeLogLikelihoodLoss have them. σ goes through both. Source: ONNX operator text
 * of opset 13, and its function body.
 */
public final class SoftmaxCrossEntropyLoss implements Operator {
    @Override
    public Signature signature(int opset) {
        return Likelihoods.attributes(Signature.of("scores:T labels:Tind weights?:T -> output:T log_prob?:T"))
                .type("T", Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        if (call.input(0).shape().rank() < 2) {
            throw call.refusal("scores of shape " + call.input(0).shape() + " have no classes");
        }
        Value logarithms = LogSoftmax.ofClasses(call);
        return List.of(Likelihoods.loss(call, logarithms), logarithms);
    }
}
