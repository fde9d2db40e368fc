package org.aiis.reference.operators.learning;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * Σ coefficient·kernel(x, vector) + rho for each sample of X [N, F], then the transform: Y [N, 1] of float32. Without
 * support vectors the coefficients are those of a linear function; one_class gives 1 for scores above 0, else −1.
 *
 * <p>σ goes through the formula. The sign of rho is that of ONNX's reference implementation (OP-SVMRegressor-D1). Source:
 * ONNX operator text of ai.onnx.ml 1.
 */
public final class SvmRegressor implements Operator {
    @Override
    public Signature signature(int version) {
        return Signature.of("X:T -> Y:float32")
                .type("T", Features.NUMBERS)
                .optional("coefficients", AttributeType.FLOATS)
                .optional("kernel_params", AttributeType.FLOATS)
                .words(Attribute.of("kernel_type", "LINEAR"), Kernel.words())
                .attribute(Attribute.of("n_supports", 0))
                .attribute(Attribute.of("one_class", 0))
                .words(Attribute.of("post_transform", "NONE"), PostTransform.words())
                .optional("rho", AttributeType.FLOATS)
                .optional("support_vectors", AttributeType.FLOATS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Attributes attributes = call.attributes();
        Features x = Features.of(call);
        double[] coefficients = Features.floats(attributes, "coefficients");
        double[] rho = Features.floats(attributes, "rho");
        long supports = attributes.integer("n_supports");
        if (rho.length != 1 || supports < 0 || supports != 0 && supports != coefficients.length) {
            throw call.refusal("there must be one rho, and a coefficient for each support vector");
        }
        Formula f = Features.formula(call);
        Numbers terms = supports == 0
                ? x.values()
                : Kernel.of(call).of(call, x, Features.floats(attributes, "support_vectors"), coefficients.length);
        int width = supports == 0 ? x.features() : coefficients.length;
        if (width != coefficients.length) {
            throw call.refusal(coefficients.length + " coefficients for " + width + " features");
        }
        Numbers scores = f.arithmetic()
                .dots(
                        Matrix.rowMajor(terms, 0, x.samples(), width),
                        Matrix.rowMajor(Reals.own(coefficients), 0, width, 1),
                        f.arithmetic().constant(rho[0], x.samples()));
        if (attributes.flag("one_class")) {
            double[] signs = new double[x.samples()];
            for (int i = 0; i < signs.length; i++) {
                signs[i] = ((Reals) scores).hi(i) > 0 ? 1 : -1;
            }
            scores = Reals.own(signs);
        }
        return List.of(Value.of(
                ElementType.FLOAT32, call.shape(x.samples(), 1), LinearRegressor.transformed(call, scores, 1)));
    }
}
