package org.aiis.conformance.catalogue.pipeline;

import org.aiis.reference.pipeline.data.LabelledImages;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Tensors that the cases of networks begin from, the same everywhere. */
final class Numbers {
    private Numbers() {}

    /** Float32 numbers from a seed, uniform in a range. */
    static Tensor uniform(long seed, Shape shape, double from, double to) {
        SplitMix random = new SplitMix(seed);
        Tensor.Builder tensor = new Tensor.Builder(ElementType.FLOAT32, shape);
        for (int i = 0; i < shape.size(); i++) {
            tensor.setReal(i, random.uniform(from, to));
        }
        return tensor.build();
    }

    /** Pixels in [0, 1], float32 {@code [n, 28, 28, 1]}. */
    static Tensor pixels(LabelledImages part) {
        Tensor images = part.images();
        Tensor.Builder x = new Tensor.Builder(ElementType.FLOAT32, Shape.of(part.size(), 28, 28, 1));
        for (int i = 0; i < images.size(); i++) {
            x.setReal(i, images.bits(i) / 255.0);
        }
        return x.build();
    }

    static Tensor places(long... places) {
        return Tensor.ofLongs(ElementType.INT64, Shape.of(places.length), places);
    }

    static Tensor scalar(double value) {
        return Tensor.ofReals(ElementType.FLOAT32, Shape.of(1), value);
    }

    static Tensor zeros(Shape shape) {
        return new Tensor.Builder(ElementType.FLOAT32, shape).build();
    }

    /** The same numbers in float64; integers stay. */
    static Tensor wide(Tensor tensor) {
        return tensor.type() == ElementType.FLOAT32
                ? Tensor.ofReals(ElementType.FLOAT64, tensor.shape(), tensor.reals())
                : tensor;
    }
}
