package org.aiis.reference.pipeline.features;

import java.util.List;
import java.util.stream.IntStream;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.reference.pipeline.preprocess.Scaling;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Features of images with fixed weights: scale to [0, 1], convolve 3 × 3 into 8 channels with bias, rectify, take the
 * maximum of each 2 × 2 square, flatten channel by channel.
 *
 * @param kernel float32 {@code [8, 1, 3, 3]}
 * @param bias float32 {@code [8]}
 */
public record ConvolutionalFeatures(Tensor kernel, Tensor bias) {
    static final int SIDE = 28;
    static final int CHANNELS = 8;
    static final int POOLED = (SIDE - 2) / 2;

    /** Length of a feature vector: 8 · 13 · 13. */
    public static final int LENGTH = CHANNELS * POOLED * POOLED;

    /** Weights from a seed: the kernel as Glorot and Bengio start it, biases in ±0.1 so that they show. */
    public static ConvolutionalFeatures of(long seed) {
        SplitMix random = new SplitMix(seed);
        double limit = StrictMath.sqrt(6.0 / (9 + 9 * CHANNELS));
        return new ConvolutionalFeatures(
                filled(Shape.of(CHANNELS, 1, 3, 3), random, limit), filled(Shape.of(CHANNELS), random, 0.1));
    }

    private static Tensor filled(Shape shape, SplitMix random, double limit) {
        Tensor.Builder tensor = new Tensor.Builder(ElementType.FLOAT32, shape);
        for (int i = 0; i < shape.size(); i++) {
            tensor.setReal(i, random.uniform(-limit, limit));
        }
        return tensor.build();
    }

    /** {@code images uint8 [n, 28, 28]} to {@code features float32 [n, 1352]}. */
    public Bytes model() {
        Draft draft = new Draft(17, ElementType.FLOAT32);
        String features = draw(input(draft));
        return draft.output("features", features, ElementType.FLOAT32, "n", LENGTH)
                .build();
    }

    /** Declares the input {@code images}. */
    public static Draft input(Draft draft) {
        return draft.input("images", ElementType.UINT8, "n", SIDE, SIDE);
    }

    /** The features of the input {@code images} as a value of a graph. */
    public String draw(Draft draft) {
        String x = draft.op("Unsqueeze", Scaling.image(draft, "images"), draft.integers(1));
        String w = draft.initializer("conv.kernel", kernel);
        String b = draft.initializer("conv.bias", bias);
        String rectified = draft.op("Relu", draft.op("Conv", List.of(x, w, b), Attribute.ints("kernel_shape", 3, 3)));
        AttributeProto[] square = {Attribute.ints("kernel_shape", 2, 2), Attribute.ints("strides", 2, 2)};
        return draft.op("Flatten", draft.op("MaxPool", List.of(rectified), square));
    }

    /** Puts the rows of several feature tensors, named by {@link #partNames}, into one, {@code features}. */
    public static Bytes joined(int parts) {
        Draft draft = new Draft(17, ElementType.FLOAT32);
        List<String> names = partNames(parts);
        names.forEach(name -> draft.input(name, ElementType.FLOAT32, name + "n", LENGTH));
        return draft.output("features", draft.concat(0, names), ElementType.FLOAT32, "n", LENGTH)
                .build();
    }

    public static List<String> partNames(int parts) {
        return IntStream.range(0, parts).mapToObj(i -> "part" + i).toList();
    }
}
