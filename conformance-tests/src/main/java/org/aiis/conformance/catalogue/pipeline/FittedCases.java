package org.aiis.conformance.catalogue.pipeline;

import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.reference.pipeline.preprocess.Fences;
import org.aiis.reference.pipeline.preprocess.Imputation;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;
import org.assertj.core.api.Assertions;

/**
 * Parameters fitted by a graph: each is fitted twice, the second time after the records outside the training part were changed
 * beyond recognition, and then compared with what plain Java computes from the training part.
 */
final class FittedCases implements CaseSource {
    private static final Cases CASES = new Cases(FittedCases.class);
    private static final double CONSTANT = -1;
    private static final double U = ElementType.FLOAT32.format().unitRoundoff();

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(
                fitted("PRE-MISSING-FITTED/mean", Imputation.fit(Table.COLUMNS, CONSTANT), withGaps(), (o, part) -> {
                    Within within = new Within();
                    column(o, "replacements", within, part::mean, c -> summed(part, c));
                    return within.finding();
                }),
                fitted("PRE-OUTLIER-FITTED/quartiles", Fences.quartiles(Table.COLUMNS, 1.5), withGaps(), (o, part) -> {
                    Within within = new Within();
                    column(o, "low", within, c -> fence(part, c, -1), c -> interpolated(part, c));
                    column(o, "high", within, c -> fence(part, c, 1), c -> interpolated(part, c));
                    return within.finding();
                }),
                fitted("PRE-OUTLIER-FITTED/z-score", Fences.deviations(Table.COLUMNS, 3), withGaps(), (o, part) -> {
                    Within within = new Within();
                    column(o, "low", within, c -> part.mean(c) - 3 * part.deviation(c), c -> summed(part, c));
                    column(o, "high", within, c -> part.mean(c) + 3 * part.deviation(c), c -> summed(part, c));
                    return within.finding();
                }),
                withoutValues());
    }

    private interface Judged {
        Finding by(Played played, Table part);
    }

    private static TestCase fitted(String id, Bytes model, Table table, Judged judged) {
        long[] training = training(table);
        Tensor changed = Table.filled(table.records(), (r, c) -> r % 5 == 0 ? 1e6 * (c + 1) - r : table.at(r, c));
        return CASES.check(id, () -> script(model, training, table.rows(), changed), (observation, terms) -> {
            Played played = Played.of(observation);
            for (Observation answer : played.answers()) {
                if (answer instanceof Observation.Outputs outputs) {
                    for (String name : outputs.values().keySet()) {
                        var both = played.all(name, 2, ElementType.FLOAT32, Shape.of(Table.COLUMNS));
                        Assertions.assertThat(both.get(1))
                                .as("%s after records outside the training part changed", name)
                                .isEqualTo(both.get(0));
                    }
                }
            }
            return judged.by(played, part(table, training));
        });
    }

    /** A column whose training part has no value present: the constant. */
    private static TestCase withoutValues() {
        Table gaps = withGaps();
        long[] training = training(gaps);
        Table empty =
                new Table(Table.filled(gaps.records(), (r, c) -> c == 1 && r % 5 != 0 ? Double.NaN : gaps.at(r, c)));
        return CASES.check(
                "PRE-MISSING-ALL/constant",
                () -> script(Imputation.fit(Table.COLUMNS, CONSTANT), training, empty.rows()),
                (observation, terms) -> {
                    Tensor got =
                            Played.of(observation).one("replacements", ElementType.FLOAT32, Shape.of(Table.COLUMNS));
                    Assertions.assertThat(got.real(1))
                            .as("replacement in a column without values")
                            .isEqualTo(CONSTANT);
                    return Finding.pass();
                });
    }

    private static Stimulus script(Bytes model, long[] training, Tensor... tables) {
        Tensor places = Tensor.ofLongs(ElementType.INT64, Shape.of(training.length), training);
        Stream<Step> runs = Stream.of(tables).map(x -> Step.Run.of("fit", Map.of("x", x, "training", places)));
        return Stimulus.Script.of(
                Stream.of(Stream.of(new Step.Load("fit", model, false)), runs, Stream.<Step>of(new Step.Close("fit")))
                        .flatMap(s -> s)
                        .toArray(Step[]::new));
    }

    private static void column(
            Played played, String name, Within within, IntToDoubleFunction reference, IntToDoubleFunction limit) {
        Tensor got = played.all(name).get(0);
        within.tensor(name, got, reference, limit);
    }

    /** Of a mean or a deviation: n roundings of the largest value, and a few more. */
    private static double summed(Table part, int column) {
        return 16 * U * part.records() * Math.max(Math.abs(part.min(column)), Math.abs(part.max(column)));
    }

    /** Of a fence: a handful of roundings of the two quartiles. */
    private static double interpolated(Table part, int column) {
        return 16 * U * (Math.abs(fence(part, column, -1)) + Math.abs(fence(part, column, 1)));
    }

    /** Tukey's fence with quartiles interpolated at place (m − 1)·q of the sorted values. */
    private static double fence(Table part, int column, int side) {
        double[] sorted = part.column(column).sorted().toArray();
        double first = quantile(sorted, 0.25);
        double third = quantile(sorted, 0.75);
        return (side < 0 ? first : third) + side * 1.5 * (third - first);
    }

    private static double quantile(double[] sorted, double share) {
        double place = (sorted.length - 1) * share;
        int below = (int) place;
        double above = sorted[Math.min(below + 1, sorted.length - 1)];
        return sorted[below] + (place - below) * (above - sorted[below]);
    }

    private static Table part(Table table, long[] training) {
        return new Table(Table.filled(training.length, (r, c) -> table.at((int) training[r], c)));
    }

    private static long[] training(Table table) {
        return IntStream.range(0, table.records())
                .filter(r -> r % 5 != 0)
                .asLongStream()
                .toArray();
    }

    private static Table withGaps() {
        return Table.of(23).withGaps();
    }
}
