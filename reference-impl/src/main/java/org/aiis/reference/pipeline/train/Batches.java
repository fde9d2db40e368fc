package org.aiis.reference.pipeline.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** The places of the records of each batch, shuffled anew each epoch; the last batch of an epoch may be smaller. */
public final class Batches {
    private Batches() {}

    public static List<Tensor> of(int records, int size, int epochs, long seed) {
        SplitMix random = new SplitMix(seed);
        List<Tensor> batches = new ArrayList<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
            long[] order =
                    Arrays.stream(random.permutation(records)).asLongStream().toArray();
            for (int from = 0; from < records; from += size) {
                long[] batch = Arrays.copyOfRange(order, from, Math.min(from + size, records));
                batches.add(Tensor.ofLongs(ElementType.INT64, Shape.of(batch.length), batch));
            }
        }
        return batches;
    }
}
