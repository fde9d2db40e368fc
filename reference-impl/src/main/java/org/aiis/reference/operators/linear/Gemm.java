package org.aiis.reference.operators.linear;

import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Broadcast;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * Y = alpha·A'·B' + beta·C: A' [M, K] and B' [K, N], transposed if asked, C broadcast to [M, N].
 *
 * <p>Where alpha is 1, beta·C is the last addend of each sum; otherwise alpha·(sum) and beta·C are added. Factors
 * of 1 round nothing. NaN in C counts where beta is 0 too (OP-Gemm-D1). Integers: alpha and beta are truncated.
 * Source: ONNX operator text of opset 13.
 */
public final class Gemm implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("A:T B:T C?:T -> Y:T")
                .type("T", Types.union(Types.FLOAT, Types.WIDE))
                .attribute(Attribute.of("alpha", 1f))
                .attribute(Attribute.of("beta", 1f))
                .attribute(Attribute.of("transA", 0))
                .attribute(Attribute.of("transB", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Matrix a = matrix(call, 0, "transA");
        Matrix b = matrix(call, 1, "transB");
        if (a.columns() != b.rows()) {
            throw call.refusal("inner sizes " + a.columns() + " and " + b.rows() + " are unequal");
        }
        Shape shape = call.shape(a.rows(), b.columns());
        call.spend((long) shape.size() * a.columns());
        Numbers addend = call.has(2)
                ? scaled(call, "beta", Broadcast.to(call, shape, call.input(2)).numbers())
                : call.arithmetic().constant(0, 0);
        if (call.attributes().real("alpha") == 1) {
            return List.of(
                    Value.of(call.input(0).type(), shape, call.arithmetic().dots(a, b, addend)));
        }
        Numbers product = scaled(
                call, "alpha", call.arithmetic().dots(a, b, call.arithmetic().constant(0, 0)));
        Numbers sum = addend.size() == 0 ? product : call.arithmetic().binary(Binary.ADD, product, addend);
        return List.of(Value.of(call.input(0).type(), shape, sum));
    }

    private static Matrix matrix(Call call, int input, String transposed) {
        Value x = call.input(input);
        if (x.shape().rank() != 2) {
            throw call.refusal("input " + input + " has rank " + x.shape().rank() + ", must have rank 2");
        }
        return Matrix.oriented(
                x.numbers(),
                x.shape().dim(0),
                x.shape().dim(1),
                call.attributes().flag(transposed));
    }

    private static Numbers scaled(Call call, String factor, Numbers x) {
        double value = call.attributes().real(factor);
        return value == 1
                ? x
                : call.arithmetic().binary(Binary.MUL, x, call.arithmetic().constant(value, x.size()));
    }
}
