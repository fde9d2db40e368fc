package org.aiis.reference.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.junit.jupiter.api.Test;

/** 1 · 1 at scale 1/2 is a tie: the text of QLinearMatMul sends it to the even neighbour, that of QLinearConv says nothing. */
class QuantisedTiesTest {
    private static final List<String> READS = List.of("x", "xs", "xz", "w", "ws", "wz", "ys", "yz");

    @Test
    void aTieOfQLinearMatMulIsExact() {
        Reference.Value y = y("QLinearMatMul", Shape.of(1, 1));
        assertThat(y.real(0)).isEqualTo(0.5);
        assertThat(y.rounded().integer(0)).isZero();
        assertThat(y.sigma(0)).isZero();
    }

    @Test
    void eitherSideOfATieOfQLinearConvIsRightAndNothingFurtherAway() {
        Reference.Value y = y("QLinearConv", Shape.of(1, 1, 1));
        assertThat(y.real(0)).isEqualTo(0.5);
        assertThat(y.sigma(0)).isPositive().isLessThan(1e-9);
    }

    private static Reference.Value y(String operator, Shape shape) {
        Map<String, Tensor> inputs = new TreeMap<>();
        ModelBuilder model = new ModelBuilder(17);
        for (String name : READS) {
            Tensor tensor = name.endsWith("s")
                    ? Tensor.ofFloats(Shape.SCALAR, name.equals("ys") ? 2 : 1)
                    : Tensor.ofLongs(
                            ElementType.UINT8, name.endsWith("z") ? Shape.SCALAR : shape, name.endsWith("z") ? 0 : 1);
            inputs.put(name, tensor);
            model.input(name, tensor);
        }
        Object[] extents = new Object[shape.rank()];
        Arrays.fill(extents, 1);
        model.output("y", ElementType.UINT8, extents).node(operator, READS, List.of("y"));
        return Objects.requireNonNull(
                new Evaluator().evaluate(model.build(), inputs).outputs().get("y"));
    }
}
