package org.aiis.conformance.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.aiis.reference.pipeline.evaluate.Interval;
import org.aiis.reference.pipeline.evaluate.MetricGraphs;
import org.aiis.reference.pipeline.evaluate.PairedBootstrap;
import org.aiis.report.view.PipelinePage;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Forecasts of one quantity at one set of times, side by side with the truth.
 *
 * @param truth {@code [windows · horizons · stations]}, vehicles a quarter of an hour, NaN where it was not measured
 * @param forecasts the same by name
 * @param horizons of a window
 * @param stations of a horizon
 */
@SuppressWarnings("ArrayRecordComponent") // Two of them are never compared.
record ForecastScores(double[] truth, SortedMap<String, double[]> forecasts, int horizons, int stations) {
    /** A percentage of a flow below this many vehicles a quarter says little. */
    static final double LEAST = 10;

    /** Windows that are drawn together: three hours. */
    private static final int BLOCK = 36;

    private static final long SEED = 20240;
    private static final int MINUTES = 15;

    /** Mean absolute, root mean square and mean absolute percentage error of each forecast at each horizon, computed on the backend. */
    PipelinePage.Table table(Answers backend) {
        List<List<String>> rows = new ArrayList<>();
        forecasts.forEach((name, forecast) -> {
            for (int horizon = 0; horizon < horizons; horizon++) {
                SortedMap<String, Tensor> metrics = backend.once(
                        MetricGraphs.regression(LEAST),
                        Map.of("forecast", at(forecast, horizon), "truth", at(truth, horizon)));
                rows.add(List.of(
                        name,
                        Integer.toString(MINUTES * (horizon + 1)),
                        shown(metrics, "mae"),
                        shown(metrics, "rmse"),
                        String.format(
                                Locale.ROOT,
                                "%.1f %%",
                                100
                                        * Objects.requireNonNull(metrics.get("mape"))
                                                .real(0)),
                        String.format(
                                Locale.ROOT,
                                "%.0f",
                                Objects.requireNonNull(metrics.get("records")).real(0))));
            }
        });
        return new PipelinePage.Table(
                "Errors on the held-out days, vehicles a quarter of an hour",
                List.of("forecast", "minutes ahead", "MAE", "RMSE", "MAPE, flows of 10 or more", "values"),
                rows);
    }

    /** Mean absolute error of one less that of the other over all horizons; below 0 the first is better. */
    Interval difference(String one, String other) {
        return PairedBootstrap.difference(errors(one), errors(other), BLOCK, SEED);
    }

    /** Mean absolute error over all that was measured. */
    double error(String name) {
        double[] forecast = of(name);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < truth.length; i++) {
            if (!Double.isNaN(truth[i])) {
                sum += Math.abs(forecast[i] - truth[i]);
                count++;
            }
        }
        return sum / count;
    }

    /** Of each window the mean absolute error over horizons and stations. */
    private double[] errors(String name) {
        double[] forecast = of(name);
        int width = horizons * stations;
        double[] errors = new double[truth.length / width];
        for (int w = 0; w < errors.length; w++) {
            double sum = 0;
            int count = 0;
            for (int i = w * width; i < (w + 1) * width; i++) {
                if (!Double.isNaN(truth[i])) {
                    sum += Math.abs(forecast[i] - truth[i]);
                    count++;
                }
            }
            errors[w] = sum / count;
        }
        return errors;
    }

    private double[] of(String name) {
        double[] forecast = forecasts.get(name);
        if (forecast == null) {
            throw new IllegalArgumentException("no forecast " + name);
        }
        return forecast;
    }

    private Tensor at(double[] values, int horizon) {
        int windows = values.length / (horizons * stations);
        Tensor.Builder chosen = new Tensor.Builder(ElementType.FLOAT32, Shape.of(windows * stations));
        for (int i = 0; i < windows * stations; i++) {
            chosen.setReal(i, values[(i / stations * horizons + horizon) * stations + i % stations]);
        }
        return chosen.build();
    }

    private static String shown(SortedMap<String, Tensor> metrics, String name) {
        return String.format(
                Locale.ROOT, "%.2f", Objects.requireNonNull(metrics.get(name)).real(0));
    }
}
