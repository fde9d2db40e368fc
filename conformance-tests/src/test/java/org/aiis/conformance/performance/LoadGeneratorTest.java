package org.aiis.conformance.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.aiis.spec.testing.LoadSettings;
import org.aiis.spec.testing.LoadSettings.Scenario;
import org.junit.jupiter.api.Test;

/** The generator against a clock that only queries move: 5 µs a sample. */
class LoadGeneratorTest {
    private static final int NANOS_A_SAMPLE = 5_000;

    private final AtomicLong clock = new AtomicLong();
    private final List<int[]> queries = new ArrayList<>();

    private Load run(LoadSettings settings, int samples) {
        return new LoadGenerator(clock::get).run(settings, samples, query -> {
            queries.add(query.clone());
            clock.addAndGet((long) NANOS_A_SAMPLE * query.length);
        });
    }

    @Test
    void aSingleStreamTimesEachSample() {
        Load load = run(new LoadSettings(Scenario.SINGLE_STREAM, 100, 0, 1000, 1, 1), 3);
        assertThat(load.latencies().integers()).hasSize(100).containsOnly(NANOS_A_SAMPLE);
        assertThat(load.samples()).isEqualTo(100);
        assertThat(load.totalNanos()).isEqualTo(100L * NANOS_A_SAMPLE);
    }

    @Test
    void offlineIssuesAllSamplesInOneQuery() {
        Load load = run(new LoadSettings(Scenario.OFFLINE, 1, 0, 1000, 24, 1), 3);
        assertThat(load.latencies().integers()).containsExactly(24L * NANOS_A_SAMPLE);
        assertThat(load.samples()).isEqualTo(24);
    }

    @Test
    void theLeastTimeIsFilled() {
        Load load = run(new LoadSettings(Scenario.SINGLE_STREAM, 1, 10, 1000, 1, 1), 3);
        assertThat(load.samples()).isEqualTo(10_000_000 / NANOS_A_SAMPLE);
    }

    @Test
    void theLongestTimeEndsTheLoadAndIsToldAsTheReason() {
        Load load = run(new LoadSettings(Scenario.SINGLE_STREAM, 1_000_000, 0, 10, 1, 1), 3);
        assertThat(load.samples()).isEqualTo(10_000_000 / NANOS_A_SAMPLE);
        assertThat(load.effective()).containsEntry("ended-by", "maxMillis");
    }

    @Test
    void theFirstMeasuredSampleIsSampleZeroAndARoundShowsEverySampleOnce() {
        Load load = run(new LoadSettings(Scenario.SINGLE_STREAM, 20, 0, 1000, 1, 9), 10);
        int warmUp = Integer.parseInt(load.effective().get("warm-up-queries"));
        List<Integer> order = queries.stream().skip(warmUp).map(q -> q[0]).toList();
        assertThat(order.get(0)).isZero();
        assertThat(new HashSet<>(order.subList(0, 10))).hasSize(10);
        assertThat(new HashSet<>(order.subList(10, 20))).hasSize(10);
        assertThat(order.subList(0, 10)).isNotEqualTo(order.subList(10, 20));
    }

    @Test
    void theSameSeedGivesTheSameOrder() {
        LoadSettings settings = new LoadSettings(Scenario.SINGLE_STREAM, 30, 0, 1000, 1, 9);
        run(settings, 10);
        List<Integer> first = queries.stream().map(q -> q[0]).toList();
        queries.clear();
        run(settings, 10);
        assertThat(queries.stream().map(q -> q[0]).toList()).isEqualTo(first);
    }

    @Test
    void settingsThatMakeNoLoadAreRefused() {
        assertThatThrownBy(() -> run(new LoadSettings(Scenario.SINGLE_STREAM, 1, 0, 1000, 2, 1), 3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run(new LoadSettings(Scenario.OFFLINE, 1, 10, 5, 1, 1), 3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run(new LoadSettings(Scenario.OFFLINE, 1, 0, 5, 1, 1), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNullSystemShowsWhatTheHarnessItselfCosts() {
        Load load = new LoadGenerator(System::nanoTime)
                .run(new LoadSettings(Scenario.SINGLE_STREAM, 200_000, 0, 60_000, 1, 1), 8, query -> {});
        long[] sorted =
                java.util.Arrays.stream(load.latencies().integers()).sorted().toArray();
        System.out.printf(
                "null system: %d ns a query, median latency %d ns, 99.9 %% %d ns, clock %s ns%n",
                load.totalNanos() / load.samples(),
                sorted[sorted.length / 2],
                sorted[sorted.length * 999 / 1000],
                load.effective().get("clock-overhead-nanos"));
        assertThat(load.samples()).isEqualTo(200_000);
    }
}
