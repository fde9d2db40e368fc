package org.aiis.report.diff;

import java.math.BigInteger;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Tensor;

/**
 * How far two tensors lie apart. Elements that are both NaN are the same, whatever their payload.
 *
 * @param unlike in what they cannot be compared element by element: type or shape; empty where they can
 * @param differing elements that are not the same
 * @param special of these, elements of which one is NaN or an infinity and the other is not, or not the same one
 * @param zeroSigns of these, zeros of the other sign
 * @param steps most values of the type from one to the other, infinite values left out
 * @param unit what such a step is called: ulp, units of an integer, or elements that have no order; empty where none differs
 * @param absolute largest difference, infinite values left out
 * @param relative largest difference in units of the larger magnitude, infinite values left out
 * @param share the largest difference in units of the largest magnitude of the first tensor, infinite values left out
 * @param at flat index of the first special element, else of the one with most steps; -1 where none differs
 */
public record Apart(
        String unlike,
        long elements,
        long differing,
        long special,
        long zeroSigns,
        double steps,
        String unit,
        double absolute,
        double relative,
        double share,
        int at) {
    /** Of two tensors. */
    public static Apart of(Tensor one, Tensor other) {
        if (one.type() != other.type() || !one.shape().equals(other.shape())) {
            return unlike(label(one) + " there, " + label(other) + " here");
        }
        Counter counter = new Counter(one, other);
        for (int i = 0; i < one.size(); i++) {
            counter.element(i);
        }
        return counter.sum();
    }

    /** Of tensors of which no element can be compared with the other's. */
    public static Apart unlike(String why) {
        return new Apart(why, 0, 0, 0, 0, 0, "", 0, 0, 0, -1);
    }

    private static String label(Tensor tensor) {
        return tensor.type().label() + tensor.shape();
    }

    /** Whether nothing differs. */
    public boolean same() {
        return unlike.isEmpty() && differing == 0;
    }

    /** Both pairs of tensors seen as one. */
    public Apart and(Apart more) {
        boolean further = at < 0 || more.steps > steps || (more.special > 0 && special == 0);
        return new Apart(
                unlike.isEmpty() ? more.unlike : unlike,
                elements + more.elements,
                differing + more.differing,
                special + more.special,
                zeroSigns + more.zeroSigns,
                Math.max(steps, more.steps),
                further ? more.unit : unit,
                Math.max(absolute, more.absolute),
                Math.max(relative, more.relative),
                Math.max(share, more.share),
                further ? more.at : at);
    }

    /** Counts element by element. */
    private static final class Counter {
        private final Tensor one;
        private final Tensor other;
        private final ElementType type;
        private long differing;
        private long special;
        private long zeroSigns;
        private double steps;
        private double absolute;
        private double relative;
        private int at = -1;

        Counter(Tensor one, Tensor other) {
            this.one = one;
            this.other = other;
            this.type = one.type();
        }

        void element(int i) {
            if (type == ElementType.STRING) {
                if (!one.string(i).equals(other.string(i))) {
                    differs(i, 1);
                }
            } else if (one.bits(i) != other.bits(i)) {
                if (type.isFloat()) {
                    real(i);
                } else {
                    integer(i);
                }
            }
        }

        private void real(int i) {
            double a = one.real(i);
            double b = other.real(i);
            if (Double.isNaN(a) && Double.isNaN(b)) {
                return;
            }
            if (!Double.isFinite(a) || !Double.isFinite(b)) {
                differing++;
                at = special == 0 ? i : at;
                special++;
                return;
            }
            double off = Math.abs(a - b);
            zeroSigns += a == 0 && b == 0 ? 1 : 0;
            differs(i, between(rank(one.bits(i)), rank(other.bits(i))));
            absolute = Math.max(absolute, Math.min(off, Double.MAX_VALUE));
            relative =
                    Math.max(relative, off == 0 ? 0 : Math.abs(a / 2 - b / 2) / Math.max(Math.abs(a), Math.abs(b)) * 2);
        }

        /** Of so many values from the one element to the other. */
        private void differs(int i, double apart) {
            differing++;
            if (special == 0 && (at < 0 || apart > steps)) {
                at = i;
            }
            steps = Math.max(steps, apart);
        }

        private void integer(int i) {
            double off = value(one, i).subtract(value(other, i)).abs().doubleValue();
            double largest = Math.max(
                    value(one, i).abs().doubleValue(), value(other, i).abs().doubleValue());
            differs(i, off);
            absolute = Math.max(absolute, off);
            relative = Math.max(relative, off / largest);
        }

        private static BigInteger value(Tensor tensor, int i) {
            return tensor.type() == ElementType.UINT64
                    ? new BigInteger(Long.toUnsignedString(tensor.integer(i)))
                    : BigInteger.valueOf(tensor.integer(i));
        }

        /** Exact where the difference fits into a long, as it does for numbers that are close to each other. */
        private static double between(long one, long other) {
            long off = one - other;
            boolean overflows = ((one ^ other) & (one ^ off)) < 0;
            return Math.abs(overflows ? (double) one - (double) other : (double) off);
        }

        /** Place of a bit pattern among the values of the type, the two zeros at one place. */
        private long rank(long bits) {
            if (type.format().specials() == FloatFormat.Specials.POWERS_OF_TWO) {
                return bits;
            }
            long magnitude = bits & ~(1L << (type.bits() - 1));
            return magnitude == bits ? bits : -magnitude;
        }

        private double share() {
            if (absolute == 0) {
                return 0;
            }
            double largest = 0;
            for (int i = 0; i < one.size(); i++) {
                double size = Math.abs(one.real(i));
                largest = Double.isFinite(size) ? Math.max(largest, size) : largest;
            }
            return Math.min(absolute / largest, Double.MAX_VALUE);
        }

        private String unit() {
            if (differing == 0) {
                return "";
            }
            return type.isFloat() ? "ulp" : type.isInteger() ? "units" : "elements";
        }

        Apart sum() {
            return new Apart(
                    "", one.size(), differing, special, zeroSigns, steps, unit(), absolute, relative, share(), at);
        }
    }
}
