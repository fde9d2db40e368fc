package org.aiis.conformance.qualification.panel;

import java.util.List;
import java.util.function.UnaryOperator;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Tensor;

/** NaN, infinities, zeros and subnormals taken for something else. */
final class SpecialFaults {
    private static final String KIND = "special value";

    private SpecialFaults() {}

    static List<Fault> all() {
        return List.of(
                outputs("nan-to-zero", "NaN in an output becomes 0", (v, f) -> Double.isNaN(v) ? 0 : v),
                outputs(
                        "nan-to-infinity",
                        "NaN in an output becomes ∞",
                        (v, f) -> Double.isNaN(v) ? Double.POSITIVE_INFINITY : v),
                outputs("infinity-clamped", "∞ in an output becomes the largest finite number", SpecialFaults::clamped),
                outputs(
                        "infinity-to-nan",
                        "∞ in an output becomes NaN",
                        (v, f) -> Double.isInfinite(v) ? Double.NaN : v),
                outputs(
                        "largest-overflows",
                        "the largest finite number in an output becomes ∞",
                        (v, f) -> Math.abs(v) == f.largestFinite() ? v * Double.POSITIVE_INFINITY : v),
                outputs("zero-sign-lost", "−0 in an output becomes +0", (v, f) -> v + 0.0),
                outputs("zero-negated", "+0 in an output becomes −0", (v, f) -> v == 0 ? -0.0 : v),
                outputs("subnormals-flushed", "subnormal results become 0, unclaimed", SpecialFaults::flushed),
                operands("nan-read-as-zero", "NaN in an operand is read as 0", (v, f) -> Double.isNaN(v) ? 0 : v),
                operands(
                        "nan-read-as-largest",
                        "NaN in an operand is read as the largest number",
                        (v, f) -> Double.isNaN(v) ? f.largestFinite() : v),
                operands(
                        "infinity-read-as-largest",
                        "∞ in an operand is read as the largest finite",
                        SpecialFaults::clamped),
                operands(
                        "minus-infinity-read-as-lowest",
                        "−∞ in an operand is read as the lowest finite",
                        (v, f) -> v == Double.NEGATIVE_INFINITY ? -f.largestFinite() : v),
                operands(
                        "infinity-read-as-nan",
                        "∞ in an operand is read as NaN",
                        (v, f) -> Double.isInfinite(v) ? Double.NaN : v),
                operands("zero-read-unsigned", "−0 in an operand is read as +0", (v, f) -> v + 0.0),
                operands(
                        "subnormals-read-as-zero",
                        "subnormal operands are read as 0, unclaimed",
                        SpecialFaults::flushed));
    }

    private interface Special {
        double of(double v, FloatFormat format);
    }

    private static double clamped(double v, FloatFormat format) {
        return Double.isInfinite(v) ? Math.copySign(format.largestFinite(), v) : v;
    }

    private static double flushed(double v, FloatFormat format) {
        return Math.abs(v) < format.smallestNormal() ? v * 0 : v;
    }

    private static UnaryOperator<Tensor> each(Special change) {
        return tensor -> tensor.type().isFloat()
                ? Change.reals(v -> change.of(v, tensor.type().format())).apply(tensor)
                : tensor;
    }

    private static Fault outputs(String name, String summary, Special change) {
        return Fault.of(name, KIND, summary, Change.outputs(each(change)));
    }

    private static Fault operands(String name, String summary, Special change) {
        return Fault.of(name, KIND, summary, Change.operands(each(change)));
    }
}
