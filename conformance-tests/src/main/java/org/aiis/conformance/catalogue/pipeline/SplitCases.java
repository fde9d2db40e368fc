package org.aiis.conformance.catalogue.pipeline;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.reference.pipeline.preprocess.Split;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;
import org.assertj.core.api.Assertions;

/** Splitting: classes of unequal size, keys with ties, several shares. */
final class SplitCases implements CaseSource {
    private static final Cases CASES = new Cases(SplitCases.class);
    private static final int RECORDS = 157;
    private static final int CLASSES = 5;

    @Override
    public Stream<TestCase> cases() {
        return Stream.concat(
                byClass(),
                Stream.of(0.2, 0.25)
                        .map(share -> CASES.check(
                                "PRE-SPLIT-TIME/share-" + Math.round(100 * share),
                                () -> new Stimulus.ModelRun(Split.timeOrdered(share), Map.of("times", times())),
                                (o, terms) -> ordered(o, share))));
    }

    private static Stream<TestCase> byClass() {
        return Stream.of(0.2, 0.25, 0.5).flatMap(share -> {
            String name = "/share-" + Math.round(100 * share);
            return Stream.of(
                    CASES.check("PRE-SPLIT-DISJOINT" + name, () -> split(share), (o, terms) -> disjoint(o)),
                    CASES.check("PRE-SPLIT-STRATIFIED" + name, () -> split(share), (o, terms) -> stratified(o, share)));
        });
    }

    private static Finding disjoint(Observation observation) {
        long[] all = LongStream.concat(
                        Arrays.stream(places(observation, "training")), Arrays.stream(places(observation, "test")))
                .sorted()
                .toArray();
        Assertions.assertThat(all)
                .as("places of records in both parts, sorted")
                .isEqualTo(LongStream.range(0, RECORDS).toArray());
        return Finding.pass();
    }

    private static Finding stratified(Observation observation, double share) {
        Within within = new Within();
        for (int c = 0; c < CLASSES; c++) {
            int of = c;
            long records =
                    IntStream.range(0, RECORDS).filter(r -> classOf(r) == of).count();
            within.number(
                    "test part of class " + c, count(observation, "test", c), share * records, Math.nextDown(1.0));
            within.number(
                    "training part of class " + c,
                    count(observation, "training", c),
                    (1 - share) * records,
                    Math.nextDown(1.0));
        }
        return within.finding();
    }

    /** No training record is later than a test record; the test part is as large as records of one time allow. */
    private static Finding ordered(Observation observation, double share) {
        disjoint(observation);
        Tensor times = times();
        long[] training = places(observation, "training");
        long[] test = places(observation, "test");
        long latest = Arrays.stream(training)
                .map(r -> times.integer((int) r))
                .max()
                .orElseThrow(() -> new AssertionError("no training record"));
        long earliest = Arrays.stream(test)
                .map(r -> times.integer((int) r))
                .min()
                .orElseThrow(() -> new AssertionError("no test record"));
        Assertions.assertThat(earliest)
                .as("time of the earliest test record, later than that of the latest training record")
                .isGreaterThan(latest);
        long wanted = StrictMath.round(share * RECORDS);
        long together = Arrays.stream(times.integers()).filter(t -> t == latest).count();
        Assertions.assertThat((long) test.length)
                .as("records of the test part")
                .isBetween(wanted - together + 1, wanted);
        return Finding.pass();
    }

    /** In no order, three records or so at a time. */
    private static Tensor times() {
        SplitMix random = new SplitMix(33);
        long[] times = new long[RECORDS];
        Arrays.setAll(times, r -> 1_700_000_000L + 300L * random.below(RECORDS / 3));
        return Tensor.ofLongs(ElementType.INT64, Shape.of(RECORDS), times);
    }

    private static double count(Observation observation, String part, int c) {
        return Arrays.stream(places(observation, part))
                .filter(r -> r >= 0 && r < RECORDS && classOf((int) r) == c)
                .count();
    }

    private static long[] places(Observation observation, String part) {
        return Played.of(observation).all(part).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no output " + part))
                .integers();
    }

    private static Stimulus split(double share) {
        SplitMix random = new SplitMix(31);
        Tensor.Builder keys = new Tensor.Builder(ElementType.FLOAT32, Shape.of(RECORDS));
        IntStream.range(0, RECORDS).forEach(r -> keys.setReal(r, random.below(60)));
        long[] classes =
                IntStream.range(0, RECORDS).mapToLong(SplitCases::classOf).toArray();
        return new Stimulus.ModelRun(
                Split.stratified(share),
                Map.of("classes", Tensor.ofLongs(ElementType.INT64, Shape.of(RECORDS), classes), "keys", keys.build()));
    }

    /** Class sizes fall: the last has a few records only. */
    private static int classOf(int record) {
        return (int) Math.sqrt((record * 7919 % RECORDS) * (double) (CLASSES * CLASSES) / RECORDS);
    }
}
