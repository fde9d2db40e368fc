package org.aiis.reference.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** The graph of ResNet-18 (He, Zhang, Ren, Sun 2016) with drawn weights: what is timed does not depend on them. */
final class ResNet {
    private final Random random = new Random(1);
    private final ModelBuilder model = new ModelBuilder(17);
    private int layers;

    private ResNet() {}

    /** Input x: [1, 3, size, size], output y: [1, 1000]. */
    static Bytes model(int size) {
        return new ResNet().build(size);
    }

    static Tensor image(int size) {
        return drawn(new Random(2), 1, 1, 3, size, size);
    }

    private Bytes build(int size) {
        model.input("x", ElementType.FLOAT32, 1, 3, size, size);
        String x = convolution("x", 3, 64, 7, 2, true);
        model.node(
                "MaxPool",
                List.of(x),
                List.of("p"),
                Attribute.ints("kernel_shape", 3, 3),
                Attribute.ints("strides", 2, 2),
                Attribute.ints("pads", 1, 1, 1, 1));
        x = "p";
        int channels = 64;
        for (int maps : new int[] {64, 128, 256, 512}) {
            for (int block = 0; block < 2; block++) {
                int stride = maps > 64 && block == 0 ? 2 : 1;
                String y = convolution(
                        convolution(x, channels, maps, 3, stride, true), maps, maps, 3, 1, false);
                String shortcut = stride == 1 ? x : convolution(x, channels, maps, 1, stride, false);
                String sum = "s" + ++layers;
                model.node("Add", List.of(y, shortcut), List.of(sum));
                model.node("Relu", List.of(sum), List.of("r" + sum));
                x = "r" + sum;
                channels = maps;
            }
        }
        model.node("GlobalAveragePool", List.of(x), List.of("g"));
        model.node("Flatten", List.of("g"), List.of("f"));
        model.initializer("w", drawn(random, 0.05, 1000, 512));
        model.node("Gemm", List.of("f", "w"), List.of("logits"), Attribute.of("transB", 1L));
        model.node("Softmax", List.of("logits"), List.of("y"));
        return model.output("y", ElementType.FLOAT32, 1, 1000).build();
    }

    private String convolution(String x, int channels, int maps, int kernel, int stride, boolean relu) {
        String name = "c" + ++layers;
        model.initializer(
                name + "w",
                drawn(random, Math.sqrt(2.0 / (channels * kernel * kernel)), maps, channels, kernel, kernel));
        model.node(
                "Conv",
                List.of(x, name + "w"),
                List.of(name),
                Attribute.ints("kernel_shape", kernel, kernel),
                Attribute.ints("strides", stride, stride),
                Attribute.ints("pads", kernel / 2, kernel / 2, kernel / 2, kernel / 2));
        List<String> inputs = new ArrayList<>(List.of(name));
        for (String statistic : List.of("scale", "bias", "mean", "var")) {
            boolean one = statistic.equals("scale") || statistic.equals("var");
            float[] values = new float[maps];
            java.util.Arrays.fill(values, one ? 1 : 0.01f);
            model.initializer(name + statistic, Tensor.ofFloats(Shape.of(maps), values));
            inputs.add(name + statistic);
        }
        model.node("BatchNormalization", inputs, List.of(name + "n"));
        if (!relu) {
            return name + "n";
        }
        model.node("Relu", List.of(name + "n"), List.of(name + "r"));
        return name + "r";
    }

    private static Tensor drawn(Random random, double scale, int... dims) {
        float[] values = new float[Shape.of(dims).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * scale);
        }
        return Tensor.ofFloats(Shape.of(dims), values);
    }
}
