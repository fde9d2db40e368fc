package org.aiis.reference.operators.activation;

import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.generation.Draws;

/**
 * output = data; in training mode data·mask/(1 − ratio), where each element of mask is true with probability 1 −
 * ratio.
 *
 * <p>Exact and a mask of true in inference, and in training with ratio 0. Otherwise drawn (judged by distribution),
 * with the seed of the attribute or a fixed one. A ratio outside 0 to below 1 is refused in training. Source: ONNX
 * operator text of opset 13, 22.
 */
public final class Dropout implements Operator {
    @Override
    public Signature signature(int opset) {
        boolean narrow = opset >= 22;
        return Signature.of("data:T ratio?:T1 training_mode?:T2 -> output:T mask?:T2")
                .type("T", narrow ? Types.union(Types.FLOAT, Types.FLOAT8) : Types.FLOAT)
                .type("T1", narrow ? Types.union(Types.FLOAT, Types.FLOAT8) : Types.IEEE)
                .type("T2", Types.BOOL)
                .optional("seed", AttributeType.INT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        boolean training = call.has(2) && scalar(call, 2).longs()[0] != 0;
        double ratio = !training ? 0 : call.has(1) ? scalar(call, 1).reals().hi(0) : 0.5;
        if (!(ratio >= 0 && ratio < 1)) {
            throw call.refusal("a ratio of " + ratio + ", must be from 0 to below 1");
        }
        call.spend(x.size());
        boolean[] kept = new boolean[x.size()];
        Draws draws = Draws.by(call.attributes().has("seed") ? call.attributes().integer("seed") : Draws.FIXED);
        for (int i = 0; i < kept.length; i++) {
            kept[i] = ratio == 0 || draws.unit() >= ratio;
        }
        return List.of(ratio == 0 ? x : scaled(call, x, kept, 1 - ratio), Value.bools(x.shape(), kept));
    }

    private static Value scalar(Call call, int input) {
        if (call.input(input).size() != 1) {
            throw call.refusal(
                    "input " + input + " has shape " + call.input(input).shape() + ", must be a scalar");
        }
        return call.input(input);
    }

    private static Value scaled(Call call, Value x, boolean[] kept, double share) {
        Arithmetic arithmetic = call.arithmetic();
        Numbers larger = arithmetic.binary(Binary.DIV, x.numbers(), arithmetic.constant(share, x.size()));
        int[] at = new int[kept.length];
        Arrays.setAll(at, i -> kept[i] ? i : kept.length);
        return Value.of(
                x.type(),
                x.shape(),
                Numbers.join(List.of(larger, arithmetic.constant(0, 1))).gather(at));
    }
}
