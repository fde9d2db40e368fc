package org.aiis.report.view;

import java.util.List;

/**
 * The page about a model as its template sees it.
 *
 * @param way the way of the error, in parts
 * @param slowest nodes that take the longest; none where no time is told
 * @param constants nodes that only hold a value
 * @param timed whether the time of any node is told
 * @param data nodes for the page's script
 */
public record GrowthLayout(
        GrowthPage said,
        Drawing chart,
        List<Row> worst,
        List<Part> way,
        List<Row> slowest,
        int constants,
        boolean timed,
        Embedded data) {
    public GrowthLayout {
        worst = List.copyOf(worst);
        way = List.copyOf(way);
        slowest = List.copyOf(slowest);
    }

    /**
     * A node as a row.
     *
     * @param role on the way of the error: source, before or path
     * @param ownKey over, within or unknown
     * @param width of the bar of what it inherits, of 100
     */
    public record Row(
            int number,
            String name,
            String operator,
            String role,
            String own,
            String ownKey,
            String grown,
            String grownKey,
            String share,
            String placed,
            String time,
            String message,
            String width,
            List<String> gives) {
        public Row {
            gives = List.copyOf(gives);
        }
    }

    /**
     * Rows that stand beside each other.
     *
     * @param summary of rows that are folded; else empty
     * @param left how many more there are than are listed
     */
    public record Part(String summary, List<Row> rows, int left) {
        public Part {
            rows = List.copyOf(rows);
        }
    }
}
