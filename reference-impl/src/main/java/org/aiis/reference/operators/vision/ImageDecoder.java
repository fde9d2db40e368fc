package org.aiis.reference.operators.vision;

import java.util.List;
import java.util.Optional;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * The pixels of an encoded image: encoded_stream [L], image [H, W, C], where C is 3, or 1 for Grayscale. A stream that is
 * damaged, or in no format that ONNX lists, gives [0, 0, 0].
 *
 * <p>BMP, PNG, PNM and TIFF are lossless, hence exact. JPEG, in TIFF too, is what the JDK's decoder gives, whose last bit per sample is free:
 * no case judges it. JPEG 2000 and WebP are refused: the oracle has no decoder for them. Grey is the luma of ITU-R
 * BT.601 (OP-ImageDecoder-D1); an alpha channel is dropped. Source: ONNX operator text of opset 20.
 */
public final class ImageDecoder implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("encoded_stream:uint8 -> image:uint8")
                .words(Attribute.of("pixel_format", "RGB"), "RGB", "BGR", "Grayscale");
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value stream = call.input(0);
        if (stream.shape().rank() != 1) {
            throw call.refusal("encoded_stream has rank " + stream.shape().rank() + ", must have rank 1");
        }
        byte[] bytes = new byte[stream.size()];
        long[] values = stream.longs();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        Optional<Pixels> pixels = Pixels.decode(call, bytes);
        return List.of(Value.of(pixels.map(p -> tensor(p, call.attributes().word("pixel_format")))
                .orElseGet(() -> new Tensor.Builder(ElementType.UINT8, Shape.of(0, 0, 0)).build())));
    }

    private static Tensor tensor(Pixels pixels, String format) {
        int channels = format.equals("Grayscale") ? 1 : 3;
        Shape shape = Shape.of(pixels.height(), pixels.width(), channels);
        Tensor.Builder tensor = new Tensor.Builder(ElementType.UINT8, shape);
        for (int i = 0; i < shape.size(); i++) {
            int rgb = pixels.rgb(i / channels);
            int red = rgb >> 16 & 255;
            int green = rgb >> 8 & 255;
            int blue = rgb & 255;
            tensor.setBits(
                    i,
                    switch (format) {
                        case "RGB" -> rgb >> 16 - 8 * (i % 3) & 255;
                        case "BGR" -> rgb >> 8 * (i % 3) & 255;
                        default -> (299 * red + 587 * green + 114 * blue + 500) / 1000;
                    });
        }
        return tensor.build();
    }
}
