package org.aiis.report.view;

import java.util.ArrayList;
import java.util.List;

/** Where a number lies on an axis of a plot. */
record Scale(double from, double to, double start, double end) {
    /** An axis over a range of numbers; a range of one number is widened. */
    static Scale over(double least, double most, double start, double end) {
        return most > least ? new Scale(least, most, start, end) : new Scale(least - 0.5, least + 0.5, start, end);
    }

    double at(double number) {
        return start + (number - from) / (to - from) * (end - start);
    }

    /** Four to nine round numbers of the range: multiples of 1, 2 or 5 times a power of ten. */
    List<Double> ticks() {
        double raw = (to - from) / 5;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step =
                raw / power < 1.5 ? power : raw / power < 3.5 ? 2 * power : raw / power < 7.5 ? 5 * power : 10 * power;
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + 1e-9 * step; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }
}
