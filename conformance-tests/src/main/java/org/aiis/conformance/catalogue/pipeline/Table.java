package org.aiis.conformance.catalogue.pipeline;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * A small table of records as sensors give them, of four columns: one near 20, one near 1000 with outliers, one
 * constant, one of few values. Its numbers are computed here in plain Java and are the expectation of the cases.
 *
 * @param rows float32 {@code [n][4]}
 */
record Table(Tensor rows) {
    static final int COLUMNS = 4;
    private static final int RECORDS = 90;

    static Table of(long seed) {
        SplitMix random = new SplitMix(seed);
        return new Table(filled(RECORDS, (record, column) -> switch (column) {
            case 0 -> random.uniform(15, 25);
            case 1 -> random.below(12) == 0 ? random.uniform(-9e5, 9e5) : random.uniform(990, 1010);
            case 2 -> 7.25;
            default -> random.below(3) - 1;
        }));
    }

    /** What stands at a place. */
    @FunctionalInterface
    interface Entry {
        double at(int record, int column);
    }

    static Tensor filled(int records, Entry entry) {
        Tensor.Builder rows = new Tensor.Builder(ElementType.FLOAT32, Shape.of(records, COLUMNS));
        for (int i = 0; i < records * COLUMNS; i++) {
            rows.setReal(i, entry.at(i / COLUMNS, i % COLUMNS));
        }
        return rows.build();
    }

    int records() {
        return rows.shape().dim(0);
    }

    double at(int record, int column) {
        return rows.real(record * COLUMNS + column);
    }

    /** Every seventh value missing, and a whole record too. */
    Table withGaps() {
        return new Table(filled(records(), (r, c) -> (r * COLUMNS + c) % 7 == 3 || r == 5 ? Double.NaN : at(r, c)));
    }

    /** Each third record is an earlier one again, and the last equals the first. */
    Table withTwins() {
        return new Table(
                filled(records(), (r, c) -> r == records() - 1 ? at(0, c) : r % 3 == 2 ? at(r / 2, c) : at(r, c)));
    }

    /** The records without later equals. */
    Tensor distinct() {
        Set<java.util.List<Double>> kept = new LinkedHashSet<>();
        IntStream.range(0, records())
                .forEach(r -> kept.add(
                        IntStream.range(0, COLUMNS).mapToObj(c -> at(r, c)).toList()));
        double[] flat = kept.stream()
                .flatMap(java.util.List::stream)
                .mapToDouble(d -> d)
                .toArray();
        return Tensor.ofReals(ElementType.FLOAT32, Shape.of(kept.size(), COLUMNS), flat);
    }

    /** The mean of a column over values that are present. */
    double mean(int column) {
        return column(column).average().orElse(0);
    }

    /** The population standard deviation. */
    double deviation(int column) {
        double mean = mean(column);
        return StrictMath.sqrt(
                column(column).map(x -> (x - mean) * (x - mean)).average().orElse(0));
    }

    double min(int column) {
        return column(column).min().orElse(0);
    }

    double max(int column) {
        return column(column).max().orElse(0);
    }

    /** Tukey's fence: {@code side} −1 the first quartile less 1.5 of the spread between quartiles, +1 the third and more. */
    double fence(int column, int side) {
        double[] sorted = column(column).sorted().toArray();
        double first = sorted[sorted.length / 4];
        double third = sorted[3 * sorted.length / 4];
        return (side < 0 ? first : third) + side * 1.5 * (third - first);
    }

    static double[] each(java.util.function.IntToDoubleFunction statistic) {
        return IntStream.range(0, COLUMNS).mapToDouble(statistic).toArray();
    }

    /** Values present in a column, in order of the records. */
    java.util.stream.DoubleStream column(int column) {
        return IntStream.range(0, records()).mapToDouble(r -> at(r, column)).filter(x -> !Double.isNaN(x));
    }

    /** Places of records that are not in {@code places}. */
    Set<Long> others(long... places) {
        Set<Long> others = new TreeSet<>();
        IntStream.range(0, records()).forEach(r -> others.add((long) r));
        Arrays.stream(places).forEach(others::remove);
        return others;
    }
}
