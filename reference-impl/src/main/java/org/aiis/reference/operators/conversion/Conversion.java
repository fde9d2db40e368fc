package org.aiis.reference.operators.conversion;

import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;

/** Conversion of all elements to another type, as Cast defines it. */
public final class Conversion {
    private Conversion() {}

    /** The usual conversion; to 8-bit floats with saturation. */
    public static Value of(Call call, Value x, ElementType to) {
        return of(call, x, to, Narrowing.USUAL);
    }

    static Value of(Call call, Value x, ElementType to, Narrowing narrowing) {
        if (x.type() == to) {
            return x;
        }
        if (to == ElementType.STRING) {
            return Numerals.written(x);
        }
        if (x.type() == ElementType.STRING && to.isInteger()) {
            return Numerals.integers(call, x, to);
        }
        Value numeric = x.type() == ElementType.STRING ? Numerals.reals(call, x) : x;
        if (to == ElementType.BOOL) {
            return truth(numeric);
        }
        if (numeric.numbers() instanceof Integers integers) {
            return to.isFloat() ? real(call, x, integers, to, narrowing) : wrapped(x, integers, to);
        }
        Reals reals = numeric.reals();
        return to.isFloat() ? narrowed(call, numeric, reals, to, narrowing) : truncated(numeric, reals, to);
    }

    private static Value truth(Value x) {
        boolean[] truth = new boolean[x.size()];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = x.numbers() instanceof Integers integers
                    ? integers.at(i) != 0
                    : x.reals().hi(i) != 0;
        }
        return Value.bools(x.shape(), truth);
    }

    private static Value wrapped(Value x, Integers from, ElementType to) {
        long[] values = new long[from.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = to.wrap(from.at(i));
        }
        return Value.of(to, x.shape(), Integers.own(values));
    }

    /** An integer of up to 64 bits as the exact sum of two doubles, rounded once to the type. */
    private static Value real(Call call, Value x, Integers from, ElementType to, Narrowing narrowing) {
        double[] hi = new double[from.size()];
        double[] lo = new double[from.size()];
        boolean exact = true;
        for (int i = 0; i < hi.length; i++) {
            long value = from.at(i);
            boolean upper = x.type() == ElementType.UINT64 && value < 0;
            double high = (double) (upper ? value >>> 32 : value >> 32) * 0x1p32;
            double low = value & 0xFFFFFFFFL;
            hi[i] = high + low;
            lo[i] = low - (hi[i] - high);
            exact &= lo[i] == 0 && to.format().round(hi[i]) == hi[i];
        }
        Reals reals = Reals.own(hi, lo);
        if (Narrowing.isFor(to)) {
            return Value.of(to, x.shape(), narrowing.apply(call, reals, to));
        }
        return Value.of(to, x.shape(), exact ? reals : call.arithmetic(to).unary(Unary.STORED, reals));
    }

    private static Value narrowed(Call call, Value x, Reals from, ElementType to, Narrowing narrowing) {
        if (Narrowing.isFor(to)) {
            return Value.of(to, x.shape(), narrowing.apply(call, from, to));
        }
        FloatFormat before = x.type().format();
        FloatFormat after = to.format();
        boolean holdsAll =
                after.fractionBits() >= before.fractionBits() && after.exponentBits() >= before.exponentBits();
        return Value.of(to, x.shape(), holdsAll ? from : call.arithmetic(to).unary(Unary.STORED, from));
    }

    /**
     * Toward zero (OP-Cast-D2). Out of range it is saturated, and 0 for NaN (OP-Cast-D1); to integers of less than a byte
     * the low bits stay (OP-Cast-D7).
     */
    private static Value truncated(Value x, Reals from, ElementType to) {
        long[] values = new long[from.size()];
        for (int i = 0; i < values.length; i++) {
            double value = from.hi(i);
            boolean below = from.lo(i) < 0 && value > 0 && value == Math.rint(value);
            boolean above = from.lo(i) > 0 && value < 0 && value == Math.rint(value);
            double near = below ? Math.nextDown(value) : above ? Math.nextUp(value) : value;
            values[i] = to.bits() < 8 ? to.wrap((long) near) : saturated(near, to);
        }
        return Value.of(to, x.shape(), Integers.own(values));
    }

    static long saturated(double value, ElementType to) {
        if (to == ElementType.UINT64) {
            return value >= 0x1p64
                    ? -1
                    : value >= 0x1p63 ? (long) (value - 0x1p63) + Long.MIN_VALUE : (long) Math.max(value, 0);
        }
        return Math.max(to.minInteger(), Math.min(to.maxInteger(), (long) value));
    }
}
