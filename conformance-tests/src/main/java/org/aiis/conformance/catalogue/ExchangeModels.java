package org.aiis.conformance.catalogue;

import java.util.List;
import java.util.Map;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Stimulus;

/** Small valid models that exchange, robustness and evidence cases are made from. All give whole numbers, without rounding. */
final class ExchangeModels {
    static final ElementType F = ElementType.FLOAT32;

    private ExchangeModels() {}

    /** y = a + b over [2, 3]. */
    static ModelBuilder sum(int opset) {
        return new ModelBuilder(opset)
                .input("a", F, 2, 3)
                .input("b", F, 2, 3)
                .output("y", F, 2, 3)
                .node("Add", List.of("a", "b"), List.of("y"));
    }

    /** y = relu(x) over [n, 3], n left open. */
    static ModelBuilder open() {
        return new ModelBuilder(17)
                .input("x", F, "n", 3)
                .output("y", F, "n", 3)
                .node("Relu", List.of("x"), List.of("y"));
    }

    /** y = x · w + b over [2, 3], w [3, 2] and b [2] stored in the model. */
    static ModelBuilder affine() {
        return new ModelBuilder(17)
                .input("x", F, 2, 3)
                .output("y", F, 2, 2)
                .initializer("w", Tensor.ofFloats(Shape.of(3, 2), 1, -1, 2, 0, 0, 3))
                .initializer("b", Tensor.ofFloats(Shape.of(2), 10, 20))
                .node("MatMul", List.of("x", "w"), List.of("m"))
                .node("Add", List.of("m", "b"), List.of("y"));
    }

    static Tensor counting(int first, int... dims) {
        Tensor.Builder tensor = new Tensor.Builder(F, Shape.of(dims));
        for (int i = 0; i < Shape.of(dims).size(); i++) {
            tensor.setReal(i, first + i);
        }
        return tensor.build();
    }

    static Map<String, Tensor> sumInputs() {
        return Map.of("a", counting(1, 2, 3), "b", counting(10, 2, 3));
    }

    /** 1 + 10, 2 + 11, … */
    static Tensor sumOutput() {
        return Tensor.ofFloats(Shape.of(2, 3), 11, 13, 15, 17, 19, 21);
    }

    static Stimulus.ModelRun sumRun() {
        return new Stimulus.ModelRun(sum(17).build(), sumInputs());
    }

    static Bytes cut(Bytes model, int length) {
        return Bytes.own(java.util.Arrays.copyOf(model.toArray(), length));
    }
}
