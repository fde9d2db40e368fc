package org.aiis.report.view;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Both errors along the graph. Neighbouring nodes share a column where there are more nodes than columns; the largest of them is
 * drawn, so that no wrong node is lost between others. What is off by nothing is left out.
 *
 * @param nodes that are no constants
 * @param wrong those that are marked as wrong by themselves
 */
record GrowthChart(List<GrowthPage.Node> nodes, List<GrowthPage.Node> wrong) {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 236;
    private static final int LEFT = 68;
    private static final int RIGHT = 988;
    private static final int TOP = 12;
    private static final int BOTTOM = 196;
    private static final int COLUMNS = 466;

    Drawing draw() {
        Drawing drawing = new Drawing(WIDTH, HEIGHT, "Own and inherited error of each node, in the order of the graph");
        for (int power = Ratios.lowest(); power <= Ratios.highest(); power += 2) {
            double y = y(OptionalDouble.of(Math.pow(10, power)));
            drawing.line(power == 0 ? "bound" : "grid", LEFT, y, RIGHT, y)
                    .text("tick end", LEFT - 6, y + 4, label(power));
        }
        points(GrowthPage.Node::own).forEach(p -> drawing.rectangle("own", p[0] - 1, p[1], 2, BOTTOM - p[1], 1));
        drawing.path(
                "line grown",
                points(GrowthPage.Node::grown).stream()
                        .flatMapToDouble(java.util.Arrays::stream)
                        .toArray());
        for (int i = 0; i < nodes.size(); i++) {
            if (wrong.contains(nodes.get(i))) {
                drawing.rectangle("wrong", x(i) - 2, y(nodes.get(i).own()) - 4, 4, 8, 1);
            }
        }
        return drawing.text("label", LEFT, HEIGHT - 22, "first node")
                .text("label end", RIGHT, HEIGHT - 22, "last of " + Numbers.grouped(nodes.size()))
                .rectangle("own", LEFT, HEIGHT - 12, 14, 8, 1)
                .text("label", LEFT + 20, HEIGHT - 4, "own error")
                .line("line grown", LEFT + 120, HEIGHT - 8, LEFT + 142, HEIGHT - 8)
                .text("label", LEFT + 148, HEIGHT - 4, "error with what it inherits")
                .rectangle("wrong", LEFT + 350, HEIGHT - 12, 4, 8, 1)
                .text("label", LEFT + 360, HEIGHT - 4, "wrong by itself")
                .line("bound", LEFT + 490, HEIGHT - 8, LEFT + 512, HEIGHT - 8)
                .text("label", LEFT + 518, HEIGHT - 4, "what is allowed");
    }

    private static String label(int power) {
        return power == 0
                ? "1"
                : power < 0 ? "0." + "0".repeat(-power - 1) + "1" : Numbers.grouped((long) Math.pow(10, power));
    }

    private double x(int node) {
        return LEFT + (RIGHT - LEFT) * (node + 0.5) / nodes.size();
    }

    private static double y(OptionalDouble ratio) {
        return BOTTOM - Ratios.onScale(ratio, (double) BOTTOM - TOP);
    }

    /** The largest of each column that has any, in order. */
    private List<double[]> points(Function<GrowthPage.Node, OptionalDouble> error) {
        List<double[]> points = new ArrayList<>();
        int columns = Math.min(COLUMNS, nodes.size());
        for (int c = 0; c < columns; c++) {
            int from = (int) ((long) c * nodes.size() / columns);
            int to = (int) ((long) (c + 1) * nodes.size() / columns);
            OptionalDouble largest = IntStream.range(from, to)
                    .mapToObj(nodes::get)
                    .map(error)
                    .flatMapToDouble(OptionalDouble::stream)
                    .filter(e -> e > 0)
                    .max();
            if (largest.isPresent()) {
                points.add(new double[] {x(from) + (x(to - 1) - x(from)) / 2, y(largest)});
            }
        }
        return points;
    }
}
