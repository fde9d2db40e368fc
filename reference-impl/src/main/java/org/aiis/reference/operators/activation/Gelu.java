package org.aiis.reference.operators.activation;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = X·Φ(X) = ½·X·(1 + erf(X/√2)); with approximate "tanh" ½·X·(1 + tanh(√(2/π)·(X + 0.044715·X³))), any shape.
 *
 * <p>The reference is calculated without the cancellation that the formulas have for negative X (erfc; a sigmoid);
 * σ is that of the formulas. −∞ gives −0 (OP-Gelu-D1), NaN stays NaN. Source: ONNX operator text of opset 20.
 */
public final class Gelu implements Operator {
    private static final double ROOT_TWO_BY_PI = 0x1.9884533d43651p-1;
    private static final double ROOT_TWO_BY_PI_LOW = -0x1.cbc0d30ebfd15p-55;

    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T")
                .type("T", Types.FLOAT)
                .words(Attribute.of("approximate", "none"), "none", "tanh");
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Arithmetic arithmetic = call.arithmetic();
        Numbers numbers = x.numbers();
        boolean tanh = call.attributes().word("approximate").equals("tanh");
        Numbers inner = tanh
                ? Pieces.function(arithmetic, Unary.TANH, tanhArgument(arithmetic, numbers))
                : Pieces.function(arithmetic, Unary.ERF, scaled(arithmetic, numbers, Math.sqrt(0.5)));
        Numbers half = scaled(arithmetic, numbers, 0.5);
        Numbers formula = arithmetic.binary(
                Binary.MUL, half, arithmetic.binary(Binary.ADD, arithmetic.constant(1, x.size()), inner));
        Numbers closer = tanh ? sigmoidForm(arithmetic, numbers) : arithmetic.unary(Unary.GELU, numbers);
        return List.of(Value.of(x.type(), x.shape(), arithmetic.refined(formula, closer)));
    }

    private static Numbers scaled(Arithmetic arithmetic, Numbers x, double factor) {
        return arithmetic.binary(Binary.MUL, x, arithmetic.constant(factor, x.size()));
    }

    private static Numbers tanhArgument(Arithmetic arithmetic, Numbers x) {
        Numbers cube = arithmetic.binary(Binary.MUL, x, arithmetic.binary(Binary.MUL, x, x));
        Numbers sum = arithmetic.binary(Binary.ADD, x, scaled(arithmetic, cube, 0.044715));
        Numbers root = arithmetic.binary(
                Binary.ADD,
                arithmetic.constant(ROOT_TWO_BY_PI, x.size()),
                arithmetic.constant(ROOT_TWO_BY_PI_LOW, x.size()));
        return arithmetic.binary(Binary.MUL, sum, root);
    }

    /** ½(1 + tanh z) = sigmoid(2z). */
    private static Numbers sigmoidForm(Arithmetic arithmetic, Numbers x) {
        Numbers twice = scaled(arithmetic, tanhArgument(arithmetic, x), 2);
        Numbers zeros = arithmetic.constant(-0.0, x.size());
        Numbers product = arithmetic.binary(Binary.MUL, x, arithmetic.unary(Unary.SIGMOID, twice));
        Numbers infinity = arithmetic.constant(Double.NEGATIVE_INFINITY, 1);
        int[] at = new int[x.size()];
        Arrays.setAll(at, i -> arithmetic.holds(Relation.EQUAL, x, i, infinity, 0) ? x.size() + i : i);
        return Numbers.join(List.of(product, zeros)).gather(at);
    }
}
