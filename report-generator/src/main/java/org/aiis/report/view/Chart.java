package org.aiis.report.view;

import java.util.List;

/** A plot of a page, drawn as SVG. Numbers that are not finite are left out. */
public sealed interface Chart permits LineChart, BarChart, MatrixChart {
    String title();

    /** What a reader who does not see the plot has to know. */
    String sentence();

    Drawing draw();

    /** Numbers of one kind, point by point. */
    record Series(String name, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    record Point(double x, double y) {}

    /** A value with the interval that it lies in; one without an interval has both ends at the value. */
    record Bar(String name, double value, double low, double high) {
        public static Bar of(String name, double value) {
            return new Bar(name, value, value, value);
        }
    }
}
