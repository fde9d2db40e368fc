package org.aiis.report.view;

import java.util.List;
import java.util.stream.DoubleStream;

/** Values beside each other, each with its interval. */
public record BarChart(String title, String sentence, String across, List<Bar> bars) implements Chart {
    private static final int WIDTH = 640;
    private static final int LEFT = 190;
    private static final int RIGHT = 560;
    private static final int ROW = 26;
    private static final int TOP = 8;

    public BarChart {
        bars = bars.stream()
                .filter(b -> Double.isFinite(b.value()) && Double.isFinite(b.low()) && Double.isFinite(b.high()))
                .toList();
    }

    @Override
    public Drawing draw() {
        int bottom = TOP + ROW * bars.size();
        Drawing drawing = new Drawing(WIDTH, bottom + 44, title);
        // Bars start at zero: their lengths are compared.
        Scale x = Scale.over(ends().min().orElse(0), ends().max().orElse(0), LEFT, RIGHT);
        for (double tick : x.ticks()) {
            drawing.line("grid", x.at(tick), TOP, x.at(tick), bottom)
                    .text("tick middle", x.at(tick), bottom + 16, Numbers.short4(tick));
        }
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double middle = TOP + ROW * (i + 0.5);
            double from = Math.min(x.at(0), x.at(bar.value()));
            double width = Math.abs(x.at(bar.value()) - x.at(0));
            drawing.text("label end", LEFT - 8, middle + 4, bar.name())
                    .rectangle("bar", from, middle - 8, width, 16, 0.85)
                    .line("whisker", x.at(bar.low()), middle, x.at(bar.high()), middle)
                    .text("tick", RIGHT + 8, middle + 4, Numbers.short4(bar.value()));
        }
        return drawing.text("label middle", (LEFT + RIGHT) / 2.0, bottom + 36, across);
    }

    private DoubleStream ends() {
        return DoubleStream.concat(
                DoubleStream.of(0), bars.stream().flatMapToDouble(b -> DoubleStream.of(b.value(), b.low(), b.high())));
    }
}
