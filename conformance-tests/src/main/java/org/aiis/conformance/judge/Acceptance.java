package org.aiis.conformance.judge;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/**
 * What the judge accepts of an output, as data for a runner that is not this suite: for each element the smallest and the
 * largest value of the output's type that the judge calls right, found by asking it. NaN stands where NaN is needed.
 *
 * @param low smallest accepted element by element; for an exact match the reference itself
 * @param sign whether the sign of a zero is part of the answer, bool element by element
 * @param statistics what the limits on the whole tensor need, where there are any
 */
public record Acceptance(Tolerance tolerance, Tensor low, Tensor high, Tensor sign, Optional<Statistics> statistics) {
    /**
     * Limits on e = (y − real − rest)/sigma over the elements whose sigma is over 0 and whose real is finite.
     *
     * @param rms the largest root mean square, when there are at least {@code from} elements; 0 for dot products
     * @param exponent x of {@link DotStatistics}, whose limits on mean square and bias hold for dot products; else 0
     */
    public record Statistics(Tensor real, Tensor rest, Tensor sigma, double rms, int from, double exponent) {}

    /** Of each output, at the terms of a run that claims no flushing. */
    public static SortedMap<String, Acceptance> of(
            Standard standard,
            TestCase testCase,
            Tolerance stated,
            Reference reference,
            Map<String, Tensor> inputs,
            Terms terms) {
        OutputsComparison comparison = new OutputsComparison(standard, testCase, terms);
        SortedMap<String, Acceptance> accepted = new TreeMap<>();
        reference.outputs().forEach((name, value) -> {
            Tolerance tolerance = comparison.tolerance(stated, value.type());
            accepted.put(name, of(testCase, stated, tolerance, value, inputs));
        });
        return accepted;
    }

    /** What is drawn at random is not exact, of whatever type it is: the judge asks for its type and shape alone. */
    private static Acceptance of(
            TestCase testCase,
            Tolerance stated,
            Tolerance tolerance,
            Reference.Value value,
            Map<String, Tensor> inputs) {
        if (value.type().isFloat()) {
            return new Range(testCase, tolerance, value, inputs).acceptance();
        }
        Acceptance exactly = exactly(value.rounded());
        return stated instanceof Tolerance.Distribution
                ? new Acceptance(stated, exactly.low(), exactly.high(), exactly.sign(), Optional.empty())
                : exactly;
    }

    /** Exactly this tensor. */
    public static Acceptance exactly(Tensor value) {
        Tensor.Builder sign = new Tensor.Builder(ElementType.BOOL, value.shape());
        for (int i = 0; i < value.size(); i++) {
            sign.setBits(i, value.type().isFloat() && value.real(i) == 0 ? 1 : 0);
        }
        return new Acceptance(new Tolerance.Exact(), value, value, sign.build(), Optional.empty());
    }

    public boolean exact() {
        return tolerance instanceof Tolerance.Exact;
    }

    /** Asks the judge about one element after another. */
    private static final class Range {
        /** The limit in binary64 is off by no more than its own rounding, so a step or two find the edge. */
        private static final int MOST_STEPS = 8;

        private final Tolerance tolerance;
        private final Reference.Value given;
        private final Reference.Value reference;
        private final Bound bound;
        private final boolean signed;
        private final boolean underflowSigned;
        private final FloatFormat format;
        private final Tensor argument;

        Range(TestCase testCase, Tolerance tolerance, Reference.Value value, Map<String, Tensor> inputs) {
            this.tolerance = tolerance;
            this.given = value;
            this.format = value.type().format();
            this.bound = Bound.of(tolerance, value);
            this.reference = bound instanceof ExactBound ? new Given(value.rounded()) : value;
            this.signed = ZeroSign.fixed(testCase, tolerance);
            this.underflowSigned = ZeroSign.fixedThroughUnderflow(testCase);
            this.argument = inputs.isEmpty()
                    ? value.rounded()
                    : inputs.values().iterator().next();
        }

        Acceptance acceptance() {
            Shape shape = given.shape();
            Tensor.Builder low = new Tensor.Builder(given.type(), shape);
            Tensor.Builder high = new Tensor.Builder(given.type(), shape);
            Tensor.Builder sign = new Tensor.Builder(ElementType.BOOL, shape);
            for (int i = 0; i < shape.size(); i++) {
                low.setBits(i, edge(i, -1));
                high.setBits(i, edge(i, 1));
                boolean zero = reference.real(i) == 0;
                sign.setBits(i, zero && accepts(i, 0.0) != accepts(i, -0.0) ? 1 : 0);
            }
            return new Acceptance(tolerance, low.build(), high.build(), sign.build(), statistics());
        }

        private Optional<Statistics> statistics() {
            boolean dots = tolerance instanceof Tolerance.DotProduct;
            if (!dots && !(tolerance instanceof Tolerance.RunningError)) {
                return Optional.empty();
            }
            Shape shape = given.shape();
            Tensor.Builder real = new Tensor.Builder(ElementType.FLOAT64, shape);
            Tensor.Builder rest = new Tensor.Builder(ElementType.FLOAT64, shape);
            Tensor.Builder sigma = new Tensor.Builder(ElementType.FLOAT64, shape);
            for (int i = 0; i < shape.size(); i++) {
                real.setReal(i, given.real(i));
                rest.setReal(i, given.low(i));
                sigma.setReal(i, given.sigma(i));
            }
            return Optional.of(new Statistics(
                    real.build(),
                    rest.build(),
                    sigma.build(),
                    dots ? 0 : ToleranceComparison.RMS_LIMIT,
                    dots ? 1 : ToleranceComparison.SMALLEST_FOR_RMS,
                    dots ? DotStatistics.RISK_EXPONENT : 0));
        }

        /** Bits of the outermost value that is accepted, below or above the reference. */
        private long edge(int i, int direction) {
            double r = reference.real(i);
            double b = bound.at(reference, i, x(i));
            long at = format.encode(r);
            if (Double.isNaN(r) || Double.isInfinite(r) || !(b < Double.POSITIVE_INFINITY)) {
                return at;
            }
            double infinite = direction * Double.POSITIVE_INFINITY;
            if (format.hasInfinity() && accepts(i, infinite)) {
                return format.encode(infinite);
            }
            double most = format.largestFinite();
            long candidate = format.encode(Math.max(-most, Math.min(most, r + reference.low(i) + direction * b)));
            for (int step = 0; step < MOST_STEPS && !accepts(i, format.decode(candidate)); step++) {
                candidate = next(candidate, -direction);
            }
            for (int step = 0; step < MOST_STEPS; step++) {
                long further = next(candidate, direction);
                boolean beyond = (format.decode(further) - format.decode(candidate)) * direction > 0;
                if (!beyond || !accepts(i, format.decode(further))) {
                    break;
                }
                candidate = further;
            }
            return accepts(i, format.decode(candidate)) ? candidate : at;
        }

        /** The neighbour of a value: patterns of one sign follow each other by size. At the end of the format, any other. */
        private long next(long bits, int direction) {
            double value = format.decode(bits);
            if (value == 0) {
                return format.encode(direction * format.smallestSubnormal());
            }
            return bits + (value > 0 ? direction : -direction);
        }

        private double x(int i) {
            return argument.type() != ElementType.STRING && i < argument.size() ? argument.real(i) : 0;
        }

        private boolean accepts(int i, double y) {
            double r = reference.real(i);
            boolean zero = bound.zeroIsExact(reference, i) || (r == 0 && y == 0 && underflowSigned);
            return ElementVerdict.of(y, reference, i, r, bound.at(reference, i, x(i)), zero, signed, false)
                            .share()
                    <= 1;
        }
    }
}
