package org.aiis.conformance.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Tiny models and telling tensors. */
final class Samples {
    /** Identity takes all types and Add all numeric ones from here on (bfloat16: 13, the small integers: 14). */
    private static final int OPSET = 14;

    /** The types of spec/worker-protocol.md, "Values in headers". */
    static final List<ElementType> TYPES = List.of(
            ElementType.FLOAT32,
            ElementType.UINT8,
            ElementType.INT8,
            ElementType.UINT16,
            ElementType.INT16,
            ElementType.INT32,
            ElementType.INT64,
            ElementType.STRING,
            ElementType.BOOL,
            ElementType.FLOAT16,
            ElementType.FLOAT64,
            ElementType.UINT32,
            ElementType.UINT64,
            ElementType.BFLOAT16);

    /** A scalar, a row, a matrix, two empty ones, and one of high rank. */
    static final List<Shape> SHAPES = List.of(
            Shape.SCALAR, Shape.of(3), Shape.of(2, 3), Shape.of(0), Shape.of(2, 0, 3), Shape.of(1, 2, 1, 3, 1, 1));

    private static final List<String> STRINGS =
            List.of("", "a", "é", "a\u0000b", "\u0000", "日本語", "\uD83D\uDE00 \uFFFF", "\"\\\n", "x".repeat(70_000));

    /** What truncation, sign, byte order and a detour over binary64 would change. */
    private static final List<Long> PATTERNS =
            List.of(0L, 1L, -1L, 0x0123456789ABCDEFL, 0x8000000000000001L, 0x4142434445464748L, 0x7FFFFFFFFFFFFFFEL);

    private Samples() {}

    /** Elements that show a wrong byte order, sign or width. */
    static Tensor telling(ElementType type, Shape shape) {
        if (type == ElementType.STRING) {
            return Tensor.ofStrings(
                    shape,
                    IntStream.range(0, shape.size())
                            .mapToObj(i -> STRINGS.get((i + 2) % 3))
                            .toList());
        }
        Tensor.Builder builder = new Tensor.Builder(type, shape);
        for (int i = 0; i < shape.size(); i++) {
            if (type == ElementType.BOOL) {
                builder.setBits(i, i % 2);
            } else if (type.isFloat()) {
                builder.setReal(
                        i,
                        List.of(1.5, -0.25, 3.0, -0.0, Double.POSITIVE_INFINITY, 1e-3)
                                .get(i % 6));
            } else {
                builder.setBits(i, PATTERNS.get((i + 3) % PATTERNS.size()) >> 64 - type.bits());
            }
        }
        return builder.build();
    }

    static Tensor strings() {
        return Tensor.ofStrings(Shape.of(STRINGS.size()), STRINGS);
    }

    /** Small whole numbers, whose sum every numeric type holds. */
    static Tensor counting(ElementType type, int from, int count) {
        double[] reals = IntStream.range(0, count).mapToDouble(i -> from + i).toArray();
        long[] integers = IntStream.range(0, count).mapToLong(i -> from + i).toArray();
        return type.isFloat()
                ? Tensor.ofReals(type, Shape.of(count), reals)
                : Tensor.ofLongs(type, Shape.of(count), integers);
    }

    static Bytes identity(Tensor like) {
        return identity("x", "y", like);
    }

    static Bytes identity(String input, String output, Tensor like) {
        return new ModelBuilder(OPSET)
                .input(input, like)
                .node("Identity", List.of(input), List.of(output))
                .output(output, like.type(), extents(like))
                .build();
    }

    /** x to y and z, both the same. */
    static Bytes twice(Tensor like) {
        return new ModelBuilder(OPSET)
                .input("x", like)
                .node("Identity", List.of("x"), List.of("y"))
                .node("Identity", List.of("x"), List.of("z"))
                .output("y", like.type(), extents(like))
                .output("z", like.type(), extents(like))
                .build();
    }

    /** a + b = y. */
    static Bytes add(Tensor like) {
        return new ModelBuilder(OPSET)
                .input("a", like)
                .input("b", like)
                .node("Add", List.of("a", "b"), List.of("y"))
                .output("y", like.type(), extents(like))
                .build();
    }

    /** x + weights = y, with so many weights that a model that is not freed shows. */
    static Bytes weighty(int weights) {
        Tensor initializer = Tensor.ofReals(ElementType.FLOAT32, Shape.of(weights), new double[weights]);
        return new ModelBuilder(OPSET)
                .input("x", ElementType.FLOAT32, 1)
                .initializer("w", initializer)
                .node("Add", List.of("x", "w"), List.of("y"))
                .output("y", ElementType.FLOAT32, weights)
                .build();
    }

    private static Object[] extents(Tensor like) {
        List<Object> extents = new ArrayList<>(like.shape().dims());
        return extents.toArray();
    }

    static Map<String, Tensor> x(Tensor value) {
        return Map.of("x", value);
    }
}
