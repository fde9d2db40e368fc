package org.aiis.reference.operators.attention;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
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

/**
 * Turns pairs of elements of each head by the angle of their position: (cos·a − sin·b, sin·a + cos·b). X [batch, heads,
 * length, size] or [batch, length, heads·size]; caches [positions, half] with position_ids [batch, length], or [batch,
 * length, half] without.
 *
 * <p>The pair of the first half and the second, or of neighbours if interleaved; only the first rotary_embedding_dim
 * elements of a head are turned, all if it is 0, and the rest keep their bits. Source: ONNX operator text of opset 23.
 */
public final class RotaryEmbedding implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T cos_cache:T sin_cache:T position_ids?:int64 -> Y:T")
                .type("T", Types.without(Types.FLOAT, ElementType.FLOAT64))
                .attribute(Attribute.of("interleaved", 0))
                .optional("num_heads", AttributeType.INT)
                .attribute(Attribute.of("rotary_embedding_dim", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Heads x = Heads.of(call, 0, "num_heads");
        long asked = call.attributes().integer("rotary_embedding_dim");
        int turned = (int) (asked == 0 ? x.size() : asked);
        if (asked < 0 || asked > x.size() || turned % 2 != 0) {
            throw call.refusal("rotary_embedding_dim is " + asked + " where heads have " + x.size() + " elements");
        }
        int half = turned / 2;
        int[] cache = cache(call, x, half);
        Numbers all = x.value().numbers();
        int count = x.batch() * x.heads() * x.length() * half;
        int[] first = new int[count];
        int[] second = new int[count];
        int[] angle = new int[count];
        boolean interleaved = call.attributes().flag("interleaved");
        for (int i = 0; i < count; i++) {
            int j = i % half;
            int row = i / half;
            int token = row / (x.heads() * x.length()) * x.length() + row % x.length();
            first[i] = row * x.size() + (interleaved ? 2 * j : j);
            second[i] = first[i] + (interleaved ? 1 : half);
            angle[i] = cache[token] * half + j;
        }
        Formula f = new Formula(call.arithmetic());
        Numbers cos = call.input(1).numbers().gather(angle);
        Numbers sin = call.input(2).numbers().gather(angle);
        Numbers a = all.gather(first);
        Numbers b = all.gather(second);
        Numbers real = f.minus(f.times(cos, a), f.times(sin, b));
        Numbers imaginary = f.plus(f.times(sin, a), f.times(cos, b));
        int[] at = new int[all.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = i;
        }
        for (int i = 0; i < count; i++) {
            at[first[i]] = at.length + i;
            at[second[i]] = at.length + count + i;
        }
        Heads y = x.with(Numbers.join(List.of(all, real, imaginary)).gather(at));
        return List.of(call.input(0).shape().rank() == 4 ? y.value() : y.joined(call));
    }

    /** The row of the caches for each token. */
    private static int[] cache(Call call, Heads x, int half) {
        Shape shape = call.input(1).shape();
        boolean ids = call.has(3);
        Shape wanted = ids && shape.rank() > 0 ? Shape.of(shape.dim(0), half) : call.shape(x.batch(), x.length(), half);
        if (!shape.equals(wanted) || !call.input(2).shape().equals(wanted)) {
            throw call.refusal(
                    "caches of shapes " + shape + " and " + call.input(2).shape() + ", must have " + wanted);
        }
        if (ids && !call.input(3).shape().equals(Shape.of(x.batch(), x.length()))) {
            throw call.refusal("position_ids has shape " + call.input(3).shape());
        }
        long[] positions = ids ? call.input(3).longs() : new long[0];
        int[] rows = new int[call.shape(x.batch(), x.length()).size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = ids ? (int) Math.max(-1, Math.min(positions[i], Integer.MAX_VALUE)) : i;
            if (ids && (rows[i] < 0 || rows[i] >= shape.dim(0))) {
                throw call.refusal("position " + positions[i] + " where the caches have " + shape.dim(0));
            }
        }
        return rows;
    }
}
