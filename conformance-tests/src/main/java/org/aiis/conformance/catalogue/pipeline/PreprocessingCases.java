package org.aiis.conformance.catalogue.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.reference.pipeline.preprocess.Cleaning;
import org.aiis.reference.pipeline.preprocess.Encoding;
import org.aiis.reference.pipeline.preprocess.Scaling;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;
import org.assertj.core.api.Assertions;

/** Cleaning, scaling and encoding: exact where values are moved, by the oracle where they are computed. */
final class PreprocessingCases implements CaseSource {
    private static final Cases CASES = new Cases(PreprocessingCases.class);
    private static final long[] CATEGORIES = {3, 14, 15, 92, 65};

    private final Fixture fixture;

    PreprocessingCases(Fixture fixture) {
        this.fixture = fixture;
    }

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(
                missing(),
                outliers(),
                duplicates(),
                outliersMissing(),
                firstOfKey(),
                labels(),
                text(),
                layout(),
                CASES.of(
                        "PRE-IMAGE-RESIZE/half",
                        () -> apply(
                                Scaling.imageResized(28, 28, 14, 14),
                                fixture.few().slice(0, 4).images()),
                        byOracle()),
                CASES.of(
                        "PRE-IMAGE-RESIZE/larger",
                        () -> apply(
                                Scaling.imageResized(28, 28, 42, 35),
                                fixture.few().slice(4, 6).images()),
                        byOracle()),
                CASES.of(
                        "PRE-MINMAX/table",
                        () -> apply(Scaling.minMax(Table.each(table()::min), Table.each(table()::max)), table().rows()),
                        byOracle()),
                CASES.of(
                        "PRE-ZSCORE/table",
                        () -> apply(
                                Scaling.zScore(Table.each(table()::mean), Table.each(table()::deviation)),
                                table().rows()),
                        byOracle()),
                CASES.of(
                        "PRE-IMAGE-SCALE/images",
                        () -> images(fixture.few().slice(0, 16).images()),
                        byOracle()),
                levels(),
                oneHot(),
                fitOnTrainingOnly());
    }

    private static TestCase missing() {
        double[] means = Table.each(table().withGaps()::mean);
        Table gaps = table().withGaps();
        Tensor expected =
                Table.filled(gaps.records(), (r, c) -> Double.isNaN(gaps.at(r, c)) ? means[c] : gaps.at(r, c));
        return CASES.of("PRE-MISSING/mean", () -> apply(Cleaning.missing(means), gaps.rows()), exactly(expected));
    }

    private static TestCase outliers() {
        double[] low = Table.each(c -> table().fence(c, -1));
        double[] high = Table.each(c -> table().fence(c, 1));
        Tensor expected = Table.filled(
                table().records(), (r, c) -> Math.min(Math.max(table().at(r, c), (float) low[c]), (float) high[c]));
        return CASES.of(
                "PRE-OUTLIER/quartiles", () -> apply(Cleaning.outliers(low, high), table().rows()), exactly(expected));
    }

    private static TestCase duplicates() {
        Table twins = table().withTwins();
        return CASES.of(
                "PRE-DUPLICATE/table",
                () -> apply(Cleaning.duplicates(Table.COLUMNS), twins.rows()),
                exactly(twins.distinct()));
    }

    /** Bounds at mean ± 2 s; what lies beyond becomes a missing value, and what was missing stays so. */
    private static TestCase outliersMissing() {
        Table gaps = table().withGaps();
        double[] low = Table.each(c -> gaps.mean(c) - 2 * gaps.deviation(c));
        double[] high = Table.each(c -> gaps.mean(c) + 2 * gaps.deviation(c));
        Tensor expected = Table.filled(
                gaps.records(),
                (r, c) ->
                        gaps.at(r, c) < (float) low[c] || gaps.at(r, c) > (float) high[c] ? Double.NaN : gaps.at(r, c));
        return CASES.of(
                "PRE-OUTLIER/z-score-to-missing",
                () -> apply(Cleaning.outliersMissing(low, high), gaps.rows()),
                exactly(expected));
    }

    /** Records of one key sent again with other values: the first stays, missing values and all. */
    private static TestCase firstOfKey() {
        Table gaps = table().withGaps();
        Tensor.Builder keys = new Tensor.Builder(ElementType.INT64, Shape.of(gaps.records(), 2));
        Set<List<Integer>> seen = new LinkedHashSet<>();
        List<Integer> kept = new ArrayList<>();
        for (int r = 0; r < gaps.records(); r++) {
            List<Integer> key = List.of(r * 5 % 13, r % 3);
            keys.setBits(2 * r, key.get(0)).setBits(2 * r + 1, key.get(1));
            if (seen.add(key)) {
                kept.add(r);
            }
        }
        Tensor expected = Table.filled(kept.size(), (r, c) -> gaps.at(kept.get(r), c));
        return CASES.of(
                "PRE-DUPLICATE/first-of-key",
                () -> new Stimulus.ModelRun(
                        Cleaning.firstOfKey(2, Table.COLUMNS), Map.of("keys", keys.build(), "x", gaps.rows())),
                exactly(expected));
    }

    private static TestCase labels() {
        Tensor x = Tensor.ofLongs(ElementType.INT64, Shape.of(7), 15, 3, 65, 7, 92, -3, 14);
        Tensor expected = Tensor.ofLongs(ElementType.INT64, Shape.of(7), 2, 0, 4, -1, 3, -1, 1);
        return CASES.of("PRE-ORDINAL/list-and-unknown", () -> apply(Encoding.labels(CATEGORIES), x), exactly(expected));
    }

    /** Words that differ in case, in a space and in how an accent is written are different. */
    private static TestCase text() {
        List<String> words = List.of("clear", "Clear", "caf\u00e9", "", "rain ");
        List<String> said = List.of("rain", "clear", "cafe\u0301", "caf\u00e9", "CLEAR", "rain ", "Clear", "");
        Tensor.Builder expected = new Tensor.Builder(ElementType.FLOAT32, Shape.of(said.size(), words.size()));
        for (int i = 0; i < said.size() * words.size(); i++) {
            boolean same = said.get(i / words.size()).equals(words.get(i % words.size()));
            expected.setReal(i, same ? 1 : 0);
        }
        return CASES.of(
                "PRE-TEXT/words",
                () -> apply(Encoding.oneHot(words), Tensor.ofStrings(Shape.of(said.size()), said)),
                exactly(expected.build()));
    }

    /** The same images with channels first and last. */
    private static TestCase layout() {
        int side = 5;
        int channels = 3;
        int records = 2;
        Tensor.Builder last = new Tensor.Builder(ElementType.UINT8, Shape.of(records, side, side, channels));
        Tensor.Builder first = new Tensor.Builder(ElementType.UINT8, Shape.of(records, channels, side, side));
        SplitMix random = new SplitMix(22);
        for (int r = 0; r < records; r++) {
            for (int p = 0; p < side * side; p++) {
                for (int c = 0; c < channels; c++) {
                    int level = random.below(256);
                    last.setBits((r * side * side + p) * channels + c, level);
                    first.setBits((r * channels + c) * side * side + p, level);
                }
            }
        }
        return CASES.check(
                "PRE-IMAGE-LAYOUT/three-channels",
                () -> Stimulus.Script.of(
                        new Step.Load("last", Scaling.imageChannelsLast(side, side, channels), false),
                        Step.Run.of("last", Map.of("x", last.build())),
                        new Step.Close("last"),
                        new Step.Load("first", Scaling.imageChannelsFirst(side, side, channels), false),
                        Step.Run.of("first", Map.of("x", first.build())),
                        new Step.Close("first")),
                (observation, terms) -> {
                    List<Tensor> y = Played.of(observation)
                            .all("y", 2, ElementType.FLOAT32, Shape.of(records, channels, side, side));
                    Assertions.assertThat(y.get(0)).as("channels last, moved").isEqualTo(y.get(1));
                    return Finding.pass();
                });
    }

    /** All 256 levels; the ends are exact. */
    private static TestCase levels() {
        long[] levels = IntStream.range(0, 256).asLongStream().toArray();
        Tensor image = Tensor.ofLongs(ElementType.UINT8, Shape.of(1, 16, 16), levels);
        return CASES.check("PRE-IMAGE-SCALE/levels", () -> images(image), (observation, terms) -> {
            Tensor y = Played.of(observation).one("y", ElementType.FLOAT32, image.shape());
            Assertions.assertThat(y.real(0)).as("0 scaled").isEqualTo(0.0);
            Assertions.assertThat(y.real(255)).as("255 scaled").isEqualTo(1.0);
            return Finding.pass();
        });
    }

    private static TestCase oneHot() {
        Tensor x = Tensor.ofLongs(ElementType.INT64, Shape.of(8), 15, 3, 65, 65, 7, 92, -3, 14);
        int columns = CATEGORIES.length;
        Tensor.Builder expected = new Tensor.Builder(ElementType.FLOAT32, Shape.of(x.size(), columns));
        for (int i = 0; i < x.size() * columns; i++) {
            expected.setReal(i, x.integer(i / columns) == CATEGORIES[i % columns] ? 1 : 0);
        }
        return CASES.of(
                "PRE-ONEHOT/list-and-unknown", () -> apply(Encoding.oneHot(CATEGORIES), x), exactly(expected.build()));
    }

    /** Fits twice; before the second time the records outside the training part are changed beyond recognition. */
    private static TestCase fitOnTrainingOnly() {
        long[] training = IntStream.range(0, table().records())
                .filter(r -> r % 5 != 0)
                .asLongStream()
                .toArray();
        Tensor places = Tensor.ofLongs(ElementType.INT64, Shape.of(training.length), training);
        Tensor changed = Table.filled(table().records(), (r, c) -> r % 5 == 0 ? 1e6 * (c + 1) - r : table().at(r, c));
        return CASES.check(
                "PRE-FIT-TRAINING-ONLY/table",
                () -> Stimulus.Script.of(
                        new Step.Load("fit", Scaling.fit(Table.COLUMNS), true),
                        Step.Run.of("fit", Map.of("x", table().rows(), "training", places)),
                        Step.Run.of("fit", Map.of("x", changed, "training", places)),
                        new Step.Close("fit")),
                (observation, terms) -> {
                    Played played = Played.of(observation);
                    for (String name : new String[] {"min", "max", "mean", "s"}) {
                        var fitted = played.all(name, 2, ElementType.FLOAT32, Shape.of(Table.COLUMNS));
                        Assertions.assertThat(fitted.get(1))
                                .as("%s after records outside the training part changed", name)
                                .isEqualTo(fitted.get(0));
                    }
                    Table part = new Table(Table.filled(training.length, (r, c) -> table().at((int) training[r], c)));
                    Within within = new Within();
                    double share = 16 * ElementType.FLOAT32.format().unitRoundoff() * training.length;
                    for (int c = 0; c < Table.COLUMNS; c++) {
                        within.number("mean", played.all("mean").get(0).real(c), part.mean(c), share * spread(part, c));
                        within.number("s", played.all("s").get(0).real(c), part.deviation(c), share * spread(part, c));
                        within.number("min", played.all("min").get(0).real(c), part.min(c), 0);
                        within.number("max", played.all("max").get(0).real(c), part.max(c), 0);
                    }
                    return within.finding();
                });
    }

    private static double spread(Table table, int column) {
        return Math.max(Math.abs(table.min(column)), Math.abs(table.max(column)));
    }

    private static Table table() {
        return Table.of(21);
    }

    private static Stimulus apply(Bytes model, Tensor x) {
        return new Stimulus.ModelRun(model, Map.of("x", x));
    }

    private static Stimulus images(Tensor x) {
        return apply(Scaling.image(x.shape().dim(1), x.shape().dim(2)), x);
    }

    private static Expectation byOracle() {
        return new Expectation.ByOracle(new Tolerance.RunningError());
    }

    private static Expectation exactly(Tensor y) {
        return new Expectation.Outputs(new TreeMap<>(Map.of("y", y)));
    }
}
