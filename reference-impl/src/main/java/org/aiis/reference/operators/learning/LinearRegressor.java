package org.aiis.reference.operators.learning;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * X·coefficientsᵀ + intercepts, then the transform: X [N, F], coefficients target by target, Y [N, targets].
 *
 * <p>X counts as float32. σ is the running error. Source: ONNX operator text of ai.onnx.ml 1.
 */
public final class LinearRegressor implements Operator {
    @Override
    public Signature signature(int version) {
        return Signature.of("X:T -> Y:float32")
                .type("T", Features.NUMBERS)
                .optional("coefficients", AttributeType.FLOATS)
                .optional("intercepts", AttributeType.FLOATS)
                .words(Attribute.of("post_transform", "NONE"), PostTransform.words())
                .attribute(Attribute.of("targets", 1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Features x = Features.of(call);
        long targets = call.attributes().integer("targets");
        if (targets < 1 || targets > Integer.MAX_VALUE) {
            throw call.refusal("targets is " + targets);
        }
        Numbers scores = transformed(call, scores(call, x, (int) targets), (int) targets);
        return List.of(Value.of(ElementType.FLOAT32, call.shape(x.samples(), targets), scores));
    }

    static Numbers transformed(Call call, Numbers scores, int width) {
        return PostTransform.valueOf(call.attributes().word("post_transform")).of(call, scores, width);
    }

    /** One score for each sample and class. */
    static Numbers scores(Call call, Features x, int classes) {
        Attributes attributes = call.attributes();
        double[] coefficients = Features.floats(attributes, "coefficients");
        double[] intercepts = Features.floats(attributes, "intercepts");
        if (coefficients.length != (long) classes * x.features()
                || intercepts.length != 0 && intercepts.length != classes) {
            throw call.refusal(coefficients.length + " coefficients and " + intercepts.length + " intercepts for "
                    + classes + " results of " + x.features() + " features");
        }
        call.spend((long) x.samples() * coefficients.length);
        return Features.formula(call)
                .arithmetic()
                .dots(
                        Matrix.rowMajor(x.values(), 0, x.samples(), x.features()),
                        Matrix.oriented(Reals.own(coefficients), classes, x.features(), true),
                        intercepts.length == 0
                                ? Features.formula(call).arithmetic().constant(0, 0)
                                : Features.repeated(intercepts, x.samples()));
    }
}
