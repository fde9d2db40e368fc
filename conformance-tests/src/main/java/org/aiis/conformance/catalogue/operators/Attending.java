package org.aiis.conformance.catalogue.operators;

import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Attention and RotaryEmbedding. */
final class Attending {
    private Attending() {}

    static List<Declaration> declarations() {
        return List.of(windows(outputs(caches(masks(attention())))), rotary());
    }

    private static Declaration attention() {
        return Declaration.of("Attention", s -> heads(s, 2, 3, 3, 4, 6))
                .families(Family.UNIFORM)
                .value("long", s -> heads(s, 1, 2, 2, 5, 67))
                .value("spread", s -> s.node().feed(s.tensor(1, 2, 5, 16), s.tensor(1, 2, 9, 16), s.tensor(1, 2, 9, 7)))
                .shape("groups", s -> heads(s, 2, 6, 2, 4, 5))
                .shape("one-kv-head", s -> heads(s, 2, 3, 1, 4, 5))
                .shape("rank-3", s -> flat(s, 3, 3))
                .shape("rank-3-groups", s -> flat(s, 6, 2))
                .shape("scale", s -> heads(s, 2, 3, 3, 4, 6).with(Attribute.of("scale", 0.5625f)))
                .shape("softcap", s -> heads(s, 2, 3, 3, 4, 6).with(Attribute.of("softcap", 1.5f)))
                .shape("softcap-0", s -> heads(s, 2, 3, 3, 4, 6).with(Attribute.of("softcap", 0f)))
                .shape("precision-float32", s -> heads(s, 2, 3, 3, 4, 6)
                        .with(Attribute.of("softmax_precision", (long) ElementType.FLOAT32.onnx())))
                .shape("size-1", s -> heads(s, 1, 1, 1, 1, 1))
                .shape("dynamic", s -> heads(s, 2, 3, 3, 4, 6).dynamic())
                .special("nan", s -> s.node()
                        .feed(Products.holding(s, Double.NaN, 1, 2, 3, 16), s.between(-1, 1, 1, 2, 5, 16))
                        .feed(s.between(-1, 1, 1, 2, 5, 4)))
                // Columns of V do not meet, so that each special value has one of its own.
                .special("values", s -> s.node()
                        .feed(s.between(-1, 1, 1, 2, 3, 16), s.between(-1, 1, 1, 2, 5, 16))
                        .feed(specials(s)))
                .special("scores-zero", s -> s.node()
                        .feed(Tensor.ofReals(
                                s.type(),
                                Shape.of(1, 1, 1, 3),
                                0,
                                -0.0,
                                s.type().format().smallestSubnormal()))
                        .feed(s.between(-1, 1, 1, 1, 5, 3), s.between(-1, 1, 1, 1, 5, 4)))
                .reject(
                        "softmax-precision",
                        n -> n.with(Attribute.of("softmax_precision", (long) ElementType.INT64.onnx())))
                .reject("key-size", n -> n.replacing(1, Products.zeros(n, 2, 3, 6, 7)))
                .reject("value-length", n -> n.replacing(2, Products.zeros(n, 2, 3, 5, 7)))
                .reject("heads-not-divisible", n -> n.replacing(1, Products.zeros(n, 2, 2, 6, 16))
                        .replacing(2, Products.zeros(n, 2, 2, 6, 7)))
                .reject("value-missing", OneNode::shortened)
                .reject("rank-3-without-heads", s -> flat(s, 3, 3), n -> n.without("q_num_heads"));
    }

    private static Declaration masks(Declaration declaration) {
        return declaration
                .shape("causal", s -> heads(s, 2, 3, 3, 6, 6).with(Attribute.of("is_causal", 1L)))
                .shape("causal-0", s -> heads(s, 2, 3, 3, 6, 6).with(Attribute.of("is_causal", 0L)))
                .shape("causal-cross", s -> heads(s, 2, 3, 3, 4, 6).with(Attribute.of("is_causal", 1L)))
                .shape("mask-2", s -> heads(s, 2, 3, 3, 4, 6).feed(s.between(-2, 2, 4, 6)))
                .shape("mask-3", s -> heads(s, 2, 3, 3, 4, 6).feed(s.between(-2, 2, 3, 4, 6)))
                .shape("mask-4", s -> heads(s, 2, 3, 3, 4, 6).feed(s.between(-2, 2, 2, 3, 4, 6)))
                .shape("mask-4-broadcast", s -> heads(s, 2, 3, 3, 4, 6).feed(s.between(-2, 2, 2, 1, 1, 6)))
                .shape("mask-causal", s -> heads(s, 2, 3, 3, 6, 6)
                        .feed(s.between(-2, 2, 6, 6))
                        .with(Attribute.of("is_causal", 1L)))
                .shape("mask-bool", s -> heads(s, 2, 3, 3, 4, 6).feed(bools(s, 4, 6)))
                .shape("mask-bool-4", s -> heads(s, 2, 3, 3, 4, 6).feed(bools(s, 2, 3, 4, 6)))
                .shape(
                        "mask-bool-causal",
                        s -> heads(s, 2, 3, 3, 6, 6).feed(bools(s, 6, 6)).with(Attribute.of("is_causal", 1L)))
                .shape("mask-softcap", s -> heads(s, 2, 3, 3, 4, 6)
                        .feed(s.between(-2, 2, 4, 6))
                        .with(Attribute.of("softcap", 1.5f)))
                .shape("mask-short", Declaration.since(24), s -> heads(s, 2, 3, 3, 4, 6)
                        .feed(s.between(-2, 2, 4, 5)))
                .special("mask-minus-infinity", s -> heads(s, 1, 2, 2, 3, 5)
                        .feed(Products.holding(s, Double.NEGATIVE_INFINITY, 3, 5)))
                .special("row-all-masked", s -> heads(s, 1, 2, 2, 3, 5)
                        .feed(Tensor.ofLongs(
                                ElementType.BOOL, Shape.of(3, 5), 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1)))
                .reject(
                        "mask-shape",
                        s -> heads(s, 2, 3, 3, 4, 6).feed(s.between(-2, 2, 4, 6)),
                        n -> n.replacing(3, Products.zeros(n, 3, 6)));
    }

    private static Declaration caches(Declaration declaration) {
        return declaration
                .shape("past", Attending::past)
                .shape("past-causal", s -> past(s).with(Attribute.of("is_causal", 1L)))
                .shape("past-groups", s -> s.node()
                        .feed(s.between(-1, 1, 2, 6, 1, 16), s.between(-1, 1, 2, 2, 1, 16))
                        .feed(s.between(-1, 1, 2, 2, 1, 7))
                        .omit()
                        .feed(s.between(-1, 1, 2, 2, 5, 16), s.between(-1, 1, 2, 2, 5, 7))
                        .giving(s.type(), s.type(), s.type()))
                .shape("past-rank-3", s -> flat(s, 3, 3)
                        .omit()
                        .feed(s.between(-1, 1, 2, 3, 5, 16), s.between(-1, 1, 2, 3, 5, 7))
                        .giving(s.type(), s.type(), s.type()))
                .shape("past-mask", s -> heads(s, 2, 3, 3, 4, 2)
                        .feed(s.between(-2, 2, 4, 7))
                        .feed(s.between(-1, 1, 2, 3, 5, 16), s.between(-1, 1, 2, 3, 5, 7))
                        .giving(s.type(), s.type(), s.type()))
                .shape("nonpad", Declaration.since(24), s -> nonpad(s, 4, 6))
                .shape("nonpad-causal", Declaration.since(24), s -> nonpad(s, 4, 6)
                        .with(Attribute.of("is_causal", 1L)))
                .reject("past-value-missing", Attending::past, n -> n.shortened()
                        .giving(n.outputs().get(0)));
    }

    private static Declaration outputs(Declaration declaration) {
        Declaration all = declaration;
        for (long mode = 0; mode < 4; mode++) {
            long number = mode;
            all = all.shape("qk-output-" + mode, s -> past(s).replacing(3, s.between(-2, 2, 4, 11))
                    .with(Attribute.of("qk_matmul_output_mode", number), Attribute.of("softcap", 1.5f))
                    .giving(s.type(), s.type(), s.type(), s.type()));
        }
        return all.shape("qk-output-left-out", s -> past(s).giving(s.type(), s.type(), s.type(), s.type()))
                .reject(
                        "qk-output-mode",
                        s -> past(s).with(Attribute.of("qk_matmul_output_mode", 1L))
                                .giving(s.type(), s.type(), s.type(), s.type()),
                        n -> n.with(Attribute.of("qk_matmul_output_mode", 4L)));
    }

    private static Declaration windows(Declaration declaration) {
        return declaration
                .shape("window-left", Declaration.since(25), s -> heads(s, 2, 3, 3, 6, 6)
                        .with(Attribute.of("left_window_size", 2L)))
                .shape("window-both", Declaration.since(25), s -> heads(s, 2, 3, 3, 6, 6)
                        .with(Attribute.of("left_window_size", 2L), Attribute.of("right_window_size", 1L)))
                .shape("window-causal", Declaration.since(25), s -> past(s).with(
                                Attribute.of("left_window_size", 3L), Attribute.of("is_causal", 1L)))
                .shape("window-open", Declaration.since(25), s -> heads(s, 2, 3, 3, 6, 6)
                        .with(Attribute.of("left_window_size", -1L), Attribute.of("right_window_size", -1L)))
                .shape("window-0", Declaration.since(25), s -> heads(s, 2, 3, 3, 6, 6)
                        .with(Attribute.of("left_window_size", 0L), Attribute.of("right_window_size", 0L)))
                .shape("window-largest", Declaration.since(25), s -> heads(s, 2, 3, 3, 6, 6)
                        .with(
                                Attribute.of("left_window_size", (long) Integer.MAX_VALUE),
                                Attribute.of("right_window_size", (long) Integer.MAX_VALUE)));
    }

    /** Of seven columns the first five begin with +∞, the largest number, a subnormal one, +0 and −0. */
    private static Tensor specials(Setting s) {
        double[] first = {
            Double.POSITIVE_INFINITY,
            s.type().format().largestFinite(),
            s.type().format().smallestSubnormal(),
            0.0,
            -0.0
        };
        Tensor drawn = s.between(-1, 1, 1, 2, 5, 7);
        Tensor.Builder tensor = new Tensor.Builder(s.type(), drawn.shape());
        for (int i = 0; i < drawn.size(); i++) {
            tensor.setReal(i, i < first.length ? first[i] : drawn.real(i));
        }
        return tensor.build();
    }

    private static Tensor bools(Setting s, int... dims) {
        Tensor random = s.integers(ElementType.BOOL, 0, 1, dims);
        Tensor.Builder mask = new Tensor.Builder(ElementType.BOOL, random.shape());
        int keys = dims[dims.length - 1];
        for (int i = 0; i < random.size(); i++) {
            // The first key stays: a row without any is a case of its own.
            mask.setBits(i, i % keys == 0 ? 1 : random.integer(i));
        }
        return mask.build();
    }

    /** Of size 16: the root of the scale 1/√16 is exact, so that it does not matter in which type it is calculated. */
    private static OneNode heads(Setting s, int batch, int q, int kv, int queries, int keys) {
        return s.node()
                .feed(s.between(-1, 1, batch, q, queries, 16))
                .feed(s.between(-1, 1, batch, kv, keys, 16), s.between(-1, 1, batch, kv, keys, 7));
    }

    private static OneNode flat(Setting s, int q, int kv) {
        return s.node()
                .feed(s.between(-1, 1, 2, 4, q * 16), s.between(-1, 1, 2, 6, kv * 16))
                .feed(s.between(-1, 1, 2, 6, kv * 7))
                .with(Attribute.of("q_num_heads", (long) q), Attribute.of("kv_num_heads", (long) kv));
    }

    private static OneNode past(Setting s) {
        return heads(s, 2, 3, 3, 4, 6)
                .feed(s.between(-2, 2, 4, 11))
                .feed(s.between(-1, 1, 2, 3, 5, 16), s.between(-1, 1, 2, 3, 5, 7))
                .giving(s.type(), s.type(), s.type());
    }

    private static OneNode nonpad(Setting s, int queries, int keys) {
        return heads(s, 2, 3, 3, queries, keys).omit().omit().omit().feed(Setting.longs(4, 6));
    }

    private static Declaration rotary() {
        return Declaration.of("RotaryEmbedding", s -> turned(s, 8).feed(positions(s)))
                .families(Family.UNIFORM, Family.SMALL, Family.NEAR_ONE, Family.TIES)
                .shape("rank-3", s -> s.node()
                        .feed(s.tensor(2, 5, 24), s.between(-1, 1, 11, 4), s.between(-1, 1, 11, 4))
                        .feed(positions(s))
                        .with(Attribute.of("num_heads", 3L)))
                .shape("interleaved", s -> turned(s, 8).feed(positions(s)).with(Attribute.of("interleaved", 1L)))
                .shape("interleaved-0", s -> turned(s, 8).feed(positions(s)).with(Attribute.of("interleaved", 0L)))
                .shape("part", s -> turned(s, 4).feed(positions(s)).with(Attribute.of("rotary_embedding_dim", 4L)))
                .shape("part-interleaved", s -> turned(s, 4)
                        .feed(positions(s))
                        .with(Attribute.of("rotary_embedding_dim", 4L), Attribute.of("interleaved", 1L)))
                .shape("part-0", s -> turned(s, 8).feed(positions(s)).with(Attribute.of("rotary_embedding_dim", 0L)))
                .shape("no-positions", s -> s.node()
                        .feed(s.tensor(2, 3, 5, 8), s.between(-1, 1, 2, 5, 4), s.between(-1, 1, 2, 5, 4)))
                .shape("no-positions-rank-3", s -> s.node()
                        .feed(s.tensor(2, 5, 24), s.between(-1, 1, 2, 5, 4), s.between(-1, 1, 2, 5, 4))
                        .with(Attribute.of("num_heads", 3L)))
                .shape("one-token", s -> s.node()
                        .feed(s.tensor(1, 3, 1, 6), s.between(-1, 1, 7, 3), s.between(-1, 1, 7, 3))
                        .feed(Tensor.ofLongs(ElementType.INT64, Shape.of(1, 1), 6)))
                .shape("dynamic", s -> turned(s, 8).feed(positions(s)).dynamic())
                .special("nan", s -> s.node()
                        .feed(Products.holding(s, Double.NaN, 2, 3, 5, 8))
                        .feed(s.between(-1, 1, 11, 4), s.between(-1, 1, 11, 4), positions(s)))
                .reject("cache-width", n -> n.replacing(1, Products.zeros(n, 11, 3)))
                .reject(
                        "position-out-of-range",
                        n -> n.replacing(
                                3, Tensor.ofLongs(ElementType.INT64, Shape.of(2, 5), 0, 1, 2, 3, 4, 5, 6, 7, 8, 11)))
                .reject("sine-missing", n -> n.shortened().shortened());
    }

    private static OneNode turned(Setting s, int width) {
        return s.node().feed(s.tensor(2, 3, 5, 8), s.between(-1, 1, 11, width / 2), s.between(-1, 1, 11, width / 2));
    }

    private static Tensor positions(Setting s) {
        return s.integers(ElementType.INT64, 0, 10, 2, 5);
    }
}
