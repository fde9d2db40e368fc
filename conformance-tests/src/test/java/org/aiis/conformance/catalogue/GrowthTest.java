package org.aiis.conformance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GrowthTest {
    @Test
    void steadyGrowthIsFound() {
        assertThat(Growth.aLook(
                        LongStream.range(0, 32).map(i -> 7000 + 400 * i).boxed().toList()))
                .isCloseTo(400, within(1e-9));
    }

    @Test
    void growthUnderScatterIsFound() {
        List<Long> readings = LongStream.range(0, 32)
                .map(i -> 400 * i + (i % 3) * 900)
                .boxed()
                .toList();
        assertThat(Growth.aLook(readings)).isCloseTo(400, within(40.0));
    }

    @Test
    void aPoolThatGrowsOnceIsNoLeak() {
        assertThat(Growth.aLook(LongStream.range(0, 32)
                        .map(i -> i < 9 ? 1000 : 90_000)
                        .boxed()
                        .toList()))
                .isZero();
    }

    @Test
    void aReadingThatIsOffDoesNotDecide() {
        assertThat(Growth.aLook(LongStream.range(0, 32)
                        .map(i -> i == 31 ? 1 << 30 : 1000)
                        .boxed()
                        .toList()))
                .isZero();
    }
}
