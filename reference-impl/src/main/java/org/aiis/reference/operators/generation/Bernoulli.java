package org.aiis.reference.operators.generation;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/**
 * 1 with the probability that the element of the input gives, else 0, of the shape of the input.
 *
 * <p>Judged by distribution; drawn with the seed of the attribute or a fixed one. Probabilities 0 and 1 are certain;
 * one outside 0 to 1 is refused. The text is followed, not the function body, which draws 1 − p (OP-Bernoulli-D2). Source: ONNX operator text of opset 15, 22.
 */
public final class Bernoulli implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T1 -> output:T2")
                .type("T1", opset < 22 ? Types.IEEE : Types.FLOAT)
                .type("T2", Types.with(Types.NUMERIC, ElementType.BOOL), "dtype")
                .optional("seed", AttributeType.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Reals probabilities = x.reals();
        ElementType type = call.outputType(0);
        Draws draws = Draws.of(call);
        call.spend(x.size());
        long one = type.isFloat() ? type.format().encode(1) : 1;
        Tensor.Builder result = new Tensor.Builder(type, x.shape());
        for (int i = 0; i < x.size(); i++) {
            double p = probabilities.hi(i);
            if (!(p >= 0 && p <= 1)) {
                throw call.refusal("a probability of " + p);
            }
            result.setBits(i, draws.unit() < p ? one : 0);
        }
        return List.of(Value.of(result.build()));
    }
}
