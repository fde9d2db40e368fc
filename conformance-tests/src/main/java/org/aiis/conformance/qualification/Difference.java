package org.aiis.conformance.qualification;

import java.util.Map;
import org.aiis.conformance.qualification.panel.Answer;
import org.aiis.conformance.qualification.panel.Right;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/** How far an answer lies from the right one, by no tolerance: in ulps of the element that is furthest off. */
final class Difference {
    /** Two zeros of unlike sign: more than a right rounding. */
    private static final double ZEROS = 0.75;

    private Difference() {}

    /** Infinite where the answers cannot be compared by size. */
    static double of(Answer answer, Right right) {
        if (answer == right.answer()) {
            return 0;
        }
        if (answer.refusal().isPresent() || right.answer().refusal().isPresent()) {
            return answer.refusal().isPresent() == right.answer().refusal().isPresent() ? 0 : Double.POSITIVE_INFINITY;
        }
        if (!answer.outputs().keySet().equals(right.answer().outputs().keySet())) {
            return Double.POSITIVE_INFINITY;
        }
        double worst = 0;
        for (Map.Entry<String, Tensor> output : answer.outputs().entrySet()) {
            Tensor expected = right.answer().outputs().get(output.getKey());
            Reference.Value value = right.reference().orElseThrow().outputs().get(output.getKey());
            if (expected == null || value == null) {
                return Double.POSITIVE_INFINITY;
            }
            worst = Math.max(worst, of(output.getValue(), expected, value));
        }
        return worst;
    }

    private static double of(Tensor got, Tensor expected, Reference.Value value) {
        if (got == expected) {
            return 0;
        }
        if (got.type() != expected.type() || !got.shape().equals(expected.shape())) {
            return Double.POSITIVE_INFINITY;
        }
        if (!got.type().isFloat()) {
            boolean same =
                    got.type() == ElementType.STRING ? got.strings().equals(expected.strings()) : got.equals(expected);
            return same ? 0 : Double.POSITIVE_INFINITY;
        }
        double worst = 0;
        for (int i = 0; i < got.size(); i++) {
            worst = Math.max(worst, element(got, expected, value, i));
        }
        return worst;
    }

    private static double element(Tensor got, Tensor expected, Reference.Value value, int i) {
        if (got.bits(i) == expected.bits(i)) {
            return 0;
        }
        double y = got.real(i);
        double r = expected.real(i);
        if (Double.isNaN(y) || Double.isNaN(r)) {
            return Double.isNaN(y) && Double.isNaN(r) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (Double.isInfinite(y) || Double.isInfinite(r)) {
            return Double.POSITIVE_INFINITY;
        }
        if (y == r) {
            return ZEROS;
        }
        return Math.abs(y - value.real(i) - value.low(i)) / got.type().format().ulp(r);
    }

    /** The first thing that differs, for a reader. */
    static String told(Answer answer, Right right) {
        if (answer.refusal().isPresent()) {
            return "refused where outputs are right";
        }
        if (right.answer().refusal().isPresent()) {
            return "answered where a refusal is right: "
                    + right.answer().refusal().orElseThrow().getMessage();
        }
        for (Map.Entry<String, Tensor> output : answer.outputs().entrySet()) {
            Tensor expected = right.answer().outputs().get(output.getKey());
            Tensor got = output.getValue();
            if (expected == null
                    || got.type() != expected.type()
                    || !got.shape().equals(expected.shape())) {
                return output.getKey() + " is " + got.type().label() + got.shape()
                        + (expected == null ? "" : ", right " + expected.type().label() + expected.shape());
            }
            for (int i = 0; i < got.size(); i++) {
                if (!got.element(i).equals(expected.element(i))) {
                    return output.getKey() + "{" + i + "} of " + got.type().label() + got.shape() + " is "
                            + got.element(i) + ", right " + expected.element(i);
                }
            }
        }
        return "bits";
    }
}
