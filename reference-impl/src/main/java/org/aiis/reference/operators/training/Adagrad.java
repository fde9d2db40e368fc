package org.aiis.reference.operators.training;

import java.util.List;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;

/**
 * X − R / (1 + T·decay_factor) · G / (√H_new + epsilon) with H_new = H + G², for each tensor X with gradient G (penalty
 * included) and accumulated squares H of the same shape.
 *
 * <p>σ goes through the formula, R and T counted as exact. Source: ONNX operator text of ai.onnx.preview.training 1.
 */
public final class Adagrad implements Operator {
    @Override
    public Signature signature(int version) {
        return Step.signature()
                .attribute(Attribute.of("decay_factor", 0f))
                .attribute(Attribute.of("epsilon", 1e-6f))
                .attribute(Attribute.of("norm_coefficient", 0f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        double decay = call.attributes().real("decay_factor");
        double rate = Step.rate(call);
        double count = (double) Step.count(call);
        double epsilon = call.attributes().real("epsilon");
        return Step.all(call, 3, (f, given) -> {
            Numbers gradient = Step.regularized(call, f, given);
            Numbers squares = f.plus(given.get(2), f.times(gradient, gradient));
            Numbers adapted = f.plus(f.of(Unary.SQRT, squares), epsilon);
            Numbers step = f.times(f.over(gradient, adapted), rate(f, rate, decay, count, gradient.size()));
            return List.of(f.minus(given.get(0), step), squares);
        });
    }

    private static Numbers rate(Formula f, double rate, double decay, double count, int size) {
        Numbers divisor = f.plus(f.times(f.arithmetic().constant(count, 1), decay), 1);
        return f.over(f.arithmetic().constant(rate, 1), divisor).gather(new int[size]);
    }
}
