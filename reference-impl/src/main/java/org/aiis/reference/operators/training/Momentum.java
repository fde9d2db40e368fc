package org.aiis.reference.operators.training;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;

/**
 * X − R·V_new with V_new = alpha·V + beta·G, or, in the mode nesterov, X − R·(G + alpha·V_new), for each tensor X with
 * gradient G (penalty included) and momentum V of the same shape; beta counts as 1 where T is 0.
 *
 * <p>σ goes through the formula. Source: ONNX operator text of ai.onnx.preview.training 1.
 */
public final class Momentum implements Operator {
    @Override
    public Signature signature(int version) {
        return Step.signature()
                .required("alpha", AttributeType.FLOAT)
                .required("beta", AttributeType.FLOAT)
                .required("mode", "nesterov", "standard")
                .required("norm_coefficient", AttributeType.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        double alpha = call.attributes().real("alpha");
        double beta = Step.count(call) > 0 ? call.attributes().real("beta") : 1;
        double rate = Step.rate(call);
        boolean nesterov = call.attributes().word("mode").equals("nesterov");
        return Step.all(call, 3, (f, given) -> {
            Numbers gradient = Step.regularized(call, f, given);
            Numbers momentum = f.plus(f.times(given.get(2), alpha), f.times(gradient, beta));
            Numbers direction = nesterov ? f.plus(gradient, f.times(momentum, alpha)) : momentum;
            return List.of(f.minus(given.get(0), f.times(direction, rate)), momentum);
        });
    }
}
