package org.aiis.reference.pipeline.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The receiver operating characteristic of scores, and the area under it.
 *
 * @param points from (0, 0) to (1, 1), one for each score that occurs: a record is called positive from that score on
 * @param area with its 95 % interval
 */
public record RocCurve(List<Point> points, Interval area) {
    public RocCurve {
        points = List.copyOf(points);
    }

    /**
     * What a threshold gives.
     *
     * @param threshold smallest score called positive
     * @param falseAlarms share of the negative records called positive
     * @param found share of the positive records called positive
     */
    public record Point(double threshold, double falseAlarms, double found) {}

    /**
     * The curve of scores, higher ones meaning positive. The area counts equal scores one half; its variance is that of Hanley and
     * McNeil ("The Meaning and Use of the Area under a ROC Curve", 1982): (A(1−A) + (P−1)(Q1−A²) + (N−1)(Q2−A²)) / (P·N) with
     * Q1 = A/(2−A), Q2 = 2A²/(1+A), for P positive and N negative independent records.
     *
     * @throws IllegalArgumentException when a score is NaN or one of the classes has no record: the area is undefined
     */
    public static RocCurve of(double[] scores, boolean[] positive) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> scores[i]).reversed())
                .mapToInt(i -> i)
                .toArray();
        double positives =
                IntStream.range(0, scores.length).filter(i -> positive[i]).count();
        double negatives = scores.length - positives;
        if (positives == 0
                || negatives == 0
                || IntStream.range(0, scores.length).anyMatch(i -> Double.isNaN(scores[i]))) {
            throw new IllegalArgumentException(
                    positives + " positive and " + negatives + " negative records, or a score NaN");
        }
        List<Point> points = new ArrayList<>(List.of(new Point(Double.POSITIVE_INFINITY, 0, 0)));
        double area = 0;
        double found = 0;
        double alarms = 0;
        for (int i = 0; i < order.length; i++) {
            found += positive[order[i]] ? 1 : 0;
            alarms += positive[order[i]] ? 0 : 1;
            boolean last = i + 1 == order.length || scores[order[i + 1]] < scores[order[i]];
            if (last) {
                Point before = points.get(points.size() - 1);
                Point here = new Point(scores[order[i]], alarms / negatives, found / positives);
                area += (here.falseAlarms() - before.falseAlarms()) * (here.found() + before.found()) / 2;
                points.add(here);
            }
        }
        return new RocCurve(points, interval(area, positives, negatives));
    }

    private static Interval interval(double a, double positives, double negatives) {
        double spread =
                a * (1 - a) + (positives - 1) * (a / (2 - a) - a * a) + (negatives - 1) * (2 * a * a / (1 + a) - a * a);
        double reach = Interval.NORMAL * StrictMath.sqrt(Math.max(0, spread) / (positives * negatives));
        return new Interval(a, Math.max(0, a - reach), Math.min(1, a + reach));
    }
}
