package org.aiis.conformance.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Stimulus;

/** Chains that compiling providers fuse, with weights in the model, from a size and a seed. Opset 20, where Gelu begins. */
enum ChainModels {
    /** relu(batch_norm(conv(x))) */
    CONV_BATCHNORM_RELU {
        @Override
        void build(Chain c, int n) {
            c.input(1, n, 7, 6).conv(n, n + 1).batchNorm(n + 1).node("Relu");
        }
    },
    /** gelu(x·w + b) */
    MATMUL_ADD_GELU {
        @Override
        void build(Chain c, int n) {
            c.input(5, 4 * n).affine(4 * n, 3 * n).node("Gelu");
        }
    },
    /** relu(x·w + b) */
    MATMUL_ADD_RELU {
        @Override
        void build(Chain c, int n) {
            c.input(5, 4 * n).affine(4 * n, 3 * n).node("Relu");
        }
    },
    /** layer_norm(x + b) */
    ADD_LAYERNORM {
        @Override
        void build(Chain c, int n) {
            c.input(5, 8 * n).with("Add", 8 * n).layerNorm(8 * n);
        }
    },
    /** x·a + b, elementwise */
    MUL_ADD {
        @Override
        void build(Chain c, int n) {
            c.input(5, 8 * n).with("Mul", 8 * n).with("Add", 8 * n);
        }
    },
    /** softmax(gemm(x)) */
    GEMM_SOFTMAX {
        @Override
        void build(Chain c, int n) {
            c.input(5, 4 * n).gemm(4 * n, 7).node("Softmax");
        }
    },
    /** Three affine layers with Relu between. */
    PERCEPTRON {
        @Override
        void build(Chain c, int n) {
            c.input(5, 3 * n)
                    .affine(3 * n, 4 * n)
                    .node("Relu")
                    .affine(4 * n, 4 * n)
                    .node("Relu")
                    .affine(4 * n, 3);
        }
    },
    /** relu(x + conv(relu(conv(x)))) */
    RESIDUAL {
        @Override
        void build(Chain c, int n) {
            c.input(1, n, 6, 5).conv(n, n).node("Relu").conv(n, n).plusInput().node("Relu");
        }
    };

    abstract void build(Chain chain, int size);

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The chain with x fed; its first extent is a name where {@code dynamic}. */
    Stimulus.ModelRun run(Seeded seeded, int size, boolean dynamic) {
        Chain chain = new Chain(seeded, dynamic);
        build(chain, size);
        return chain.run();
    }

    /** A model under construction: each step takes the value that the last one gave. */
    static final class Chain {
        private static final ElementType F = ElementType.FLOAT32;
        private final ModelBuilder model = new ModelBuilder(20);
        private final Seeded seeded;
        private final boolean dynamic;
        private final Map<String, Tensor> inputs = new TreeMap<>();
        private String last = "x";
        private int made;

        private Chain(Seeded seeded, boolean dynamic) {
            this.seeded = seeded;
            this.dynamic = dynamic;
        }

        Chain input(int... dims) {
            List<Object> extents = new ArrayList<>();
            for (int dim : dims) {
                extents.add(dynamic && extents.isEmpty() ? "n" : dim);
            }
            model.input("x", F, extents.toArray());
            inputs.put("x", random(-2, 2, dims));
            return this;
        }

        Chain node(String operator, AttributeProto... attributes) {
            return node(operator, List.of(last), attributes);
        }

        Chain with(String operator, int... weight) {
            return node(operator, List.of(last, weight(-2, 2, weight)));
        }

        Chain affine(int in, int out) {
            return with("MatMul", in, out).with("Add", out);
        }

        Chain gemm(int in, int out) {
            return node("Gemm", List.of(last, weight(-1, 1, in, out), weight(-1, 1, out)));
        }

        Chain conv(int in, int out) {
            return node(
                    "Conv",
                    List.of(last, weight(-1, 1, out, in, 3, 3), weight(-1, 1, out)),
                    Attribute.ints("pads", 1, 1, 1, 1));
        }

        Chain batchNorm(int channels) {
            return node(
                    "BatchNormalization",
                    List.of(
                            last,
                            weight(-2, 2, channels),
                            weight(-1, 1, channels),
                            weight(-1, 1, channels),
                            weight(0.5, 2, channels)));
        }

        Chain layerNorm(int width) {
            return node("LayerNormalization", List.of(last, weight(-2, 2, width), weight(-1, 1, width)));
        }

        Chain plusInput() {
            return node("Add", List.of(last, "x"));
        }

        private Chain node(String operator, List<String> operands, AttributeProto... attributes) {
            String result = "v" + made++;
            model.node(operator, operands, List.of(result), attributes);
            last = result;
            return this;
        }

        private String weight(double low, double high, int... dims) {
            String name = "w" + made++;
            model.initializer(name, random(low, high, dims));
            return name;
        }

        private Tensor random(double low, double high, int... dims) {
            return Draws.uniform(seeded, low, high, dims);
        }

        private Stimulus.ModelRun run() {
            return new Stimulus.ModelRun(model.openOutput(last, F).build(), inputs);
        }
    }
}
