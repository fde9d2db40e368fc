package org.aiis.conformance.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.aiis.reference.pipeline.evaluate.Interval;
import org.aiis.report.view.Page;
import org.aiis.report.view.PipelinePage;

/**
 * What the folds of a cross-validation came to. Two folds share most of their training records, so that their spread is no unbiased
 * estimate of the spread between trainings (Y. Bengio and Y. Grandvalet, "No Unbiased Estimator of the Variance of K-Fold
 * Cross-Validation", 2004); the page says so.
 *
 * @param heads of the table: the fold, what it holds, then one for each metric
 * @param rows what stands before the metrics
 * @param metrics of each fold
 */
record Folds(List<String> heads, List<List<String>> rows, List<List<Double>> metrics) {
    Folds {
        heads = List.copyOf(heads);
        rows = rows.stream().map(List::copyOf).toList();
        metrics = metrics.stream().map(List::copyOf).toList();
    }

    Interval mean(int metric) {
        return Interval.mean(
                metrics.stream().mapToDouble(fold -> fold.get(metric)).toArray());
    }

    String name(int metric) {
        return heads.get(heads.size() - metrics.get(0).size() + metric);
    }

    List<Page.Fact> facts() {
        List<Page.Fact> facts = new ArrayList<>();
        for (int metric = 0; metric < metrics.get(0).size(); metric++) {
            facts.add(new Page.Fact(
                    name(metric) + ", mean over folds", mean(metric).toString()));
        }
        return facts;
    }

    PipelinePage.Stage stage(String sentence, DoubleFunction<String> shown) {
        List<List<String>> cells = new ArrayList<>();
        for (int fold = 0; fold < rows.size(); fold++) {
            List<String> row = new ArrayList<>(rows.get(fold));
            metrics.get(fold).forEach(value -> row.add(shown.apply(value)));
            cells.add(row);
        }
        return new PipelinePage.Stage(
                "Cross-validation",
                sentence
                        + " The intervals are Student's over the folds, for 95 %; folds share training records, so"
                        + " that they tell less than as many independent trainings would.",
                facts(),
                List.of(new PipelinePage.Table(String.format(Locale.ROOT, "%d folds", rows.size()), heads, cells)),
                List.of());
    }
}
