package org.aiis.conformance.judge;

import java.util.BitSet;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/**
 * A floating-point output against its reference.
 *
 * @param signed whether the sign of an exact zero is fixed
 * @param underflowSigned whether the sign of every zero is, underflow included
 * @param flushing whether the ICS claims flushing for the type of the output
 * @param independent whether the rounding errors of dot products are, under the precision modes claimed
 * @param drawn whether a case drew the operands, so that elements do not share what they are summed from; else limit c) of dot
 *     products, which takes their errors for independent, is not asked for
 * @param argument argument of a function of one argument, element by element
 */
public record ToleranceComparison(
        Tolerance tolerance,
        boolean signed,
        boolean underflowSigned,
        boolean flushing,
        boolean independent,
        boolean drawn,
        IntToDoubleFunction argument) {
    /** Below this many elements the limit on the RMS would reject right ones (clause 4.3.7). */
    static final int SMALLEST_FOR_RMS = 64;

    static final double RMS_LIMIT = 1.5;

    /** Of operands that a case drew. */
    public ToleranceComparison(
            Tolerance tolerance,
            boolean signed,
            boolean underflowSigned,
            boolean flushing,
            boolean independent,
            IntToDoubleFunction argument) {
        this(tolerance, signed, underflowSigned, flushing, independent, true, argument);
    }

    /** Compares, names, types and shapes being equal. */
    public Comparison compare(String output, Tensor got, Reference.Value reference) {
        ElementType type = reference.type();
        Bound bound = Bound.of(tolerance, reference);
        boolean exact = bound instanceof ExactBound;
        Tensor rounded = reference.rounded();
        WrongElements wrong = new WrongElements(got.size());
        Rms rms = new Rms();
        BitSet flushed = new BitSet();
        SortedMap<String, Long> tallies = new TreeMap<>();
        double worst = 0;
        String problem = "";
        for (int i = 0; i < got.size(); i++) {
            double y = got.real(i);
            double r = exact ? rounded.real(i) : reference.real(i);
            double b = bound.at(reference, i, argument.applyAsDouble(i));
            ElementVerdict verdict = ElementVerdict.of(
                    y,
                    exact ? new Given(rounded) : reference,
                    i,
                    r,
                    b,
                    bound.zeroIsExact(reference, i) || (r == 0 && y == 0 && underflowSigned),
                    signed,
                    flushing);
            if (y == 0 && ElementVerdict.couldShowFlushing(r, b, type.format())) {
                tallies.merge("flushed." + type.label(), 1L, Long::sum);
            } else if (y != 0 && Math.abs(y) < type.format().smallestNormal()) {
                tallies.merge("kept." + type.label(), 1L, Long::sum);
            }
            if (verdict.share() > 1) {
                wrong.add(i, y, r, reference);
            }
            if (verdict.share() > 1 && problem.isEmpty()) {
                problem = message(Place.of(output, got.shape(), i), y, r, verdict.share());
            }
            worst = Math.max(worst, verdict.share());
            flushed.set(i, verdict.flushed());
            if (!verdict.flushed() && Double.isFinite(y) && Double.isFinite(r)) {
                rms.add(y - r - reference.low(i), reference.sigma(i));
            }
        }
        if (tolerance instanceof Tolerance.DotProduct && independent) {
            DotStatistics dots = DotStatistics.of(got, reference, flushed);
            double share = drawn ? dots.share() : dots.rmsShare();
            worst = Math.max(worst, share);
            if (share > 1 && problem.isEmpty()) {
                wrong.spread();
                problem = message(output, dots, drawn && dots.biasShare() > 1);
            }
        }
        if (tolerance instanceof Tolerance.RunningError && rms.count >= SMALLEST_FOR_RMS) {
            double share = rms.value() / RMS_LIMIT;
            worst = Math.max(worst, share);
            if (share > 1 && problem.isEmpty()) {
                wrong.spread();
                problem = String.format(
                        Locale.ROOT,
                        "RMS of %s over %d elements = %.3g σ, allowed %s σ",
                        output,
                        rms.count,
                        rms.value(),
                        RMS_LIMIT);
            }
        }
        return new Comparison(problem, worst, tallies, wrong.patterns());
    }

    private static String message(String output, DotStatistics dots, boolean bias) {
        return bias
                ? String.format(
                        Locale.ROOT,
                        "bias of %s over %d elements = %.3g σ, allowed ±%.3g σ",
                        output,
                        dots.count(),
                        dots.meanBias(),
                        DotStatistics.bias(dots.count()))
                : String.format(
                        Locale.ROOT,
                        "RMS of %s over %d elements = %.3g σ, allowed %.3g σ",
                        output,
                        dots.count(),
                        dots.rms(),
                        Math.sqrt(DotStatistics.meanSquare(dots.count())));
    }

    private String message(String place, double got, double reference, double share) {
        String size =
                Double.isFinite(share) ? String.format(Locale.ROOT, "%.3g of its limit", share) : "outside any limit";
        return place + " = " + Double.toHexString(got) + ", reference " + Double.toHexString(reference) + ", " + size
                + ", allowed " + tolerance.notation();
    }

    /** Root mean square of errors in units of their σ. */
    private static final class Rms {
        private double squares;
        private int count;

        void add(double error, double sigma) {
            if (sigma > 0) {
                squares += error / sigma * (error / sigma);
                count++;
            }
        }

        double value() {
            return Math.sqrt(squares / count);
        }
    }
}
