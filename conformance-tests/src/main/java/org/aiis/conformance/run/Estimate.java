package org.aiis.conformance.run;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.spec.testing.TestCase;

/**
 * How long a run is going to take on this machine.
 *
 * @param cases how many it drives
 * @param time from the first case to the last
 */
public record Estimate(int cases, Duration time) {
    private static final int SAMPLE = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /**
     * Drives a sample of operator cases, evenly spread over the run, again and again: the first rounds warm up, the quickest
     * counts.
     * Cases of other kinds are few, and some of them kill a worker.
     */
    public static Estimate of(Suite suite, Plan plan, WorkerPool pool, int workers) {
        List<TestCase> all = plan.cases(suite);
        List<TestCase> operators =
                all.stream().filter(c -> c.pair().isPresent()).toList();
        if (operators.isEmpty()) {
            return new Estimate(all.size(), Duration.ZERO);
        }
        double stride = Math.max(1, operators.size() / (double) SAMPLE);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long best = Long.MAX_VALUE;
        do {
            long start = System.nanoTime();
            for (double at = 0; at < operators.size(); at += stride) {
                TestCase sampled = operators.get((int) at);
                suite.judge().judge(sampled, pool.observe(sampled.stimulus().get()), plan.terms());
            }
            best = Math.min(best, System.nanoTime() - start);
        } while (System.nanoTime() < deadline);
        double each = best / Math.ceil(operators.size() / stride);
        int side = Math.max(1, Math.min(workers, Runtime.getRuntime().availableProcessors()));
        double passes =
                1 + plan.repeats().perThousand() / 1000.0 + (plan.repeats().unoptimised() ? 1 : 0);
        return new Estimate(all.size(), Duration.ofNanos((long) (passes * each * all.size() / side)));
    }

    /** For the one who waits. */
    public String sentence() {
        long seconds = Math.max(1, time.toSeconds());
        String duration = seconds < 100
                ? seconds + " s"
                : seconds < 6000
                        ? (seconds + 59) / 60 + " min"
                        : String.format(Locale.ROOT, "%.1f h", seconds / 3600.0);
        return "about " + duration + " for " + cases + " cases on this machine";
    }
}
