package org.aiis.conformance.catalogue;

import java.util.List;
import java.util.Map;
import org.aiis.onnx.GraphProto;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Models whose sessions are shared, cancelled, given up. They hold whole numbers, of at most 8 bits where a product reads them,
 * so that no order of summation and no precision mode changes a result.
 */
final class SessionModels {
    private static final ElementType F = ElementType.FLOAT32;
    private static final int WIDTH = 32;

    /** Rows and columns of the weights of {@link #weighty}: 256 KiB. */
    private static final int WEIGHTY = 256;

    /** Extent of the matrices that {@link #rotation} multiplies over and over. */
    private static final int ROTATED = 64;

    private SessionModels() {}

    /** y = relu(x · w) · v over [n, 32], n left open; another model for each word. */
    static Bytes layers(String word) {
        Seeded seeded = Seeded.by(word);
        return new ModelBuilder(17)
                .input("x", F, "n", WIDTH)
                .output("y", F, "n", WIDTH)
                .initializer("w", signs(seeded, WIDTH, WIDTH))
                .initializer("v", signs(seeded, WIDTH, WIDTH))
                .node("MatMul", List.of("x", "w"), List.of("h"))
                .node("Relu", List.of("h"), List.of("r"))
                .node("MatMul", List.of("r", "v"), List.of("y"))
                .build();
    }

    static Tensor rows(String word, int rows) {
        return signs(Seeded.by(word), rows, WIDTH);
    }

    /** y = maxpool(relu(conv(x)) + x) over [1, 4, 12, 12]. */
    static Bytes convolution(String word) {
        return new ModelBuilder(17)
                .input("x", F, 1, 4, 12, 12)
                .output("y", F, 1, 4, 6, 6)
                .initializer("w", signs(Seeded.by(word), 4, 4, 3, 3))
                .node("Conv", List.of("x", "w"), List.of("c"), Attribute.ints("pads", 1, 1, 1, 1))
                .node("Relu", List.of("c"), List.of("r"))
                .node("Add", List.of("r", "x"), List.of("s"))
                .node(
                        "MaxPool",
                        List.of("s"),
                        List.of("y"),
                        Attribute.ints("kernel_shape", 2, 2),
                        Attribute.ints("strides", 2, 2))
                .build();
    }

    static Tensor image(String word) {
        return signs(Seeded.by(word), 1, 4, 12, 12);
    }

    /** y = relu(reshape(x · w, s)), s fed: a reshaping that does not fit fails between two nodes. */
    static Bytes reshaping() {
        return new ModelBuilder(17)
                .input("x", F, "n", WIDTH)
                .input("s", ElementType.INT64, 2)
                .output("y", F, "p", "q")
                .initializer("w", signs(Seeded.by("reshaping"), WIDTH, WIDTH))
                .node("MatMul", List.of("x", "w"), List.of("h"))
                .node("Reshape", List.of("h", "s"), List.of("r"))
                .node("Relu", List.of("r"), List.of("y"))
                .build();
    }

    static Map<String, Tensor> reshaped(String word, int rows, long first, long second) {
        return Map.of("x", rows(word, rows), "s", Tensor.ofLongs(ElementType.INT64, Shape.of(2), first, second));
    }

    /** y = concat(q, relu(q)), q the transpose of a · b: [m, 2n] from [n, k] and [k, m], all left open. */
    static Bytes open() {
        return new ModelBuilder(17)
                .input("a", F, "n", "k")
                .input("b", F, "k", "m")
                .output("y", F, "m", "t")
                .node("MatMul", List.of("a", "b"), List.of("p"))
                .node("Transpose", List.of("p"), List.of("q"), Attribute.ints("perm", 1, 0))
                .node("Relu", List.of("q"), List.of("r"))
                .node("Concat", List.of("q", "r"), List.of("y"), Attribute.of("axis", 1))
                .build();
    }

    static Map<String, Tensor> operands(String word, int n, int k, int m) {
        Seeded seeded = Seeded.by(word);
        return Map.of("a", signs(seeded, n, k), "b", signs(seeded, k, m));
    }

    /** y = relu(gather(w, i)) with 256 KiB of weights. */
    static Bytes weighty() {
        return new ModelBuilder(17)
                .input("i", ElementType.INT64, 4)
                .output("y", F, 4, WEIGHTY)
                .initializer("w", signs(Seeded.by("weighty"), WEIGHTY, WEIGHTY))
                .node("Gather", List.of("w", "i"), List.of("g"))
                .node("Relu", List.of("g"), List.of("y"))
                .build();
    }

    /** Bytes of the weights of {@link #weighty}. */
    static long weight() {
        return 4L * WEIGHTY * WEIGHTY;
    }

    static Map<String, Tensor> chosen() {
        return Map.of("i", Tensor.ofLongs(ElementType.INT64, Shape.of(4), 0, 255, 127, 7));
    }

    /** x times a permutation, m times: a run as long as the caller wants, whose result stays x with its columns exchanged. */
    static Bytes rotation() {
        Tensor.Builder shift = new Tensor.Builder(F, Shape.of(ROTATED, ROTATED));
        for (int i = 0; i < ROTATED; i++) {
            shift.setReal(i * ROTATED + (i + 1) % ROTATED, 1);
        }
        GraphProto body = new ModelBuilder(17)
                .input("i", ElementType.INT64)
                .input("going", ElementType.BOOL)
                .input("carried", F, ROTATED, ROTATED)
                .output("on", ElementType.BOOL)
                .output("shifted", F, ROTATED, ROTATED)
                .node("Identity", List.of("going"), List.of("on"))
                .node("MatMul", List.of("carried", "w"), List.of("shifted"))
                .graph();
        return new ModelBuilder(17)
                .input("m", ElementType.INT64)
                .input("x", F, ROTATED, ROTATED)
                .output("y", F, ROTATED, ROTATED)
                .initializer("w", shift.build())
                .initializer("true", Tensor.ofLongs(ElementType.BOOL, Shape.SCALAR, 1))
                .node("Loop", List.of("m", "true", "x"), List.of("y"), Attribute.of("body", body))
                .build();
    }

    static Map<String, Tensor> rotated(String word, long times) {
        return Map.of(
                "m", Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, times),
                "x", signs(Seeded.by(word), ROTATED, ROTATED));
    }

    /** What the oracle says, as the model's type has it: the one right answer. */
    static Tensor right(Bytes model, Map<String, Tensor> inputs) {
        return java.util.Objects.requireNonNull(
                        new Evaluator().evaluate(model, inputs).outputs().get("y"))
                .rounded();
    }

    /** −1, 0 and 1. */
    private static Tensor signs(Seeded seeded, int... dims) {
        Tensor.Builder tensor = new Tensor.Builder(F, Shape.of(dims));
        for (int i = 0; i < Shape.of(dims).size(); i++) {
            tensor.setReal(i, (double) seeded.integer(-1, 1));
        }
        return tensor.build();
    }
}
