package org.aiis.report.view;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Lines over one axis: learning curves, a receiver operating characteristic, a forecast against the truth. */
public record LineChart(String title, String sentence, String across, String up, List<Series> lines) implements Chart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int LEFT = 64;
    private static final int BOTTOM = 312;
    private static final int TOP = 16;
    private static final int RIGHT = 624;

    /** Kinds of line that the style sheet tells apart; more repeat. */
    private static final int LOOKS = 6;

    public LineChart {
        lines = List.copyOf(lines);
    }

    @Override
    public Drawing draw() {
        Drawing drawing = new Drawing(WIDTH, HEIGHT + 20 * ((lines.size() + 2) / 3), title);
        List<Point> all = lines.stream().flatMap(LineChart::finite).toList();
        if (all.isEmpty()) {
            return drawing.text("label", LEFT, TOP + 20, "nothing to show");
        }
        Scale x = Scale.over(least(all, Point::x), most(all, Point::x), LEFT, RIGHT);
        Scale y = Scale.over(least(all, Point::y), most(all, Point::y), BOTTOM, TOP);
        for (double tick : x.ticks()) {
            drawing.line("grid", x.at(tick), TOP, x.at(tick), BOTTOM)
                    .text("tick middle", x.at(tick), BOTTOM + 16, Numbers.short4(tick));
        }
        for (double tick : y.ticks()) {
            drawing.line("grid", LEFT, y.at(tick), RIGHT, y.at(tick))
                    .text("tick end", LEFT - 6, y.at(tick) + 4, Numbers.short4(tick));
        }
        for (int i = 0; i < lines.size(); i++) {
            String look = "line s" + i % LOOKS;
            drawing.path(
                    look,
                    finite(lines.get(i))
                            .flatMap(p -> Stream.of(x.at(p.x()), y.at(p.y())))
                            .mapToDouble(Double::doubleValue)
                            .toArray());
            double at = LEFT + 190.0 * (i % 3);
            int row = i / 3;
            double below = HEIGHT + 8 + 20.0 * row;
            drawing.line(look, at, below - 4, at + 22, below - 4)
                    .text("label", at + 28, below, lines.get(i).name());
        }
        return drawing.text("label middle", (LEFT + RIGHT) / 2.0, BOTTOM + 36, across)
                .text("label", 4, TOP - 3, up);
    }

    private static Stream<Point> finite(Series series) {
        return series.points().stream().filter(p -> Double.isFinite(p.x()) && Double.isFinite(p.y()));
    }

    private static double least(List<Point> points, ToDoubleFunction<Point> of) {
        return points.stream().mapToDouble(of).min().orElseThrow();
    }

    private static double most(List<Point> points, ToDoubleFunction<Point> of) {
        return points.stream().mapToDouble(of).max().orElseThrow();
    }

    /** A line through numbers at 1, 2, 3, … */
    public static Series numbered(String name, List<Double> values) {
        List<Point> points = new ArrayList<>();
        for (double value : values) {
            points.add(new Point(points.size() + 1.0, value));
        }
        return new Series(name, points);
    }
}
