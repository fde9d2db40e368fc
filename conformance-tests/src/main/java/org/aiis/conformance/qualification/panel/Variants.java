package org.aiis.conformance.qualification.panel;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.aiis.conformance.qualification.arithmetic.Saturating;
import org.aiis.conformance.qualification.arithmetic.Style;
import org.aiis.conformance.qualification.arithmetic.Styled;
import org.aiis.conformance.qualification.arithmetic.Summation;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/** Right implementations that differ: none may be rejected, and a fault counts where it does more than all of them. */
public final class Variants {
    /** Operators whose zeros may have either sign, by the decisions D2 of clause 4.7. */
    private static final Set<String> EITHER_ZERO =
            Set.of("Max", "Min", "Relu", "Sign", "Clip", "ReduceMax", "ReduceMin", "MaxPool");

    private static final Set<String> CONVERSIONS = Set.of("Cast", "CastLike", "QuantizeLinear");

    private Variants() {}

    /** The panel for an operator. */
    public static List<Variant> of(OperatorRow row) {
        return List.of(
                order(
                        "forward",
                        "sums first to last, each operation rounded",
                        (t, n, r) -> Summation.forward(t, 0, n, r)),
                order("backward", "sums last to first", Summation::backward),
                order("pairwise", "sums by halves", (t, n, r) -> Summation.pairwise(t, 0, n, r)),
                order("lanes-8", "eight interleaved sums", (t, n, r) -> Summation.lanes(t, n, 8, r)),
                order("split-k", "four sums of consecutive parts", (t, n, r) -> Summation.parts(t, n, 4, r)),
                order("kahan", "compensated sums", Summation::compensated),
                Variant.of("fma", "products enter sums unrounded", Change.arithmetic(Styled.of(new Style() {
                    @Override
                    public double product(double exact, FloatFormat format) {
                        return exact;
                    }
                }))),
                Variant.of("wide-sums", "sums are kept in binary64", Change.arithmetic(Styled.of(new Style() {
                    @Override
                    public FloatFormat accumulator(FloatFormat format) {
                        return FloatFormat.BINARY64;
                    }
                }))),
                order(
                        "blocks-32",
                        "sums of 32 terms, then their sum",
                        (t, n, r) -> Summation.parts(t, n, Math.max(1, (n + 31) / 32), r)),
                Variant.of("binary64", "binary64 throughout, rounded once", Change.arithmetic(Arithmetics.fast())),
                Variant.of(
                        "saturating",
                        "integers saturate where ONNX leaves overflow open",
                        Change.arithmetic(Saturating.all())),
                Variant.of("other-library", "as far off as the tolerance of a function lets it be", otherLibrary(row)),
                Variant.of(
                        "toward-zero",
                        "results rounded toward zero where the level allows an ulp",
                        directed(row, false)),
                Variant.of("upward", "results rounded up where the level allows an ulp", directed(row, true)),
                Variant.of(
                        "early-overflow",
                        "the largest number is ∞ where the tolerance reaches beyond it",
                        overflow(row)),
                Variant.of("nan-payload", "NaN has another sign and payload", Change.outputs(Variants::otherNan)),
                new Variant(
                        "flushing",
                        "subnormal results become 0, claimed",
                        Arrays.stream(ElementType.values())
                                .filter(Variants::flushable)
                                .collect(Collectors.toSet()),
                        Change.outputs(t -> !flushable(t.type()) || row.full() instanceof Tolerance.Exact
                                ? t
                                : Change.reals(v ->
                                                Math.abs(v) < t.type().format().smallestNormal() ? v * 0 : v)
                                        .apply(t))),
                Variant.of("other-zero", "a zero has the other sign where the standard allows either", otherZero(row)));
    }

    /** Types that processors calculate in; narrower ones are formats of storage, and conversions to them keep subnormals. */
    private static boolean flushable(ElementType type) {
        return type.isFloat() && type.bits() >= 16;
    }

    private interface Order {
        double sum(double[] terms, int count, DoubleUnaryOperator round);
    }

    private static Variant order(String name, String summary, Order order) {
        return Variant.of(name, summary, Change.arithmetic(Styled.of(new Style() {
            @Override
            public double sum(double[] terms, int count, FloatFormat format) {
                return order.sum(terms, count, accumulator(format)::round);
            }
        })));
    }

    private static boolean anUlp(OperatorRow row) {
        return row.relaxed() instanceof Tolerance.Ulp ulp && ulp.k() >= 1
                || row.relaxed() instanceof Tolerance.ArgumentDependent;
    }

    private static Change directed(OperatorRow row, boolean up) {
        return anUlp(row) ? PrecisionFaults.directed(up) : Right::answer;
    }

    /**
     * Clause 4.3.2: overflow is right where reference and bound together pass the largest number. A running error of 0
     * bounds nothing, and conversions and quantised results saturate by their text.
     */
    private static Change overflow(OperatorRow row) {
        boolean fixed = row.relaxed() instanceof Tolerance.Exact
                || row.relaxed() instanceof Tolerance.Quantised
                || CONVERSIONS.contains(row.operator());
        boolean running =
                row.relaxed() instanceof Tolerance.RunningError || row.relaxed() instanceof Tolerance.DotProduct;
        return fixed
                ? Right::answer
                : Change.named((right, name, t) -> {
                    Reference.Value value =
                            right.reference().orElseThrow().outputs().get(name);
                    return value == null || !t.type().isFloat() ? t : overflowed(t, value, running);
                });
    }

    private static Tensor overflowed(Tensor t, Reference.Value value, boolean running) {
        double largest = t.type().format().largestFinite();
        Tensor.Builder changed = new Tensor.Builder(t.type(), t.shape());
        for (int i = 0; i < t.size(); i++) {
            double v = t.real(i);
            if (Math.abs(v) == largest && !(running && value.sigma(i) == 0)) {
                changed.setReal(i, v * Double.POSITIVE_INFINITY);
            } else {
                changed.setBits(i, t.bits(i));
            }
        }
        return changed.build();
    }

    /** Up or down in turn, by the whole ulps that the tolerance has beyond two roundings. */
    private static Change otherLibrary(OperatorRow row) {
        int ulps = row.relaxed() instanceof Tolerance.Ulp ulp ? (int) Math.floor(ulp.k() - 1.5) : 0;
        if (ulps <= 0) {
            return Right::answer;
        }
        return Change.outputs(t -> {
            if (!t.type().isFloat()) {
                return t;
            }
            boolean[] up = {false};
            FloatFormat format = t.type().format();
            return Change.reals(v -> {
                        up[0] = !up[0];
                        boolean open = v == 0 || !Double.isFinite(v) || Math.abs(v) == format.largestFinite();
                        // A bounded or exact value, such as 1 to any power, is left as every library has it.
                        double moved = open || Math.abs(v) == 1 ? v : v + (up[0] ? ulps : -ulps) * lowUlp(v, format);
                        return moved == 0 ? v : moved;
                    })
                    .apply(t);
        });
    }

    /** An ulp of the binade below, so that a step down from a power of two is not two of its ulps. */
    private static double lowUlp(double v, FloatFormat format) {
        return format.ulp(Math.nextAfter(v, 0));
    }

    private static Tensor otherNan(Tensor t) {
        if (!t.type().isFloat()) {
            return t;
        }
        Tensor.Builder changed = new Tensor.Builder(t.type(), t.shape());
        long sign = 1L << 8 * t.type().bytes() - 1;
        for (int i = 0; i < t.size(); i++) {
            changed.setBits(i, Double.isNaN(t.real(i)) ? t.bits(i) ^ sign : t.bits(i));
        }
        Tensor other = changed.build();
        for (int i = 0; i < t.size(); i++) {
            // The one NaN of float8e4m3fnuz, float8e5m2fnuz and float8e8m0 has no other sign.
            if (Double.isNaN(t.real(i)) && !Double.isNaN(other.real(i))) {
                return t;
            }
        }
        return other;
    }

    private static Change otherZero(OperatorRow row) {
        boolean fixed = row.relaxed() instanceof Tolerance.Exact || row.relaxed() instanceof Tolerance.Ulp;
        boolean either = !fixed || EITHER_ZERO.contains(row.operator());
        return either ? Change.outputs(Change.reals(v -> v == 0 ? -v : v)) : Right::answer;
    }
}
