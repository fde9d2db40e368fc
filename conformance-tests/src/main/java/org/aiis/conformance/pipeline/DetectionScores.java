package org.aiis.conformance.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.aiis.reference.pipeline.evaluate.DetectionGraph;
import org.aiis.reference.pipeline.evaluate.Interval;
import org.aiis.reference.pipeline.evaluate.PairedBootstrap;
import org.aiis.reference.pipeline.evaluate.RocCurve;
import org.aiis.report.view.Chart;
import org.aiis.report.view.LineChart;
import org.aiis.report.view.PipelinePage;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Scores of detectors of incidents on the held-out days, with the thresholds that give each the same share of false alarms on the
 * validation days.
 *
 * @param marks the truth, int64 {@code [times, detectors]}
 * @param rules scores by name
 */
record DetectionScores(Tensor marks, SortedMap<String, Rule> rules) {
    /** False alarms on validation days: of 9,216 intervals of all detectors in a day, about five. */
    static final double FALSE_ALARMS = 5e-4;

    private static final int MINUTES = 5;
    private static final int INTERVALS_A_DAY = 288;
    private static final int POINTS = 400;
    private static final double SHOWN = 0.02;
    private static final long SEED = 20241;

    /**
     * A detector.
     *
     * @param scores {@code [times, detectors]}, higher ones mean an incident
     * @param threshold from which on a score is an alarm
     */
    record Rule(Tensor scores, double threshold) {}

    /** What a rule does, computed on the backend. */
    record Measures(int incidents, double found, double falseAlarms, double minutes) {}

    DetectionScores {
        rules = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(rules));
    }

    /** The least threshold with which no more than {@link #FALSE_ALARMS} of the intervals without incident have an alarm. */
    static double threshold(Tensor scores, Tensor marks) {
        double[] clear = IntStream.range(0, marks.size())
                .filter(i -> marks.integer(i) == 0)
                .mapToDouble(scores::real)
                .sorted()
                .toArray();
        int allowed = (int) (FALSE_ALARMS * clear.length);
        // Just above the largest score that may give no alarm.
        return Math.nextUp((float) clear[clear.length - 1 - allowed]);
    }

    Measures measures(Answers backend, String name) {
        Rule rule = rule(name);
        int places = marks.shape().dim(1);
        Map<String, Tensor> measured = backend.once(
                DetectionGraph.build(places),
                Map.of(
                        "score",
                        rule.scores(),
                        "threshold",
                        Tensor.ofReals(ElementType.FLOAT32, Shape.of(1), rule.threshold()),
                        "incident",
                        marks));
        return new Measures(
                (int) real(measured, "incidents"),
                real(measured, "found"),
                real(measured, "false_alarms"),
                MINUTES * real(measured, "delay"));
    }

    private static double real(Map<String, Tensor> measured, String name) {
        return Objects.requireNonNull(measured.get(name)).real(0);
    }

    private Rule rule(String name) {
        return Objects.requireNonNull(rules.get(name));
    }

    /** Of each incident, column by column, whether it had an alarm. */
    private boolean[] found(String name) {
        Rule rule = rule(name);
        int places = marks.shape().dim(1);
        int times = marks.shape().dim(0);
        List<Boolean> found = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            boolean inside = false;
            for (int t = 0; t < times; t++) {
                int at = t * places + place;
                boolean marked = marks.integer(at) == 1;
                if (marked && !inside) {
                    found.add(false);
                }
                if (marked && rule.scores().real(at) >= rule.threshold()) {
                    found.set(found.size() - 1, true);
                }
                inside = marked;
            }
        }
        boolean[] all = new boolean[found.size()];
        IntStream.range(0, all.length).forEach(i -> all[i] = found.get(i));
        return all;
    }

    /** Share of incidents found by one less that by another, over the same incidents. */
    Interval difference(String one, String other) {
        return PairedBootstrap.difference(shares(found(one)), shares(found(other)), 1, SEED);
    }

    private static double[] shares(boolean[] found) {
        return IntStream.range(0, found.length)
                .mapToDouble(i -> found[i] ? 1 : 0)
                .toArray();
    }

    RocCurve curve(String name) {
        boolean[] positive = new boolean[marks.size()];
        IntStream.range(0, positive.length).forEach(i -> positive[i] = marks.integer(i) == 1);
        return RocCurve.of(rule(name).scores().reals(), positive);
    }

    PipelinePage.Table table(SortedMap<String, Measures> measures) {
        List<List<String>> rows = new ArrayList<>();
        measures.forEach((name, m) -> {
            boolean[] found = found(name);
            long count = IntStream.range(0, found.length).filter(i -> found[i]).count();
            Interval share = Interval.share(count, found.length);
            rows.add(List.of(
                    name,
                    String.format(Locale.ROOT, "%d of %d", count, found.length),
                    String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", m.found(), share.low(), share.high()),
                    String.format(Locale.ROOT, "%.3f %%", 100 * m.falseAlarms()),
                    String.format(
                            Locale.ROOT,
                            "%.1f",
                            m.falseAlarms() * INTERVALS_A_DAY * marks.shape().dim(1)),
                    String.format(Locale.ROOT, "%.1f", m.minutes()),
                    String.format(Locale.ROOT, "%.4f", curve(name).area().value())));
        });
        return new PipelinePage.Table(
                "Detection on the held-out days",
                List.of(
                        "detector",
                        "incidents found",
                        "share, 95 % interval",
                        "false alarms, share of intervals",
                        "a day, all detectors",
                        "mean minutes to detect",
                        "area under ROC"),
                rows);
    }

    /** The end of the curves that matters: few false alarms. */
    Chart chart() {
        List<Chart.Series> lines = new ArrayList<>();
        for (String name : rules.keySet()) {
            List<RocCurve.Point> points = curve(name).points().stream()
                    .filter(p -> p.falseAlarms() <= SHOWN)
                    .toList();
            int each = Math.max(1, points.size() / POINTS);
            lines.add(new Chart.Series(
                    name,
                    IntStream.range(0, points.size())
                            .filter(i -> i % each == 0 || i == points.size() - 1)
                            .mapToObj(i -> new Chart.Point(
                                    points.get(i).falseAlarms(), points.get(i).found()))
                            .toList()));
        }
        return new LineChart(
                "Receiver operating characteristic of the detection.",
                "Intervals of the held-out days, up to 2 % of false alarms; an interval of an incident counts as found"
                        + " when it has an alarm.",
                "share of other intervals with an alarm",
                "share of intervals of incidents with an alarm",
                lines);
    }
}
