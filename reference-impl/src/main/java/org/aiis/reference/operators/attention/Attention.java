package org.aiis.reference.operators.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Extremes;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * Y = softmax(softcap((Q·√scale)·(K·√scale)ᵀ) + bias)·V for each head: Q [batch, heads, queries, size], K and V [batch,
 * kv_heads, keys, size], or each of rank 3 with its heads side by side; several heads of Q may share one of K and V.
 *
 * <p>A row whose bias is −∞ throughout gives zeros. softmax_precision names the type in which the softmax is calculated;
 * its result is rounded to the type of Q. A mask of rank 1 or more whose last extent is smaller than the number of keys is
 * filled up with −∞ from version 24 on, an extent of 1 too (OP-Attention-D1). σ goes through all steps. Source: ONNX
 * operator text of opset 23, 24, 25.
 */
public final class Attention implements Operator {
    @Override
    public Signature signature(int opset) {
        String inputs = "Q:T1 K:T1 V:T2 attn_mask?:U past_key?:T1 past_value?:T2";
        Signature signature = Signature.of(inputs + (opset < 24 ? "" : " nonpad_kv_seqlen?:int64")
                        + " -> Y:T1 present_key?:T1 present_value?:T2 qk_matmul_output?:T1")
                .type("T1", Types.FLOAT)
                .type("T2", Types.FLOAT)
                .type("U", Types.with(Types.NUMERIC, ElementType.BOOL))
                .attribute(Attribute.of("is_causal", 0))
                .optional("kv_num_heads", AttributeType.INT)
                .optional("q_num_heads", AttributeType.INT)
                .attribute(Attribute.of("qk_matmul_output_mode", 0))
                .optional("scale", AttributeType.FLOAT)
                .attribute(Attribute.of("softcap", 0f))
                .optional("softmax_precision", AttributeType.INT);
        return opset < 25
                ? signature
                : signature
                        .attribute(Attribute.of("left_window_size", -1))
                        .attribute(Attribute.of("right_window_size", -1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        int rank = call.input(0).shape().rank();
        Heads q = Heads.of(call, 0, "q_num_heads");
        Heads k = Heads.of(call, 1, "kv_num_heads");
        Heads v = Heads.of(call, 2, "kv_num_heads");
        check(call, rank, q, k, v);
        int past = 0;
        if (call.has(4)) {
            Heads pastKey = Heads.of(call, 4, "");
            Heads pastValue = Heads.of(call, 5, "");
            if (pastKey.length() != pastValue.length()) {
                throw call.refusal("past_key and past_value have unequal lengths");
            }
            past = pastKey.length();
            k = k.after(call, pastKey);
            v = v.after(call, pastValue);
        }
        Shape scores = call.shape(q.batch(), q.heads(), q.length(), k.length());
        call.spend((long) q.batch() * q.heads() + (long) scores.size() * (q.size() + v.size() + 8));
        Formula f = new Formula(call.arithmetic());
        Numbers bias = Bias.of(call, scores, past);
        Numbers products = products(call, f, q, k);
        Numbers capped = capped(call, f, products);
        Numbers biased = f.plus(capped, bias);
        Numbers shares = shares(call, biased, bias, k.length());
        Heads y = weighted(call, shares, q, v);
        Numbers shown =
                switch ((int) call.attributes().integer("qk_matmul_output_mode")) {
                    case 0 -> products;
                    case 1 -> capped;
                    case 2 -> biased;
                    case 3 -> shares;
                    default -> throw call.refusal("qk_matmul_output_mode is none of 0 to 3");
                };
        return List.of(
                rank == 4 ? y.value() : y.joined(call),
                k.value(),
                v.value(),
                Value.of(call.input(0).type(), scores, shown));
    }

    private static void check(Call call, int rank, Heads q, Heads k, Heads v) {
        if (call.input(1).shape().rank() != rank || call.input(2).shape().rank() != rank) {
            throw call.refusal("Q, K and V have unequal ranks");
        }
        boolean headsGiven =
                call.attributes().has("q_num_heads") || call.attributes().has("kv_num_heads");
        if (rank == 4 && headsGiven && call.opset() >= 25) {
            throw call.refusal("a number of heads is given for inputs of rank 4");
        }
        if (k.batch() != q.batch() || v.batch() != q.batch() || k.size() != q.size()) {
            throw call.refusal("batch or head sizes of Q, K and V do not fit");
        }
        if (v.heads() != k.heads() || v.length() != k.length() || k.heads() == 0 || q.heads() % k.heads() != 0) {
            throw call.refusal("heads or lengths of Q, K and V do not fit");
        }
        if (call.has(4) != call.has(5) || call.has(4) && call.has(6)) {
            throw call.refusal("past_key and past_value go together, and not with nonpad_kv_seqlen");
        }
    }

    private static Numbers products(Call call, Formula f, Heads q, Heads k) {
        double scale = call.attributes().has("scale")
                ? call.attributes().real("scale")
                : 1 / StrictMath.sqrt(Math.max(1, q.size()));
        if (!(scale >= 0)) {
            throw call.refusal("scale is " + scale + ", its square root is needed");
        }
        Numbers root = f.of(Unary.STORED, f.of(Unary.SQRT, f.arithmetic().constant(scale, 1)));
        Numbers queries = scaled(f, q, root);
        Numbers keys = scaled(f, k, root);
        List<Numbers> products = new ArrayList<>(List.of(f.arithmetic().constant(0, 0)));
        for (int b = 0; b < q.batch(); b++) {
            for (int head = 0; head < q.heads(); head++) {
                int from = k.at(b, head / (q.heads() / k.heads()));
                products.add(f.arithmetic()
                        .dots(
                                Matrix.rowMajor(queries, q.at(b, head), q.length(), q.size()),
                                new Matrix(
                                        keys,
                                        from,
                                        /* rows= */ k.size(),
                                        /* columns= */ k.length(),
                                        1,
                                        k.size(),
                                        new BitSet()),
                                f.arithmetic().constant(0, 0)));
            }
        }
        return Numbers.join(products);
    }

    private static Numbers scaled(Formula f, Heads x, Numbers root) {
        return f.times(x.value().numbers(), root.gather(new int[x.value().size()]));
    }

    private static Numbers capped(Call call, Formula f, Numbers scores) {
        double cap = call.attributes().real("softcap");
        if (!(cap >= 0)) {
            throw call.refusal("softcap is " + cap);
        }
        return cap == 0 ? scores : f.times(f.tanh(f.over(scores, cap)), cap);
    }

    /** The softmax of each row, or zeros where its bias forbids every key. */
    private static Numbers shares(Call call, Numbers scores, Numbers bias, int keys) {
        if (scores.size() == 0) {
            return scores;
        }
        ElementType type = call.input(0).type();
        ElementType precision = precision(call);
        Arithmetic arithmetic = call.arithmetic(precision);
        Formula f = new Formula(arithmetic);
        Numbers x = precision == type ? scores : f.of(Unary.STORED, scores);
        int[] runs = Arithmetic.equalRuns(scores.size() / keys, keys);
        int[] identity = new int[scores.size()];
        int[] row = new int[scores.size()];
        Arrays.setAll(identity, i -> i);
        Arrays.setAll(row, i -> i / keys);
        int[] largest = Extremes.places(arithmetic, Relation.GREATER, x, identity, runs);
        Numbers maxima = ((Reals) x.gather(largest)).withoutErrors();
        Numbers powers = f.of(Unary.EXP, f.minus(x, maxima.gather(row)));
        Numbers shares = f.over(powers, arithmetic.sums(powers, runs).gather(row));
        if (precision != type) {
            shares = call.arithmetic().unary(Unary.STORED, shares);
        }
        return Formula.where(forbidden((Reals) bias, keys), arithmetic.constant(0, scores.size()), shares);
    }

    private static ElementType precision(Call call) {
        if (!call.attributes().has("softmax_precision")) {
            return call.input(0).type();
        }
        long number = call.attributes().integer("softmax_precision");
        return Types.FLOAT.stream()
                .filter(type -> type.onnx() == number)
                .findFirst()
                .orElseThrow(() -> call.refusal("softmax_precision " + number + " is no floating-point type"));
    }

    private static boolean[] forbidden(Reals bias, int keys) {
        boolean[] forbidden = new boolean[bias.size()];
        for (int from = 0; from < forbidden.length; from += keys) {
            boolean all = true;
            for (int i = from; i < from + keys; i++) {
                all &= bias.hi(i) == Double.NEGATIVE_INFINITY;
            }
            Arrays.fill(forbidden, from, from + keys, all);
        }
        return forbidden;
    }

    private static Heads weighted(Call call, Numbers shares, Heads q, Heads v) {
        Arithmetic arithmetic = call.arithmetic();
        Numbers values = v.value().numbers();
        List<Numbers> sums = new ArrayList<>(List.of(arithmetic.constant(0, 0)));
        int rows = q.length() * v.length();
        for (int b = 0; b < q.batch(); b++) {
            for (int head = 0; head < q.heads(); head++) {
                int from = v.at(b, head / (q.heads() / v.heads()));
                sums.add(arithmetic.dots(
                        Matrix.rowMajor(shares, (b * q.heads() + head) * rows, q.length(), v.length()),
                        Matrix.rowMajor(values, from, v.length(), v.size()),
                        arithmetic.constant(0, 0)));
            }
        }
        Shape shape = call.shape(q.batch(), q.heads(), q.length(), v.size());
        Value y = Value.of(call.input(0).type(), shape, Numbers.join(sums));
        return new Heads(q.batch(), q.heads(), q.length(), v.size(), y);
    }
}
