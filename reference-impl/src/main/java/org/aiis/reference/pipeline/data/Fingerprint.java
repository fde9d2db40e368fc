package org.aiis.reference.pipeline.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Digests of images that a backend can compute: eight sums of pixels with whole weights from 0 to 80, so that each sum
 * stays below 784 · 255 · 80 &lt; 2^24 and is exact in float32 in any order, under TF32 too.
 */
public final class Fingerprint {
    private static final int PIXELS = 28 * 28;
    private static final int SUMS = 8;
    private static final long SEED = 0x5EED;

    private Fingerprint() {}

    /** {@code images uint8 [n, 28, 28]} to {@code fingerprint float32 [n, 8]}. */
    public static Bytes model() {
        Draft draft = new Draft(17, ElementType.FLOAT32).input("images", ElementType.UINT8, "n", 28, 28);
        String rows = draft.reshape(draft.cast("images", ElementType.FLOAT32), -1, PIXELS);
        String sums = draft.op("MatMul", rows, draft.constant(weights()));
        return draft.output("fingerprint", sums, ElementType.FLOAT32, "n", SUMS).build();
    }

    /** The same for each image of {@code images uint8 [n, 28, 28]}, computed here in whole numbers. */
    public static List<List<Long>> of(Tensor images) {
        long[] weights =
                Arrays.stream(weights().reals()).mapToLong(w -> (long) w).toArray();
        return IntStream.range(0, images.shape().dim(0))
                .mapToObj(record -> IntStream.range(0, SUMS)
                        .mapToObj(sum -> IntStream.range(0, PIXELS)
                                .mapToLong(p -> images.bits(record * PIXELS + p) * weights[p * SUMS + sum])
                                .sum())
                        .toList())
                .toList();
    }

    /** The rows of a tensor {@code fingerprint} that a backend gave; throws when one is no whole number. */
    public static List<List<Long>> rows(Tensor fingerprint) {
        return IntStream.range(0, fingerprint.size() / SUMS)
                .mapToObj(record -> IntStream.range(0, SUMS)
                        .mapToObj(sum -> whole(fingerprint.real(record * SUMS + sum)))
                        .toList())
                .toList();
    }

    private static long whole(double sum) {
        if (sum != StrictMath.rint(sum)) {
            throw new AssertionError("a sum of whole numbers came back as " + sum);
        }
        return (long) sum;
    }

    private static Tensor weights() {
        SplitMix random = new SplitMix(SEED);
        Tensor.Builder weights = new Tensor.Builder(ElementType.FLOAT32, Shape.of(PIXELS, SUMS));
        for (int i = 0; i < PIXELS * SUMS; i++) {
            weights.setReal(i, random.below(81));
        }
        return weights.build();
    }
}
