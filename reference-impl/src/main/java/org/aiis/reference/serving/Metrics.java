package org.aiis.reference.serving;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts and times in Prometheus' text format. Names in labels are those of models that are served, never of requests, so
 * that no client can make more of them.
 */
public final class Metrics {
    private static final double[] SECONDS = {0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100};
    private static final int[] ROWS = {1, 2, 4, 8, 16, 32, 64, 128, 256};

    private final Map<String, OfModel> models = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> refused = new ConcurrentSkipListMap<>();

    OfModel model(String name, String version) {
        return models.computeIfAbsent("model=\"" + name + "\",version=\"" + version + "\"", label -> new OfModel());
    }

    /** A request that got an answer other than tensors. */
    public void refused(Refusal.Reason reason) {
        refused.computeIfAbsent(reason.word(), word -> new LongAdder()).increment();
    }

    /** Of one model. */
    static final class OfModel {
        private final Histogram seconds = new Histogram(SECONDS);
        private final Histogram rows =
                new Histogram(java.util.Arrays.stream(ROWS).asDoubleStream().toArray());
        private final LongAdder requests = new LongAdder();
        private final LongAdder underWay = new LongAdder();

        void begun() {
            underWay.increment();
        }

        void ended(boolean answered, long nanos) {
            underWay.decrement();
            if (answered) {
                requests.increment();
                seconds.add(nanos / 1e9);
            }
        }

        void ran(int rowsTogether, int requestsTogether) {
            rows.add(Math.max(rowsTogether, requestsTogether));
        }
    }

    /** Bounds, counts and a sum. */
    private static final class Histogram {
        private final double[] bounds;
        private final LongAdder[] counts;
        private final java.util.concurrent.atomic.DoubleAdder sum = new java.util.concurrent.atomic.DoubleAdder();

        Histogram(double[] bounds) {
            this.bounds = bounds;
            this.counts = new LongAdder[bounds.length + 1];
            java.util.Arrays.setAll(counts, i -> new LongAdder());
        }

        void add(double value) {
            int at = 0;
            while (at < bounds.length && value > bounds[at]) {
                at++;
            }
            counts[at].increment();
            sum.add(value);
        }

        void write(StringBuilder to, String name, String labels) {
            long cumulative = 0;
            for (int i = 0; i <= bounds.length; i++) {
                cumulative += counts[i].sum();
                String bound = i < bounds.length ? String.format(Locale.ROOT, "%s", bounds[i]) : "+Inf";
                to.append(name)
                        .append("_bucket{")
                        .append(labels)
                        .append(",le=\"")
                        .append(bound)
                        .append("\"} ");
                to.append(cumulative).append('\n');
            }
            to.append(name)
                    .append("_sum{")
                    .append(labels)
                    .append("} ")
                    .append(sum.sum())
                    .append('\n');
            to.append(name)
                    .append("_count{")
                    .append(labels)
                    .append("} ")
                    .append(cumulative)
                    .append('\n');
        }
    }

    /** Everything, as a scraper reads it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("# HELP aiis_requests_total Requests answered with tensors.\n# TYPE aiis_requests_total counter\n");
        models.forEach((labels, m) -> line(text, "aiis_requests_total", labels, m.requests.sum()));
        text.append("# HELP aiis_refusals_total Requests answered with an error, by its word.\n");
        text.append("# TYPE aiis_refusals_total counter\n");
        refused.forEach((word, count) -> line(text, "aiis_refusals_total", "reason=\"" + word + "\"", count.sum()));
        text.append("# HELP aiis_requests_under_way Requests taken and not answered yet.\n");
        text.append("# TYPE aiis_requests_under_way gauge\n");
        models.forEach((labels, m) -> line(text, "aiis_requests_under_way", labels, m.underWay.sum()));
        text.append("# HELP aiis_request_seconds From the last byte of a request to its answer.\n");
        text.append("# TYPE aiis_request_seconds histogram\n");
        models.forEach((labels, m) -> m.seconds.write(text, "aiis_request_seconds", labels));
        text.append("# HELP aiis_run_rows Rows that one run of the model took, from one request or several.\n");
        text.append("# TYPE aiis_run_rows histogram\n");
        models.forEach((labels, m) -> m.rows.write(text, "aiis_run_rows", labels));
        return text.toString();
    }

    private static void line(StringBuilder to, String name, String labels, long value) {
        to.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }
}
