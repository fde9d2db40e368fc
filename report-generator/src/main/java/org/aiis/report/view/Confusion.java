package org.aiis.report.view;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A confusion matrix out of its tallies {@code confusion-I-J}: I the true class, J the predicted one. */
final class Confusion {
    private static final Pattern CELL = Pattern.compile("confusion-(\\d{1,3})-(\\d{1,3})");

    /** More columns than this fit no page. */
    private static final int MOST_CLASSES = 16;

    /** An error that takes this share of its class is marked, in percent. */
    private static final int NOTABLE = 10;

    private Confusion() {}

    static boolean cell(String name) {
        return CELL.matcher(name).matches();
    }

    static Optional<Page.Matrix> of(SortedMap<String, Long> tallies) {
        int classes = tallies.keySet().stream()
                .map(CELL::matcher)
                .filter(Matcher::matches)
                .mapToInt(m -> 1 + Math.max(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2))))
                .max()
                .orElse(0);
        if (classes < 2 || classes > MOST_CLASSES) {
            return Optional.empty();
        }
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                counts[i][j] = tallies.getOrDefault("confusion-" + i + "-" + j, 0L);
            }
        }
        return Optional.of(new Page.Matrix(
                IntStream.range(0, classes).mapToObj(Integer::toString).toList(),
                IntStream.range(0, classes).mapToObj(i -> row(counts, i)).toList()));
    }

    private static Page.MatrixRow row(long[][] counts, int i) {
        long records =
                IntStream.range(0, counts.length).mapToLong(j -> counts[i][j]).sum();
        long predicted =
                IntStream.range(0, counts.length).mapToLong(j -> counts[j][i]).sum();
        List<Page.Cell> cells = IntStream.range(0, counts.length)
                .mapToObj(j -> new Page.Cell(Numbers.grouped(counts[i][j]), look(counts[i][j], records, i == j)))
                .toList();
        return new Page.MatrixRow(
                Integer.toString(i),
                cells,
                Numbers.grouped(records),
                records == 0 ? "none" : Numbers.percent(counts[i][i], records),
                predicted == 0 ? "none" : Numbers.percent(counts[i][i], predicted));
    }

    private static String look(long count, long records, boolean right) {
        return right ? "right" : count == 0 ? "zero" : 100 * count >= NOTABLE * records ? "much" : "some";
    }
}
