package org.aiis.reference.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class BatchesTest {
    @Test
    void anEpochShowsEachRecordOnceAndEndsWithTheRest() {
        List<Tensor> batches = Batches.of(10, 4, 2, 3);
        assertThat(batches).extracting(Tensor::size).containsExactly(4, 4, 2, 4, 4, 2);
        for (int epoch = 0; epoch < 2; epoch++) {
            assertThat(batches.subList(3 * epoch, 3 * epoch + 3).stream()
                            .flatMapToLong(b -> LongStream.of(b.integers()))
                            .sorted())
                    .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        }
        assertThat(batches.get(0)).isNotEqualTo(batches.get(3));
    }

    @Test
    void theSeedAloneSettlesTheBatches() {
        assertThat(Batches.of(50, 8, 3, 4)).isEqualTo(Batches.of(50, 8, 3, 4)).isNotEqualTo(Batches.of(50, 8, 3, 5));
    }

    @Test
    void firstKernelsLieWithinGlorotsLimitAndBiasesAreZero() {
        DenseLayers layers = DenseLayers.of(20, 10, 3);
        double[] w = layers.initialWeights(ElementType.FLOAT32, 5).reals();
        double limit = Math.sqrt(6.0 / 30);
        for (int i = 0; i < 200; i++) {
            assertThat(Math.abs(w[i])).isLessThanOrEqualTo(limit);
        }
        assertThat(java.util.Arrays.stream(w, 0, 200).map(Math::abs).max().orElse(0))
                .isGreaterThan(0.9 * limit);
        assertThat(java.util.Arrays.copyOfRange(w, 200, 210)).containsOnly(0);
    }
}
