package org.aiis.report.view;

import java.util.List;

/**
 * A confusion matrix: rows the true class, columns the predicted one, each cell as dark as its share of the row.
 *
 * @param counts row by row
 */
public record MatrixChart(String title, String sentence, List<String> classes, List<List<Long>> counts)
        implements Chart {
    private static final int LEFT = 130;
    private static final int TOP = 34;

    public MatrixChart {
        classes = List.copyOf(classes);
        counts = counts.stream().map(List::copyOf).toList();
        int n = classes.size();
        if (counts.size() != n || counts.stream().anyMatch(row -> row.size() != n)) {
            throw new IllegalArgumentException(
                    "a confusion matrix has a row and a column for each of " + n + " classes");
        }
    }

    @Override
    public Drawing draw() {
        double cell = Math.min(48, 500.0 / Math.max(1, classes.size()));
        int side = (int) Math.ceil(cell * classes.size());
        Drawing drawing = new Drawing(LEFT + side + 10, TOP + side + 30, title)
                .text("label", LEFT, 14, "predicted")
                .text("label end", LEFT - 8, TOP - 6, "true");
        for (int i = 0; i < classes.size(); i++) {
            long records = counts.get(i).stream().mapToLong(Long::longValue).sum();
            double y = TOP + i * cell;
            drawing.text("tick end", LEFT - 8, y + cell / 2 + 4, classes.get(i))
                    .text("tick middle", LEFT + (i + 0.5) * cell, TOP - 6, Integer.toString(i));
            for (int j = 0; j < classes.size(); j++) {
                long count = counts.get(i).get(j);
                double share = records == 0 ? 0 : (double) count / records;
                drawing.rectangle(i == j ? "cell right" : "cell wrong", LEFT + j * cell, y, cell, cell, share)
                        .text(
                                share > 0.5 ? "count middle over" : "count middle",
                                LEFT + (j + 0.5) * cell,
                                y + cell / 2 + 4,
                                Numbers.grouped(count));
            }
        }
        return drawing;
    }
}
