package org.aiis.reference.operators.convolution;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * output[b, c, t] = Σ weight[c, 0, k]·all[b, c, t + k] + bias[c] over the k taps, where all is past_state and then
 * input along the last axis. input [B, C, L], weight [C, 1, K], bias [C], past_state [B, C, K − 1], which is zero where
 * it is left out; present_state is the last K − 1 elements of all.
 *
 * <p>silu and swish multiply the result with its sigmoid. σ is the running error. Source: ONNX operator text of opset
 * 27.
 */
public final class CausalConvWithState implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T weight:T bias?:T past_state?:T -> output:T present_state:T")
                .type("T", Types.set(ElementType.FLOAT32, ElementType.FLOAT16, ElementType.BFLOAT16))
                .words(Attribute.of("activation", "none"), "none", "silu", "swish");
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Shape shape = x.shape();
        Shape weight = call.input(1).shape();
        if (shape.rank() != 3 || weight.rank() != 3 || weight.dim(2) < 1) {
            throw call.refusal("input has shape " + shape + " and weight " + weight + ", must have rank 3");
        }
        int taps = weight.dim(2);
        Shape state = Shape.of(shape.dim(0), shape.dim(1), taps - 1);
        boolean past = call.has(3);
        if (!weight.equals(Shape.of(shape.dim(1), 1, taps))
                || past && !call.input(3).shape().equals(state)) {
            throw call.refusal("weight of shape " + weight + " or past_state does not fit input of shape " + shape);
        }
        Patches.checkBias(call, 2, shape.dim(1));
        Value all = Value.join(List.of(past ? call.input(3) : Value.of(zeros(x.type(), state)), x));
        int length = shape.dim(2);
        int[] terms = new int[call.shape(shape.size(), taps + 1L).size()];
        int[] factors = new int[terms.length];
        int[] starts = new int[shape.size() + 1];
        int count = 0;
        for (int i = 0; i < shape.size(); i++) {
            for (int k = 0; k < taps; k++) {
                int at = i % length + k;
                if (at >= taps - 1 || past) {
                    terms[count] = place(i / length, at, length, taps, state);
                    factors[count++] = i / length % shape.dim(1) * taps + k;
                }
            }
            starts[i + 1] = count;
        }
        Arithmetic arithmetic = call.arithmetic();
        Numbers products = arithmetic.binary(
                Binary.MUL,
                call.input(1).numbers().gather(Arrays.copyOf(factors, count)),
                all.numbers().gather(Arrays.copyOf(terms, count)));
        Numbers sums = arithmetic.sums(products, starts);
        if (call.has(2)) {
            int[] channels = new int[shape.size()];
            Arrays.setAll(channels, i -> i / length % shape.dim(1));
            sums = arithmetic.binary(Binary.ADD, sums, call.input(2).numbers().gather(channels));
        }
        if (!call.attributes().word("activation").equals("none")) {
            sums = arithmetic.binary(Binary.MUL, sums, new Formula(arithmetic).sigmoid(sums));
        }
        int[] last = new int[state.size()];
        Arrays.setAll(last, i -> place(i / (taps - 1), length + i % (taps - 1), length, taps, state));
        return List.of(Value.of(x.type(), shape, sums), all.gather(last, state));
    }

    /** Of a lane's element, counted from the beginning of the state, in the state and the input one behind the other. */
    private static int place(int lane, int at, int length, int taps, Shape state) {
        return at < taps - 1 ? lane * (taps - 1) + at : state.size() + lane * length + at - taps + 1;
    }

    private static Tensor zeros(ElementType type, Shape shape) {
        return new Tensor.Builder(type, shape).build();
    }
}
