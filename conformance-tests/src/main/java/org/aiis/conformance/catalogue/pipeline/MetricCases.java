package org.aiis.conformance.catalogue.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.reference.pipeline.evaluate.ConfusionMatrix;
import org.aiis.reference.pipeline.evaluate.MetricGraphs;
import org.aiis.reference.pipeline.evaluate.RocCurve;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.reference.pipeline.preprocess.Split;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;
import org.assertj.core.api.Assertions;

/** Metrics computed on the backend, recomputed here in plain Java from the same predictions. */
final class MetricCases implements CaseSource {
    private static final Cases CASES = new Cases(MetricCases.class);
    private static final int RECORDS = 400;
    private static final int CLASSES = 5;
    private static final int BINS = 10;
    private static final int FOLDS = 5;
    private static final double LEAST = 10;
    private static final double U = ElementType.FLOAT32.format().unitRoundoff();

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(byClass(), area(), calibration(), regression(), baselines(), folds());
    }

    /** Class 3 is never predicted, and class 4 neither occurs nor is predicted: their metrics are partly undefined. */
    private static TestCase byClass() {
        SplitMix random = new SplitMix(41);
        long[] y = drawn(r -> random.below(CLASSES - 1));
        long[] predicted = drawn(r -> random.below(3) == 0 ? random.below(CLASSES - 2) : Math.min(y[r], 2));
        ConfusionMatrix matrix = ConfusionMatrix.of(y, predicted, CLASSES);
        return CASES.check(
                "EVAL-CLASS-METRICS/five-classes",
                () -> new Stimulus.ModelRun(
                        MetricGraphs.byClass(CLASSES), Map.of("predicted", whole(predicted), "y", whole(y))),
                (observation, terms) -> {
                    Played played = Played.of(observation);
                    Within within = new Within();
                    shares(within, played, "precision", matrix::precision);
                    shares(within, played, "recall", matrix::recall);
                    shares(within, played, "specificity", matrix::specificity);
                    shares(within, played, "f1", matrix::f1);
                    return within.finding();
                });
    }

    private static void shares(Within within, Played played, String name, IntFunction<OptionalDouble> metric) {
        Tensor got = played.one(name, ElementType.FLOAT32, Shape.of(CLASSES));
        for (int c = 0; c < CLASSES; c++) {
            OptionalDouble expected = metric.apply(c);
            if (expected.isEmpty()) {
                Assertions.assertThat(got.real(c))
                        .as("%s of class %d, which is undefined", name, c)
                        .isNaN();
            } else {
                // One division of whole numbers, as the operator table bounds it.
                double share = expected.orElseThrow();
                double limit = 2.5 * ElementType.FLOAT32.format().ulp(share);
                within.number(name + " of class " + c, got.real(c), share, limit);
            }
        }
    }

    /** Scores of few values, so that many are equal. */
    private static TestCase area() {
        SplitMix random = new SplitMix(42);
        long[] y = drawn(r -> random.below(4) == 0 ? 1 : 0);
        double[] scores = IntStream.range(0, RECORDS)
                .mapToDouble(r -> (random.below(12) + 4 * y[r]) / 16.0)
                .toArray();
        boolean[] positive = new boolean[RECORDS];
        IntStream.range(0, RECORDS).forEach(r -> positive[r] = y[r] == 1);
        double expected = RocCurve.of(scores, positive).area().value();
        return CASES.check(
                "EVAL-AREA/equal-scores",
                () -> new Stimulus.ModelRun(
                        MetricGraphs.areaUnderRoc(), Map.of("scores", reals(scores), "y", whole(y))),
                (observation, terms) -> {
                    double got = Played.of(observation)
                            .one("auc", ElementType.FLOAT32, Shape.of(1))
                            .real(0);
                    // Halves of whole numbers below 2^23 add up exactly; what is left is one division.
                    return new Within()
                            .number(
                                    "area",
                                    got,
                                    expected,
                                    2.5 * ElementType.FLOAT32.format().ulp(expected))
                            .finding();
                });
    }

    /** Probabilities with some at the edges of bins, 0 and 1 among them. */
    private static TestCase calibration() {
        SplitMix random = new SplitMix(43);
        double[] p = IntStream.range(0, RECORDS)
                .mapToDouble(r -> r % 8 == 0 ? random.below(5) / 4.0 : random.below(1 << 16) / 65536.0)
                .toArray();
        long[] y = drawn(r -> random.uniform() < (p[r] < 0.5 ? p[r] * p[r] : Math.sqrt(p[r])) ? 1 : 0);
        double[] count = new double[BINS];
        double[] said = new double[BINS];
        double[] seen = new double[BINS];
        for (int r = 0; r < RECORDS; r++) {
            int bin = Math.min((int) (p[r] * BINS), BINS - 1);
            count[bin]++;
            said[bin] += p[r];
            seen[bin] += y[r];
        }
        double ece = IntStream.range(0, BINS)
                        .mapToDouble(b -> Math.abs(said[b] - seen[b]))
                        .sum()
                / RECORDS;
        return CASES.check(
                "EVAL-CALIBRATION-ERROR/ten-bins",
                () -> new Stimulus.ModelRun(
                        MetricGraphs.calibration(BINS), Map.of("probability", reals(p), "y", whole(y))),
                (observation, terms) -> {
                    Played played = Played.of(observation);
                    Shape bins = Shape.of(BINS);
                    double error = RECORDS * U;
                    return new Within()
                            .tensor("count", played.one("count", ElementType.FLOAT32, bins), b -> count[b], b -> 0)
                            .tensor("seen", played.one("seen", ElementType.FLOAT32, bins), b -> seen[b], b -> 0)
                            .tensor(
                                    "said",
                                    played.one("said", ElementType.FLOAT32, bins),
                                    b -> said[b],
                                    b -> error * said[b])
                            .number(
                                    "expected calibration error",
                                    played.one("ece", ElementType.FLOAT32, Shape.of(1))
                                            .real(0),
                                    ece,
                                    2 * error)
                            .finding();
                });
    }

    /** A forecast of flow in vehicles, some truths not measured, some near zero. */
    private static TestCase regression() {
        SplitMix random = new SplitMix(44);
        double[] truth = IntStream.range(0, RECORDS)
                .mapToDouble(
                        r -> r % 23 == 4 ? Double.NaN : random.below(3) == 0 ? random.below(12) : random.below(150))
                .toArray();
        double[] forecast = IntStream.range(0, RECORDS)
                .mapToDouble(r -> (float) ((Double.isNaN(truth[r]) ? 50 : truth[r]) * random.uniform(0.7, 1.4) + 2))
                .toArray();
        int[] measured =
                IntStream.range(0, RECORDS).filter(r -> !Double.isNaN(truth[r])).toArray();
        double mae = mean(measured, r -> Math.abs(forecast[r] - truth[r]));
        double rmse = StrictMath.sqrt(mean(measured, r -> (forecast[r] - truth[r]) * (forecast[r] - truth[r])));
        int[] large = Arrays.stream(measured).filter(r -> truth[r] >= LEAST).toArray();
        double mape = mean(large, r -> Math.abs(forecast[r] - truth[r]) / truth[r]);
        return CASES.check(
                "EVAL-REGRESSION-METRICS/flow",
                () -> new Stimulus.ModelRun(
                        MetricGraphs.regression(LEAST), Map.of("forecast", reals(forecast), "truth", reals(truth))),
                (observation, terms) -> {
                    Played played = Played.of(observation);
                    Within within = new Within();
                    // Sums of n positive terms are off by at most n − 1 roundings (Higham, section 4.2), each term by
                    // three.
                    double share = (RECORDS + 4) * U;
                    metric(within, played, "mae", mae, share);
                    metric(within, played, "rmse", rmse, share);
                    metric(within, played, "mape", mape, share);
                    metric(within, played, "records", measured.length, 0);
                    return within.finding();
                });
    }

    private static void metric(Within within, Played played, String name, double expected, double share) {
        double got = played.one(name, ElementType.FLOAT32, Shape.of(1)).real(0);
        within.number(name, got, expected, share * expected);
    }

    private static TestCase baselines() {
        int n = 60;
        int horizon = 3;
        int period = 24;
        int m = n - period;
        Tensor.Builder series = new Tensor.Builder(ElementType.FLOAT32, Shape.of(n, 2));
        IntStream.range(0, 2 * n).forEach(i -> series.setReal(i, 7 * i + 0.5));
        TreeMap<String, Tensor> expected = new TreeMap<>();
        Map.of("persistence", horizon, "seasonal", period, "truth", 0).forEach((name, back) -> {
            Tensor.Builder rows = new Tensor.Builder(ElementType.FLOAT32, Shape.of(m, 2));
            IntStream.range(0, 2 * m).forEach(i -> rows.setReal(i, 7 * (i + 2 * (period - back)) + 0.5));
            expected.put(name, rows.build());
        });
        return CASES.of(
                "EVAL-BASELINES/day",
                () -> new Stimulus.ModelRun(
                        MetricGraphs.baselines(2, horizon, period), Map.of("series", series.build())),
                new Expectation.Outputs(expected));
    }

    /** Every fold of a stratified cross-validation, of classes whose sizes no number of folds divides. */
    private static TestCase folds() {
        SplitMix random = new SplitMix(45);
        int records = 137;
        long[] classes = LongStream.range(0, records)
                .map(r -> (long) random.below(3) * random.below(2))
                .toArray();
        double[] keys =
                IntStream.range(0, records).mapToDouble(r -> random.below(50)).toArray();
        return CASES.check(
                "EVAL-FOLDS/five",
                () -> {
                    List<Step> steps = new ArrayList<>(List.of(new Step.Load("folds", Split.fold(FOLDS), false)));
                    for (int fold = 0; fold < FOLDS; fold++) {
                        steps.add(Step.Run.of(
                                "folds", Map.of("classes", whole(classes), "keys", reals(keys), "fold", whole(fold))));
                    }
                    steps.add(new Step.Close("folds"));
                    return Stimulus.Script.of(steps.toArray(Step[]::new));
                },
                (observation, terms) -> {
                    Played played = Played.of(observation);
                    List<Tensor> training = played.all("training");
                    List<Tensor> validation = played.all("validation");
                    Assertions.assertThat(training).as("training parts").hasSize(FOLDS);
                    Assertions.assertThat(validation).as("validation parts").hasSize(FOLDS);
                    long[] all = LongStream.range(0, records).toArray();
                    for (int fold = 0; fold < FOLDS; fold++) {
                        Assertions.assertThat(together(List.of(training.get(fold), validation.get(fold))))
                                .as("records of both parts of fold %d, sorted", fold)
                                .isEqualTo(all);
                        for (long c = 0; c < 3; c++) {
                            long of = c;
                            long members =
                                    Arrays.stream(classes).filter(k -> k == of).count();
                            long here = Arrays.stream(validation.get(fold).integers())
                                    .filter(r -> classes[(int) r] == of)
                                    .count();
                            Assertions.assertThat(here)
                                    .as("records of class %d in the validation part of fold %d", of, fold)
                                    .isBetween(members / FOLDS, (members + FOLDS - 1) / FOLDS);
                        }
                    }
                    Assertions.assertThat(together(validation))
                            .as("records of all validation parts, sorted")
                            .isEqualTo(all);
                    return Finding.pass();
                });
    }

    private static long[] together(List<Tensor> parts) {
        return parts.stream()
                .flatMapToLong(part -> Arrays.stream(part.integers()))
                .sorted()
                .toArray();
    }

    private static double mean(int[] records, java.util.function.IntToDoubleFunction of) {
        return Arrays.stream(records).mapToDouble(of).average().orElseThrow();
    }

    private static long[] drawn(java.util.function.IntToLongFunction draw) {
        return IntStream.range(0, RECORDS).mapToLong(draw).toArray();
    }

    private static Tensor whole(long... values) {
        return Tensor.ofLongs(ElementType.INT64, Shape.of(values.length), values);
    }

    private static Tensor reals(double... values) {
        return Tensor.ofReals(ElementType.FLOAT32, Shape.of(values.length), values);
    }
}
