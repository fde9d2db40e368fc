package org.aiis.reference.pipeline.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitMixTest {
    /** Vector for seed 1234567 as Rosetta Code's task "Pseudo-random numbers/Splitmix64" prints it. */
    @Test
    void seed1234567GivesThePublishedNumbers() {
        SplitMix random = new SplitMix(1234567);
        assertThat(IntStream.range(0, 5).mapToObj(i -> Long.toUnsignedString(random.next())))
                .containsExactly(
                        "6457827717110365317",
                        "3203168211198807973",
                        "9817491932198370423",
                        "4593380528125082431",
                        "16408922859458223821");
    }

    @Test
    void aPermutationHoldsEachNumberOnceAndIsNotTheIdentity() {
        int[] order = new SplitMix(1).permutation(100);
        assertThat(order).containsExactlyInAnyOrder(IntStream.range(0, 100).toArray());
        assertThat(order).isNotEqualTo(IntStream.range(0, 100).toArray());
    }

    @Test
    void numbersBelowABoundReachBothEndsAndNoMore() {
        SplitMix random = new SplitMix(2);
        assertThat(IntStream.range(0, 1000).map(i -> random.below(7)).distinct().sorted())
                .containsExactly(0, 1, 2, 3, 4, 5, 6);
    }
}
