package org.aiis.reference.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Huge and negative numbers in attributes and inputs of image and signal operators end in a refusal. */
class HostileVisionTest {
    private static final Tensor IMAGE = new Tensor.Builder(ElementType.FLOAT32, Shape.of(1, 1, 2, 2)).build();

    private static void refused(String operator, List<Tensor> inputs, AttributeProto... attributes) {
        refused(operator, ElementType.FLOAT32, inputs, attributes);
    }

    private static void refused(
            String operator, ElementType output, List<Tensor> inputs, AttributeProto... attributes) {
        ModelBuilder model = new ModelBuilder(22);
        Map<String, Tensor> given = new TreeMap<>();
        List<String> names = new ArrayList<>();
        for (Tensor input : inputs) {
            names.add("x" + names.size());
            model.input(names.get(names.size() - 1), input);
            given.put(names.get(names.size() - 1), input);
        }
        model.openOutput("y", output).node("", operator, names, List.of("y"), List.of(attributes));
        assertThat(catchThrowableOfType(Oracle.Refusal.class, () -> new Evaluator().evaluate(model.build(), given)))
                .as(operator)
                .isNotNull();
    }

    private static Tensor longs(long... values) {
        return Tensor.ofLongs(ElementType.INT64, Shape.of(values.length), values);
    }

    @Test
    void anImageOfTooManyElements() {
        refused("CenterCropPad", List.of(IMAGE, longs(1, 1, Long.MAX_VALUE, 2)));
        refused("CenterCropPad", List.of(IMAGE, longs(1, 1, -1, 2)));
        refused(
                "MaxUnpool",
                List.of(IMAGE, new Tensor.Builder(ElementType.INT64, Shape.of(1, 1, 2, 2)).build()),
                Attribute.ints("kernel_shape", 1L << 40, 1));
        refused("ConvTranspose", List.of(IMAGE, IMAGE), Attribute.ints("strides", 1L << 26, 1L << 26));
        refused("ConvTranspose", List.of(IMAGE, IMAGE), Attribute.ints("output_shape", 1L << 40, 2));
        refused(
                "AffineGrid",
                List.of(
                        new Tensor.Builder(ElementType.FLOAT32, Shape.of(1, 2, 3)).build(),
                        longs(1, 1, 1L << 20, 1L << 20)));
    }

    @Test
    void aScaleThatIsNoSize() {
        Tensor none = Tensor.ofFloats(Shape.of(0));
        refused("Resize", List.of(IMAGE, none, Tensor.ofFloats(Shape.of(4), 1, 1, Float.NaN, 1)));
        refused("Resize", List.of(IMAGE, none, Tensor.ofFloats(Shape.of(4), 1, 1, Float.POSITIVE_INFINITY, 1)));
        refused("Resize", List.of(IMAGE, none, none, longs(1, 1, -2, 2)));
    }

    @Test
    void moreSamplesThanTheOracleTakes() {
        refused(
                "RoiAlign",
                List.of(IMAGE, Tensor.ofFloats(Shape.of(1, 4), 0, 0, 1, 1), longs(0)),
                Attribute.of("sampling_ratio", 1L << 40));
        refused("RoiAlign", List.of(IMAGE, Tensor.ofFloats(Shape.of(1, 4), 0, 0, 1e30f, 1e30f), longs(0)));
    }

    @Test
    void aBatchIndexOutOfRange() {
        refused(
                "RoiAlign",
                List.of(IMAGE, Tensor.ofFloats(Shape.of(1, 4), 0, 0, 1, 1), longs(1)),
                Attribute.of("sampling_ratio", 1L));
    }

    @Test
    void aBlockOfNoSize() {
        refused("DepthToSpace", List.of(IMAGE), Attribute.of("blocksize", 0L));
        refused("SpaceToDepth", List.of(IMAGE), Attribute.of("blocksize", Long.MIN_VALUE));
    }

    @Test
    void aTransformOfNoLength() {
        Tensor signal = new Tensor.Builder(ElementType.FLOAT32, Shape.of(1, 4, 1)).build();
        refused("DFT", List.of(signal, longs(0)));
        refused("DFT", List.of(signal, longs(Long.MAX_VALUE)));
        refused("STFT", List.of(signal, longs(0)));
    }

    @Test
    void anEncodedImageOfMoreThanTheOracleTakes() {
        byte[] header = "P5 99999 99999 255\n".getBytes(StandardCharsets.US_ASCII);
        refused(
                "ImageDecoder",
                ElementType.UINT8,
                List.of(Tensor.ofBytes(ElementType.UINT8, Shape.of(header.length), header)));
    }

    @Test
    void aWebPImageIsRefusedAndNotTakenForDamage() {
        byte[] header = "RIFF0000WEBP".getBytes(StandardCharsets.US_ASCII);
        refused(
                "ImageDecoder",
                ElementType.UINT8,
                List.of(Tensor.ofBytes(ElementType.UINT8, Shape.of(header.length), header)));
    }
}
