package org.aiis.conformance.catalogue.pipeline;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.reference.pipeline.preprocess.Windows;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** Windows over series in which every value is another, so that one from the wrong time is seen. */
final class WindowCases implements CaseSource {
    private static final Cases CASES = new Cases(WindowCases.class);

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(
                windows("next", 40, 6, 1, 3), windows("hour-ahead", 60, 12, 12, 2), windows("one-window", 8, 5, 3, 1));
    }

    private static TestCase windows(String name, int n, int steps, int horizon, int columns) {
        int m = n - steps - horizon + 1;
        Tensor.Builder series = new Tensor.Builder(ElementType.FLOAT32, Shape.of(n, columns));
        Tensor.Builder x = new Tensor.Builder(ElementType.FLOAT32, Shape.of(m, steps, columns));
        Tensor.Builder y = new Tensor.Builder(ElementType.FLOAT32, Shape.of(m, columns));
        for (int i = 0; i < n * columns; i++) {
            series.setReal(i, value(i / columns, i % columns));
        }
        for (int i = 0; i < m * steps * columns; i++) {
            int window = i / (steps * columns);
            x.setReal(i, value(window + i / columns % steps, i % columns));
        }
        for (int i = 0; i < m * columns; i++) {
            y.setReal(i, value(i / columns + steps - 1 + horizon, i % columns));
        }
        return CASES.of(
                "PRE-WINDOW/" + name,
                () -> new Stimulus.ModelRun(
                        new Windows(steps, horizon).build(columns), Map.of("series", series.build())),
                new Expectation.Outputs(new TreeMap<>(Map.of("x", x.build(), "y", y.build()))));
    }

    private static double value(int time, int column) {
        return 1000 * column + time + 0.25;
    }
}
