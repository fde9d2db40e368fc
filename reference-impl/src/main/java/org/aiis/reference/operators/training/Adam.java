package org.aiis.reference.operators.training;

import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;

/**
 * (1 − norm_coefficient_post)·(X − R'·V_new / (√H_new + epsilon)) with V_new = alpha·V + (1 − alpha)·G, H_new = beta·H +
 * (1 − beta)·G² and R' = R·√(1 − beta^T) / (1 − alpha^T), R where T is 0; G with the penalty, shapes equal.
 *
 * <p>σ goes through the formula. Source: ONNX operator text of ai.onnx.preview.training 1.
 */
public final class Adam implements Operator {
    @Override
    public Signature signature(int version) {
        return Step.signature()
                .attribute(Attribute.of("alpha", 0.9f))
                .attribute(Attribute.of("beta", 0.999f))
                .attribute(Attribute.of("epsilon", 1e-6f))
                .attribute(Attribute.of("norm_coefficient", 0f))
                .attribute(Attribute.of("norm_coefficient_post", 0f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        double alpha = call.attributes().real("alpha");
        double beta = call.attributes().real("beta");
        double epsilon = call.attributes().real("epsilon");
        double post = call.attributes().real("norm_coefficient_post");
        return Step.all(call, 4, (f, given) -> {
            Numbers gradient = Step.regularized(call, f, given);
            Numbers mean = f.plus(f.times(given.get(2), alpha), f.times(gradient, 1 - alpha));
            Numbers squares = f.plus(f.times(given.get(3), beta), f.times(f.times(gradient, gradient), 1 - beta));
            Numbers root = f.plus(f.of(Unary.SQRT, squares), epsilon);
            Numbers rate =
                    rate(f, Step.rate(call), alpha, beta, Step.count(call)).gather(new int[gradient.size()]);
            Numbers next = f.minus(given.get(0), f.over(f.times(rate, mean), root));
            return List.of(post == 0 ? next : f.times(next, 1 - post), mean, squares);
        });
    }

    private static Numbers rate(Formula f, double rate, double alpha, double beta, long count) {
        Numbers given = f.arithmetic().constant(rate, 1);
        if (count <= 0) {
            return given;
        }
        Numbers root = f.of(Unary.SQRT, f.minus(1, power(f, beta, count)));
        return f.over(f.times(given, root), f.minus(1, power(f, alpha, count)));
    }

    private static Numbers power(Formula f, double base, long exponent) {
        return f.arithmetic()
                .binary(
                        Binary.POW,
                        f.arithmetic().constant(base, 1),
                        f.arithmetic().constant((double) exponent, 1));
    }
}
