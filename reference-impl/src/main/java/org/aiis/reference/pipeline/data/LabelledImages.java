package org.aiis.reference.pipeline.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Images with their classes.
 *
 * @param images uint8 {@code [n, height, width]}
 * @param labels int64 {@code [n]}
 */
public record LabelledImages(Tensor images, Tensor labels) implements Pictures {
    private static final int PIECE = 1000;

    /** Images with labels as an IDX file holds them, uint8. */
    static LabelledImages of(Tensor images, Tensor bytes, String origin) {
        if (images.shape().rank() != 3
                || bytes.shape().rank() != 1
                || images.shape().dim(0) != bytes.size()) {
            throw InputException.at(
                    origin,
                    0,
                    "as many images [n, height, width] as labels [n]",
                    images.shape() + ", " + bytes.shape());
        }
        return new LabelledImages(images, Tensor.ofLongs(ElementType.INT64, bytes.shape(), bytes.integers()));
    }

    @Override
    public int size() {
        return labels.size();
    }

    @Override
    public Iterator<Tensor> pieces() {
        return IntStream.iterate(0, from -> from < size(), from -> from + PIECE)
                .mapToObj(from -> slice(from, Math.min(size(), from + PIECE)).images())
                .iterator();
    }

    @Override
    public LabelledImages slice(int from, int to) {
        int pixels = images.size() / size();
        byte[] bytes = Arrays.copyOfRange(images.toByteArray(), from * pixels, to * pixels);
        Shape shape = Shape.of(to - from, images.shape().dim(1), images.shape().dim(2));
        return new LabelledImages(
                Tensor.ofBytes(ElementType.UINT8, shape, bytes),
                Tensor.ofLongs(
                        ElementType.INT64, Shape.of(to - from), Arrays.copyOfRange(labels.integers(), from, to)));
    }
}
