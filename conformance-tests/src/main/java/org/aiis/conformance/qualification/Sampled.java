package org.aiis.conformance.qualification;

import java.util.Map;
import org.aiis.conformance.qualification.panel.Answer;
import org.aiis.conformance.qualification.panel.Right;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/** How far a sample lies from one that a right implementation drew: in standard errors of mean and spread. */
final class Sampled {
    /** Two right samples are seldom 6 apart, and these share their draws. */
    private static final double FAR = 12;

    /** Fewer elements tell no law from another. */
    private static final int LEAST = 100;

    private Sampled() {}

    /** Infinite where types, shapes or refusals differ, or mean or spread does by far; else 0. */
    static double difference(Answer answer, Right right) {
        if (answer.refusal().isPresent() || right.answer().refusal().isPresent()) {
            return Difference.of(answer, right);
        }
        if (!answer.outputs().keySet().equals(right.answer().outputs().keySet())) {
            return Double.POSITIVE_INFINITY;
        }
        for (Map.Entry<String, Tensor> output : answer.outputs().entrySet()) {
            Tensor expected =
                    java.util.Objects.requireNonNull(right.answer().outputs().get(output.getKey()));
            if (far(output.getValue(), expected)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return 0;
    }

    private static boolean far(Tensor got, Tensor expected) {
        if (got.type() != expected.type() || !got.shape().equals(expected.shape())) {
            return true;
        }
        if (got.type() == ElementType.STRING || got.size() < LEAST) {
            return false;
        }
        double[] ours = got.reals();
        double[] theirs = expected.reals();
        double spread = spread(theirs);
        double error = Math.max(spread, Double.MIN_NORMAL) / Math.sqrt(got.size());
        boolean same =
                Math.abs(mean(ours) - mean(theirs)) <= FAR * error && Math.abs(spread(ours) - spread) <= FAR * error;
        return !same;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double spread(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / values.length);
    }
}
