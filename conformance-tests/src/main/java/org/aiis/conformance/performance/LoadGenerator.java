package org.aiis.conformance.performance;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.LoadSettings;
import org.aiis.spec.testing.LoadSettings.Scenario;

/**
 * Issues queries one after another and times each, after MLPerf Inference's SingleStream (one sample a query) and Offline
 * (all samples in one query). Latencies go to a flat array; between two readings of the clock there is nothing but the
 * query.
 *
 * <p>Samples come in shuffled rounds, sample 0 first in the first one, so that a load shows every sample before it repeats
 * one and always holds sample 0.
 */
public final class LoadGenerator {
    /** 2^24 latencies are 128 MiB; at a microsecond a query that is 17 s. */
    private static final int MOST_QUERIES = 1 << 24;

    private static final int WARM_UP_QUERIES = 64;

    private final LongSupplier nanos;

    /** @param nanos the clock: {@code System::nanoTime} outside of tests */
    public LoadGenerator(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Runs a load.
     *
     * @param samples how many samples there are to choose from
     * @throws IllegalArgumentException when settings and samples make no load; the message says why
     */
    public <E extends Exception> Load run(LoadSettings settings, int samples, Issue<E> issue) throws E {
        check(settings, samples);
        int perQuery = settings.scenario() == Scenario.SINGLE_STREAM ? 1 : settings.samplesPerQuery();
        Rounds rounds = new Rounds(samples, settings.seed());
        SortedMap<String, String> effective = new TreeMap<>();
        effective.put("clock-overhead-nanos", Long.toString(clockOverhead()));
        effective.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        effective.put("samples-per-query", Integer.toString(perQuery));
        warmUp(settings, samples, issue, effective);

        long[] latencies = new long[Math.max(1024, Math.min(MOST_QUERIES, settings.minQueries()))];
        int queries = 0;
        long most = millis(settings.maxMillis());
        long least = millis(settings.minMillis());
        int[] query = new int[perQuery];
        rounds.next(query);
        long start = nanos.getAsLong();
        long end = start;
        do {
            if (queries == latencies.length) {
                latencies = Arrays.copyOf(latencies, Math.min(MOST_QUERIES, 2 * queries));
            }
            long issued = nanos.getAsLong();
            issue.query(query);
            end = nanos.getAsLong();
            latencies[queries++] = end - issued;
            rounds.next(query);
        } while ((queries < settings.minQueries() || end - start < least)
                && end - start < most
                && queries < MOST_QUERIES);

        effective.put("queries", Integer.toString(queries));
        effective.put("ended-by", endedBy(settings, queries, end - start));
        Tensor taken = Tensor.ofLongs(ElementType.INT64, Shape.of(queries), Arrays.copyOf(latencies, queries));
        return new Load(taken, (long) queries * perQuery, end - start, effective);
    }

    private static void check(LoadSettings settings, int samples) {
        if (samples < 1 || settings.minQueries() < 1 || settings.samplesPerQuery() < 1) {
            throw new IllegalArgumentException("a load needs one sample, one query and one sample a query at least");
        }
        if (settings.minMillis() < 0 || settings.maxMillis() < settings.minMillis()) {
            throw new IllegalArgumentException("the time of a load is from minMillis to maxMillis, both 0 or more");
        }
        if (settings.scenario() == Scenario.SINGLE_STREAM && settings.samplesPerQuery() != 1) {
            throw new IllegalArgumentException("SingleStream has one sample a query");
        }
        if (settings.minQueries() > MOST_QUERIES) {
            throw new IllegalArgumentException("at most " + MOST_QUERIES + " queries a load");
        }
    }

    /** Single samples, untimed one by one: up to 64, and no longer than a tenth of the longest time of the load. */
    private <E extends Exception> void warmUp(
            LoadSettings settings, int samples, Issue<E> issue, SortedMap<String, String> effective) throws E {
        long start = nanos.getAsLong();
        int done = 0;
        do {
            issue.query(new int[] {done % samples});
            done++;
        } while (done < WARM_UP_QUERIES && nanos.getAsLong() - start < millis(settings.maxMillis()) / 10);
        effective.put("warm-up-queries", Integer.toString(done));
        effective.put("warm-up-nanos", Long.toString(nanos.getAsLong() - start));
    }

    /** Mean cost of a reading, which every latency holds once. */
    private long clockOverhead() {
        int readings = 1000;
        long first = nanos.getAsLong();
        long last = first;
        for (int i = 0; i < readings; i++) {
            last = nanos.getAsLong();
        }
        return (last - first) / readings;
    }

    private static String endedBy(LoadSettings settings, int queries, long elapsed) {
        return queries >= settings.minQueries() && elapsed >= millis(settings.minMillis())
                ? "minQueries and minMillis"
                : elapsed >= millis(settings.maxMillis()) ? "maxMillis" : "the most queries a load holds";
    }

    private static long millis(long millis) {
        return Math.min(millis, Long.MAX_VALUE / 1_000_000) * 1_000_000;
    }

    /** Sample numbers in shuffled rounds. */
    private static final class Rounds {
        private final int[] order;
        private final SplittableRandom random;
        private int at;

        Rounds(int samples, long seed) {
            order = new int[samples];
            Arrays.setAll(order, i -> i);
            random = new SplittableRandom(seed);
            shuffle(1);
        }

        void next(int[] query) {
            for (int i = 0; i < query.length; i++) {
                if (at == order.length) {
                    shuffle(0);
                    at = 0;
                }
                query[i] = order[at++];
            }
        }

        /** Fisher and Yates, leaving the first {@code fixed} in place. */
        private void shuffle(int fixed) {
            for (int i = order.length - 1; i > fixed; i--) {
                int j = fixed + random.nextInt(i + 1 - fixed);
                int other = order[i];
                order[i] = order[j];
                order[j] = other;
            }
        }
    }
}
