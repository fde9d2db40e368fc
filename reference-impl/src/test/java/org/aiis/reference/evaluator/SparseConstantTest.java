package org.aiis.reference.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.SparseTensorProto;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The attribute sparse_value of Constant. */
class SparseConstantTest {
    private static final Tensor VALUES = Tensor.ofFloats(Shape.of(2), 5, 7);

    private static Tensor constant(Tensor indices) {
        SparseTensorProto sparse = SparseTensorProto.newBuilder()
                .setValues(TensorProtos.write("", VALUES))
                .setIndices(TensorProtos.write("", indices))
                .addDims(2)
                .addDims(3)
                .build();
        AttributeProto attribute = AttributeProto.newBuilder()
                .setName("sparse_value")
                .setType(AttributeProto.AttributeType.SPARSE_TENSOR)
                .setSparseTensor(sparse)
                .build();
        ModelBuilder model = new ModelBuilder(17).node("Constant", List.of(), List.of("y"), attribute);
        return new Evaluator()
                .values(model.openOutput("y", ElementType.FLOAT32).build(), Map.of())
                .get("y");
    }

    @Test
    void placesAreThoseOfTheRowMajorOrder() {
        assertThat(constant(Tensor.ofLongs(ElementType.INT64, Shape.of(2), 1, 5)).reals())
                .containsExactly(0, 5, 0, 0, 0, 7);
    }

    @Test
    void indicesOfRankTwoHaveAnIndexAnAxis() {
        assertThat(constant(Tensor.ofLongs(ElementType.INT64, Shape.of(2, 2), 0, 2, 1, 0))
                        .reals())
                .containsExactly(0, 0, 5, 7, 0, 0);
    }

    @Test
    void anIndexOutsideIsRefused() {
        assertThat(catchThrowableOfType(
                        Oracle.Refusal.class,
                        () -> constant(Tensor.ofLongs(ElementType.INT64, Shape.of(2, 2), 0, 3, 1, 0))))
                .hasMessageContaining("outside");
    }
}
