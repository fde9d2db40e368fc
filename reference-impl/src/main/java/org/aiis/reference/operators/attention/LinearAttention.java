package org.aiis.reference.operators.attention;

import java.util.ArrayList;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * Attention by a state S [size of a key, size of a value] of each head that every token changes and reads: S = exp(g)·S + k⊗w
 * and o = scale·qᵀS, where w is v, or β·(v − exp(g)·Sᵀk) by the delta rules, and exp(g) is left out by the rules
 * without a gate. query [B, T, H_q·d_k], key [B, T, H_kv·d_k], value [B, T, H_kv·d_v], heads side by side.
 *
 * <p>Several heads of the query may share a state. present_state has the type of past_state, or of query where that is left
 * out, as ONNX's function body has it: the text does not say. decay and beta must be left out by rules that have none, which
 * the text does not say either. Source: ONNX operator text of opset 27.
 */
public final class LinearAttention implements Operator {
    private static final int STATE = 3;
    private static final int DECAY = 4;
    private static final int BETA = 5;

    @Override
    public Signature signature(int opset) {
        return Signature.of("query:T key:T value:T past_state?:S decay?:T beta?:T -> output:T present_state:S")
                .type("T", Types.without(Types.FLOAT, ElementType.FLOAT64))
                .typeFrom(
                        "S",
                        Types.without(Types.FLOAT, ElementType.FLOAT64),
                        (node, bound) -> bound.getOrDefault("S", bound.getOrDefault("T", ElementType.FLOAT32)))
                .attribute(Attribute.of("chunk_size", 64))
                .required("kv_num_heads", AttributeType.INT)
                .required("q_num_heads", AttributeType.INT)
                .attribute(Attribute.of("scale", 0f))
                .words(Attribute.of("update_rule", "gated_delta"), "linear", "gated", "delta", "gated_delta");
    }

    @Override
    public List<Value> evaluate(Call call) {
        Sizes n = Sizes.of(call);
        Shape shape = call.shape(n.batch, n.heads, n.key, n.value);
        Shape result = call.shape(n.batch, n.tokens, (long) n.queries * n.value);
        call.spend((long) n.tokens * (n.batch + 4L * shape.size() + (long) n.batch * n.queries * n.key * n.value));
        Formula f = new Formula(call.arithmetic());
        String rule = call.attributes().word("update_rule");
        boolean gated = rule.startsWith("gated");
        boolean delta = rule.endsWith("delta");
        Numbers decay = f.of(Unary.EXP, token(call, f, DECAY, gated, n, n.key));
        Numbers beta = token(call, f, BETA, delta, n, 1);
        Numbers state = state(call, f, shape);
        List<Numbers> read = new ArrayList<>(List.of(f.arithmetic().constant(0, 0)));
        for (int t = 0; t < n.tokens; t++) {
            Numbers keys = call.input(1).numbers().gather(n.at(t, n.heads, n.key));
            Numbers values = call.input(2).numbers().gather(n.at(t, n.heads, n.value));
            Numbers queries = call.input(0).numbers().gather(n.at(t, n.queries, n.key));
            if (gated) {
                int[] same = n.along(t, n.heads * n.key);
                state = f.times(state, decay.gather(same));
            }
            if (delta) {
                int[] same = n.along(t, n.heads);
                values = f.times(f.minus(values, read(f, keys, n.heads, state, n)), beta.gather(same));
            }
            state = f.plus(state, f.times(keys.gather(n.spread(n.key, 1, 0)), values.gather(n.spread(n.value, 0, 1))));
            read.add(read(f, queries, n.queries, state, n));
        }
        int row = n.queries * n.value;
        Numbers output = Numbers.join(read)
                .gather(Walk.places(new int[] {n.batch, n.tokens, row}, new int[] {row, n.batch * row, 1}, 0));
        double scale = call.attributes().real("scale");
        Numbers scaled = f.times(output, scale == 0 ? 1 / StrictMath.sqrt(Math.max(1, n.key)) : scale);
        ElementType type = call.input(0).type();
        return List.of(
                Value.of(type, result, scaled),
                Value.of(call.has(STATE) ? call.input(STATE).type() : type, shape, state));
    }

    private static Numbers state(Call call, Formula f, Shape shape) {
        if (!call.has(STATE)) {
            return f.arithmetic().constant(0, shape.size());
        }
        if (!call.input(STATE).shape().equals(shape)) {
            throw call.refusal("past_state has shape " + call.input(STATE).shape() + ", must have " + shape);
        }
        return call.input(STATE).numbers();
    }

    /** decay or beta with an element for each of {@code size} places of a head, as [batch, tokens, heads·size]. */
    private static Numbers token(Call call, Formula f, int input, boolean needed, Sizes n, int size) {
        if (call.has(input) != needed) {
            throw call.refusal("input " + input + " is given, or left out, against update_rule");
        }
        if (!needed) {
            return f.arithmetic().constant(0, 0);
        }
        Value x = call.input(input);
        int last = x.shape().rank() == 3 ? x.shape().dim(2) : -1;
        boolean whole = last == n.heads * size;
        boolean shared = input == BETA && last == 1;
        if (!whole && !shared && last != n.heads || !x.shape().equals(Shape.of(n.batch, n.tokens, last))) {
            throw call.refusal("input " + input + " has shape " + x.shape());
        }
        int[] steps = {last, shared ? 0 : whole ? size : 1, whole ? 1 : 0};
        call.spend((long) n.batch * n.tokens * n.heads * size);
        return x.numbers().gather(Walk.places(new int[] {n.batch * n.tokens, n.heads, size}, steps, 0));
    }

    /** Each vector of the size of a key, by the state of its head. */
    private static Numbers read(Formula f, Numbers vectors, int count, Numbers state, Sizes n) {
        List<Numbers> read = new ArrayList<>(List.of(f.arithmetic().constant(0, 0)));
        int group = count / n.heads;
        for (int head = 0; head < n.batch * n.heads; head++) {
            read.add(f.arithmetic()
                    .dots(
                            Matrix.rowMajor(vectors, head * group * n.key, group, n.key),
                            Matrix.rowMajor(state, head * n.key * n.value, n.key, n.value),
                            f.arithmetic().constant(0, 0)));
        }
        return Numbers.join(read);
    }

    private record Sizes(int batch, int tokens, int queries, int heads, int key, int value) {
        static Sizes of(Call call) {
            int[][] dims = new int[3][];
            for (int i = 0; i < 3; i++) {
                dims[i] = call.input(i).shape().toArray();
                if (dims[i].length != 3 || dims[i][0] != dims[0][0] || dims[i][1] != dims[0][1]) {
                    throw call.refusal("input " + i + " has shape "
                            + call.input(i).shape() + ", query " + call.input(0).shape());
                }
            }
            long queries = call.attributes().integer("q_num_heads");
            long heads = call.attributes().integer("kv_num_heads");
            if (heads < 1
                    || queries < 1
                    || queries % heads != 0
                    || dims[0][2] % queries != 0
                    || dims[1][2] % heads != 0
                    || dims[2][2] % heads != 0
                    || dims[0][2] / queries != dims[1][2] / heads) {
                throw call.refusal(queries + " and " + heads + " heads do not fit query, key and value");
            }
            // A tensor without elements leaves the number of heads open.
            call.spend(queries);
            call.shape(dims[0][0], queries);
            return new Sizes(
                    dims[0][0],
                    dims[0][1],
                    (int) queries,
                    (int) heads,
                    dims[1][2] / (int) heads,
                    dims[2][2] / (int) heads);
        }

        /** Elements of a token in a tensor [batch, tokens, heads·size]. */
        int[] at(int token, int heads, int size) {
            int row = heads * size;
            return Walk.places(new int[] {batch, row}, new int[] {tokens * row, 1}, token * row);
        }

        /** Elements of a token in a tensor [batch, tokens, row], each once for every place of a value. */
        int[] along(int token, int row) {
            return Walk.places(new int[] {batch, row, value}, new int[] {tokens * row, 1, 0}, token * row);
        }

        /** For each element of the state the one of a vector of each head. */
        int[] spread(int size, int alongKey, int alongValue) {
            return Walk.places(new int[] {batch * heads, key, value}, new int[] {size, alongKey, alongValue}, 0);
        }
    }
}
