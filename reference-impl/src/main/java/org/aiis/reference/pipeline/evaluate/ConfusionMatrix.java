package org.aiis.reference.pipeline.evaluate;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Counts by true and predicted class, and the metrics of ISO/IEC TS 4213 that follow. A metric whose denominator is zero
 * is undefined, and empty here.
 *
 * @param counts int64 {@code [classes, classes]}, rows the true class, columns the predicted one
 */
public record ConfusionMatrix(Tensor counts) {
    /** Counts labels against predictions; both lie in 0 to {@code classes} − 1. */
    public static ConfusionMatrix of(long[] labels, long[] predicted, int classes) {
        long[] counts = new long[classes * classes];
        for (int i = 0; i < labels.length; i++) {
            counts[Math.toIntExact(labels[i] * classes + predicted[i])]++;
        }
        return new ConfusionMatrix(Tensor.ofLongs(ElementType.INT64, Shape.of(classes, classes), counts));
    }

    public int classes() {
        return counts.shape().dim(0);
    }

    public long records() {
        return Arrays.stream(counts.integers()).sum();
    }

    public long correct() {
        return all().mapToLong(c -> at(c, c)).sum();
    }

    /** Share of the records that are predicted right. */
    public OptionalDouble accuracy() {
        return share(correct(), records());
    }

    /** Of the records predicted to be of class {@code c}, the share that are. */
    public OptionalDouble precision(int c) {
        return share(at(c, c), all().mapToLong(truth -> at(truth, c)).sum());
    }

    /** Of the records of class {@code c}, the share predicted to be (sensitivity). */
    public OptionalDouble recall(int c) {
        return share(at(c, c), truth(c));
    }

    /** Of the records not of class {@code c}, the share not predicted to be. */
    public OptionalDouble specificity(int c) {
        long others = records() - truth(c);
        long wrong = all().mapToLong(t -> t == c ? 0 : at(t, c)).sum();
        return share(others - wrong, others);
    }

    /** Harmonic mean of precision and recall: 2·TP / (2·TP + FP + FN). */
    public OptionalDouble f1(int c) {
        long predicted = all().mapToLong(t -> at(t, c)).sum();
        return share(2 * at(c, c), predicted + truth(c));
    }

    /** Mean of F1 over the classes; undefined where one is. */
    public OptionalDouble macroF1() {
        return all().allMatch(c -> f1(c).isPresent())
                ? all().mapToDouble(c -> f1(c).orElseThrow()).average()
                : OptionalDouble.empty();
    }

    /** Accuracy of always saying the most frequent class: the baseline. */
    public OptionalDouble baseline() {
        return share(all().mapToLong(this::truth).max().orElse(0), records());
    }

    private IntStream all() {
        return IntStream.range(0, classes());
    }

    private long truth(int c) {
        return all().mapToLong(p -> at(c, p)).sum();
    }

    private long at(int truth, int predicted) {
        return counts.integer(truth * classes() + predicted);
    }

    private static OptionalDouble share(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }
}
