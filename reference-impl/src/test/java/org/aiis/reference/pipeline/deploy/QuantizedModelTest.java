package org.aiis.reference.pipeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class QuantizedModelTest {
    private static final ElementType TYPE = ElementType.FLOAT32;
    private static final Tensor X = Tensor.ofReals(TYPE, Shape.of(1, 1, 2, 2), 0.5, -1, 0.25, 1.55);

    /** Two channels of 1 × 1, of very different size, a rectifier, a pooling, and a dense layer of two results. */
    private static Bytes model() {
        Draft draft = new Draft(17, TYPE).input("x", TYPE, "n", 1, 2, 2);
        String kernel = draft.initializer("kernel", Tensor.ofReals(TYPE, Shape.of(2, 1, 1, 1), 1.27, 0.0127));
        String bias = draft.initializer("bias", Tensor.ofReals(TYPE, Shape.of(2), 0.1, 0));
        String seen = draft.op("Relu", draft.op("Conv", "x", kernel, bias));
        AttributeProto[] square = {Attribute.ints("kernel_shape", 2, 2), Attribute.ints("strides", 2, 2)};
        String flat = draft.op("Flatten", draft.op("MaxPool", List.of(seen), square));
        String dense = draft.initializer("dense", Tensor.ofReals(TYPE, Shape.of(2, 2), 1, -0.5, 0.25, 12.7));
        String second = draft.initializer("second", Tensor.ofReals(TYPE, Shape.of(2), 0, 1));
        return draft.output("y", draft.op("Gemm", flat, dense, second), TYPE, "n", 2)
                .build();
    }

    private static Tensor run(Bytes model, String output) {
        return Objects.requireNonNull(Program.load(model).values(Map.of("x", X)).get(output));
    }

    private static Bytes eight() {
        QuantizedModel quantized = QuantizedModel.of(model());
        return quantized.quantized(
                run(quantized.calibration(), "low").reals(),
                run(quantized.calibration(), "high").reals());
    }

    @Test
    void calibrationMeasuresTheInputOfTheConvolutionAndWhatTheRectifierGives() {
        QuantizedModel quantized = QuantizedModel.of(model());
        assertThat(quantized.ranges()).isEqualTo(2);
        assertThat(run(quantized.calibration(), "low").reals()).containsExactly(-1, 0);
        assertThat(run(quantized.calibration(), "high").reals())
                .containsExactly(new double[] {1.55, 1.55 * 1.27 + 0.1}, within(1e-6));
    }

    @Test
    void aRangeHoldsZeroExactlyAndReachesItsEnds() {
        Range range = Range.of(-1, 1.55);
        assertThat(range.scale()).isEqualTo((float) 0.01);
        assertThat(range.zero()).isEqualTo(100);
        assertThat(Range.of(0.5, 2.55)).isEqualTo(new Range((float) 0.01, 0));
        assertThat(Range.of(0, 0)).as("nothing was seen").isEqualTo(new Range(1, 0));
    }

    @Test
    void eachChannelHasItsOwnScale() {
        Tensor weights = Tensor.ofReals(TYPE, Shape.of(2, 2), 1.27, 0, -0.01, 127);
        Channels rows = Channels.of(weights, 0);
        assertThat(rows.scales().reals()).containsExactly((float) 0.01, 1);
        assertThat(rows.quantised().integers()).containsExactly(127, 0, 0, 127);
        Channels columns = Channels.of(weights, 1);
        assertThat(columns.quantised().integers()).containsExactly(127, 0, -1, 127);
    }

    @Test
    void theModelInEightBitsIsOffByStepsOnly() {
        double[] real = run(model(), "y").reals();
        double[] eight = run(eight(), "y").reals();
        // A step of what flows is 2.07 / 255; the second channel of the convolution reaches 0.02 and loses up to half a
        // step.
        assertThat(eight[0]).isEqualTo(real[0], within(0.015)).isNotEqualTo(real[0]);
        assertThat(eight[1]).isEqualTo(real[1], within(12.7 * 2.07 / 255 / 2 + 0.02));
    }

    @Test
    void noFloatWeightIsLeftAndWhatIsPooledKeepsItsScale() {
        var graph = Models.parse(eight()).getGraph();
        assertThat(graph.getInitializerList())
                .extracting(i -> i.getName())
                .doesNotContain("kernel", "bias", "dense", "second");
        assertThat(graph.getInitializerList())
                .filteredOn(i -> i.getDataType() == TYPE.onnx())
                .extracting(i -> i.getName())
                .allMatch(name -> name.endsWith("_scale"));
        List<String> scales = graph.getNodeList().stream()
                .filter(n -> n.getOpType().equals("QuantizeLinear"))
                .map(n -> n.getInput(1))
                .toList();
        assertThat(scales)
                .as("of the input, of the rectifier, of the pooling, of the flattening")
                .hasSize(4);
        assertThat(scales.subList(1, 4)).containsOnly(scales.get(1)).doesNotContain(scales.get(0));
    }
}
