package org.aiis.conformance.judge;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Recorded;

/**
 * The tolerance of ONNX's backend tests: |y − e| ≤ atol + rtol·|e| for numbers, bfloat16 with rtol no less than 2^-6, NaN
 * for NaN, ∞ for ∞ of its sign; the same bool, the same string. Names, types and shapes are the same.
 *
 * <p>Source: onnx 1.23.2, onnx/backend/test/runner, assert_similar_outputs.
 */
public record Closeness(double rtol, double atol) {
    private static final double BFLOAT16 = 0x1p-6;

    /** What comparing gave: what is wrong, empty when nothing is, and the largest error in units of its limit. */
    public record Result(String problem, double worst) {
        public boolean close() {
            return problem.isEmpty();
        }
    }

    public Result compare(SortedMap<String, Recorded> got, SortedMap<String, Tensor> expected) {
        if (!got.keySet().equals(expected.keySet())) {
            return new Result("outputs " + got.keySet() + ", expected " + expected.keySet(), Double.POSITIVE_INFINITY);
        }
        Comparison all = Comparison.fine();
        for (Map.Entry<String, Tensor> output : expected.entrySet()) {
            Recorded value = java.util.Objects.requireNonNull(got.get(output.getKey()));
            all = all.and(one(output.getKey(), value, output.getValue()));
        }
        return new Result(all.problem(), all.worst());
    }

    private Comparison one(String name, Recorded recorded, Tensor expected) {
        if (recorded.type() != expected.type()) {
            return Comparison.wrong("output " + name + " has type "
                    + recorded.type().label() + ", expected " + expected.type().label());
        }
        if (!recorded.shape().equals(expected.shape())) {
            return Comparison.wrong(
                    "output " + name + " has shape " + recorded.shape() + ", expected " + expected.shape());
        }
        Tensor got = recorded.tensor();
        if (expected.type() == ElementType.STRING || expected.type() == ElementType.BOOL) {
            return ExactComparison.compare(name, got, expected);
        }
        double worst = 0;
        String problem = "";
        for (int i = 0; i < expected.size(); i++) {
            double share = share(got, expected, i);
            if (share > 1 && problem.isEmpty()) {
                problem = Place.of(name, expected.shape(), i) + " = " + got.element(i) + ", expected "
                        + expected.element(i) + ", allowed rtol " + rtol + " atol " + atol;
            }
            worst = Math.max(worst, share);
        }
        return new Comparison(problem, worst, new TreeMap<>());
    }

    private double share(Tensor got, Tensor expected, int i) {
        if (got.bits(i) == expected.bits(i)) {
            return 0;
        }
        double y = value(got, i);
        double e = value(expected, i);
        if (Double.isNaN(e) || Double.isNaN(y) || Double.isInfinite(e) || Double.isInfinite(y)) {
            return Double.compare(e, y) == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        // Integers that binary64 does not tell apart are still not the same.
        double error = Math.max(Math.abs(y - e), expected.type().isFloat() ? 0 : 1);
        double relative = expected.type() == ElementType.BFLOAT16 ? Math.max(rtol, BFLOAT16) : rtol;
        double limit = atol + relative * Math.abs(e);
        return y == e && expected.type().isFloat() ? 0 : error / limit;
    }

    private static double value(Tensor tensor, int i) {
        if (tensor.type().isInteger() && !tensor.type().isSigned()) {
            long bits = tensor.integer(i);
            return bits >= 0 ? bits : (bits >>> 1) * 2.0;
        }
        return tensor.real(i);
    }
}
