package org.aiis.conformance.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.aiis.reference.pipeline.evaluate.ConfusionMatrix;
import org.aiis.report.view.Chart;
import org.aiis.report.view.LineChart;
import org.aiis.report.view.MatrixChart;
import org.aiis.report.view.Page;
import org.aiis.report.view.PipelinePage;
import org.aiis.spec.tensor.Tensor;

/**
 * The evaluation of a classifier, ready for a page: confusion matrix, metrics by class, receiver operating characteristics.
 *
 * @param scores {@code [n, classes]}, larger for what is likelier
 * @param labels int64 {@code [n]}
 * @param names of the classes
 */
record ClassificationStage(ConfusionMatrix confusion, Tensor scores, Tensor labels, List<String> names) {
    /** Enough points for a smooth curve on a page. */
    private static final int POINTS = 200;

    /** The 0.975 quantile of the normal distribution. */
    private static final double Z = 1.959963984540054;

    ClassificationStage {
        names = List.copyOf(names);
    }

    PipelinePage.Stage stage() {
        int classes = confusion.classes();
        List<Chart.Series> curves = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            boolean[] ranked = ranked(c);
            OptionalDouble area = area(c);
            if (area.isPresent()) {
                curves.add(new Chart.Series("class " + names.get(c), curve(ranked)));
            }
            rows.add(List.of(
                    "class " + names.get(c),
                    shown(confusion.precision(c)),
                    shown(confusion.recall(c)),
                    shown(confusion.specificity(c)),
                    shown(confusion.f1(c)),
                    shown(area)));
        }
        long n = confusion.records();
        double accuracy = confusion.accuracy().orElseThrow();
        double[] interval = wilson(confusion.correct(), n);
        return new PipelinePage.Stage(
                "Evaluation",
                "On records that the training never saw. The interval is Wilson's, for 95 %.",
                List.of(
                        new Page.Fact("accuracy", percent(accuracy)),
                        new Page.Fact("95 % interval", percent(interval[0]) + " to " + percent(interval[1])),
                        new Page.Fact("macro F1", shown(confusion.macroF1())),
                        new Page.Fact("always the most frequent class", shown(confusion.baseline())),
                        new Page.Fact("records", Long.toString(n))),
                List.of(new PipelinePage.Table(
                        "Metrics of each class (ISO/IEC TS 4213)",
                        List.of("", "precision", "recall", "specificity", "F1", "area under ROC"),
                        rows)),
                List.of(
                        new MatrixChart(
                                "Confusion matrix.", "Rows are true classes, columns predicted ones.", names, counts()),
                        new LineChart(
                                "Receiver operating characteristic.",
                                "Each class against all others, by its score.",
                                "share of others taken for the class",
                                "share of the class found",
                                curves)));
    }

    private List<List<Long>> counts() {
        int classes = confusion.classes();
        return IntStream.range(0, classes)
                .mapToObj(i -> IntStream.range(0, classes)
                        .mapToObj(j -> confusion.counts().integer(i * classes + j))
                        .toList())
                .toList();
    }

    /** Whether each record is of the class, from the largest score to the smallest. */
    private boolean[] ranked(int c) {
        List<Integer> order = IntStream.range(0, labels.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -score(i, c)))
                .toList();
        boolean[] ranked = new boolean[order.size()];
        for (int i = 0; i < ranked.length; i++) {
            ranked[i] = labels.integer(order.get(i)) == c;
        }
        return ranked;
    }

    private double score(int record, int c) {
        return scores.real(record * confusion.classes() + c);
    }

    private static List<Chart.Point> curve(boolean[] ranked) {
        long positives =
                IntStream.range(0, ranked.length).filter(i -> ranked[i]).count();
        long negatives = ranked.length - positives;
        List<Chart.Point> points = new ArrayList<>(List.of(new Chart.Point(0, 0)));
        long found = 0;
        for (int i = 0; i < ranked.length; i++) {
            found += ranked[i] ? 1 : 0;
            if (i % Math.max(1, ranked.length / POINTS) == 0 || i == ranked.length - 1) {
                points.add(new Chart.Point((double) (i + 1 - found) / negatives, (double) found / positives));
            }
        }
        return points;
    }

    /** Area under the curve: the share of pairs in the right order, equal scores counted as one half; none where a class has no record. */
    private OptionalDouble area(int c) {
        double[] inside = IntStream.range(0, labels.size())
                .filter(i -> labels.integer(i) == c)
                .mapToDouble(i -> score(i, c))
                .sorted()
                .toArray();
        double[] outside = IntStream.range(0, labels.size())
                .filter(i -> labels.integer(i) != c)
                .mapToDouble(i -> score(i, c))
                .sorted()
                .toArray();
        if (inside.length == 0 || outside.length == 0) {
            return OptionalDouble.empty();
        }
        double pairs = 0;
        int below = 0;
        int upTo = 0;
        for (double score : inside) {
            while (below < outside.length && outside[below] < score) {
                below++;
            }
            while (upTo < outside.length && outside[upTo] <= score) {
                upTo++;
            }
            pairs += (below + upTo) / 2.0;
        }
        return OptionalDouble.of(pairs / inside.length / outside.length);
    }

    /** Wilson's interval of a share (1927), which stays within 0 and 1. */
    static double[] wilson(long part, long whole) {
        double share = (double) part / whole;
        double centre = (share + Z * Z / (2 * whole)) / (1 + Z * Z / whole);
        double half = Z / (1 + Z * Z / whole) * Math.sqrt(share * (1 - share) / whole + Z * Z / (4.0 * whole * whole));
        return new double[] {centre - half, centre + half};
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String shown(OptionalDouble metric) {
        return metric.isPresent() ? String.format(Locale.ROOT, "%.4f", metric.getAsDouble()) : "undefined";
    }
}
