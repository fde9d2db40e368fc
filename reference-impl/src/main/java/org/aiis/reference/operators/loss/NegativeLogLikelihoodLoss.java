package org.aiis.reference.operators.loss;

import java.util.List;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * −input[n, target[n, d…], d…] · weight[target[n, d…]] of each sample, and by the attribute reduction nothing more, the
 * sum, or the sum divided by the sum of the weights applied; input [N, C, D…], target [N, D…], weight [C].
 *
 * <p>A sample whose target is ignore_index counts as 0 with weight 0. The mean of no weights is 0 / 0, NaN. A target out of
 * range is refused. σ goes through this formula. Source: ONNX operator text of opset 13, 22, and its function body.
 */
public final class NegativeLogLikelihoodLoss implements Operator {
    @Override
    public Signature signature(int opset) {
        return Likelihoods.attributes(Signature.of("input:T target:Tind weight?:T -> loss:T"))
                .type("T", opset < 22 ? Types.IEEE : Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return List.of(Likelihoods.loss(call, call.input(0)));
    }
}
