package org.aiis.reference.arithmetic;

import java.util.Arrays;
import org.aiis.spec.tensor.ElementType;

/** Integers in two's complement: exact, and wrapped into the type where they leave it. Division truncates. */
final class Wrapping implements Arithmetic {
    private final ElementType type;

    Wrapping(ElementType type) {
        this.type = type;
    }

    private boolean wideUnsigned() {
        return type == ElementType.UINT64;
    }

    @Override
    public Numbers constant(double value, int count) {
        long[] values = new long[count];
        Arrays.fill(values, type.wrap((long) value));
        return Integers.own(values);
    }

    @Override
    public Numbers unary(Unary function, Numbers x) {
        long[] from = ((Integers) x).values;
        long[] to = new long[from.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = wideUnsigned() ? unsigned(function, from[i]) : type.wrap(function.apply(from[i]));
        }
        return Integers.own(to);
    }

    private static long unsigned(Unary function, long x) {
        return switch (function) {
            case ABS -> x;
            case SIGN -> x == 0 ? 0 : 1;
            default -> function.apply(x);
        };
    }

    @Override
    public Numbers binary(Binary function, Numbers a, Numbers b) {
        long[] left = ((Integers) a).values;
        long[] right = ((Integers) b).values;
        long[] to = new long[left.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = type.wrap(apply(function, left[i], right[i]));
        }
        return Integers.own(to);
    }

    private long apply(Binary function, long a, long b) {
        return switch (function) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> wideUnsigned() ? Long.divideUnsigned(a, b) : a / b;
            case POW -> power(a, b);
            case MIN -> order(a, b) <= 0 ? a : b;
            case MAX -> order(a, b) >= 0 ? a : b;
            case MOD -> wideUnsigned() ? Long.remainderUnsigned(a, b) : Math.floorMod(a, b);
            case REMAINDER -> wideUnsigned() ? Long.remainderUnsigned(a, b) : a % b;
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case SHIFT_LEFT -> inWidth(b) ? a << b : 0;
            case SHIFT_RIGHT -> inWidth(b) ? wideUnsigned() ? a >>> b : a >> b : a < 0 && type.isSigned() ? -1 : 0;
        };
    }

    private boolean inWidth(long shift) {
        return shift >= 0 && shift < type.bits();
    }

    /** Modulo 2^64 by squaring; a negative exponent gives the real result truncated toward zero. */
    private static long power(long base, long exponent) {
        if (exponent < 0) {
            return base == 1 ? 1 : base == -1 ? (exponent & 1) == 0 ? 1 : -1 : 0;
        }
        long result = 1;
        long square = base;
        for (long rest = exponent; rest != 0; rest >>>= 1) {
            result = (rest & 1) == 0 ? result : result * square;
            square *= square;
        }
        return result;
    }

    @Override
    public Numbers sums(Numbers x, int[] starts) {
        long[] from = ((Integers) x).values;
        long[] to = new long[starts.length - 1];
        for (int i = 0; i < to.length; i++) {
            long sum = 0;
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                sum += from[k];
            }
            to[i] = type.wrap(sum);
        }
        return Integers.own(to);
    }

    /** Rows that are summed up together, so that each row of the right matrix is read once for all of them. */
    private static final int TOGETHER = 16;

    /** Wrapping is left to the end: modulo 2^64 the order of a sum does not matter, and memory is read as it lies. */
    @Override
    public Numbers dots(Matrix a, Matrix b, Numbers addend) {
        long[] left = ((Integers) a.numbers()).values;
        long[] right = ((Integers) b.numbers()).values;
        int columns = b.columns();
        long[] to = addend.size() == 0 ? new long[a.rows() * columns] : ((Integers) addend).values.clone();
        for (int from = 0; from < a.rows(); from += TOGETHER) {
            int end = Math.min(a.rows(), from + TOGETHER);
            for (int k = 0; k < a.columns(); k++) {
                for (int m = from; m < end; m++) {
                    long factor = left[a.place(m, k)];
                    if (factor != 0) {
                        addScaled(to, m * columns, factor, right, b.place(k, 0), b.columnStep(), columns);
                    }
                }
            }
        }
        for (int i = 0; i < to.length; i++) {
            to[i] = type.wrap(to[i]);
        }
        return Integers.own(to);
    }

    private static void addScaled(long[] to, int at, long factor, long[] right, int from, int step, int count) {
        if (step == 1) {
            for (int n = 0; n < count; n++) {
                to[at + n] += factor * right[from + n];
            }
        } else {
            for (int n = 0; n < count; n++) {
                to[at + n] += factor * right[from + n * step];
            }
        }
    }

    private int order(long a, long b) {
        return wideUnsigned() ? Long.compareUnsigned(a, b) : Long.compare(a, b);
    }

    @Override
    public boolean holds(Relation relation, Numbers a, int i, Numbers b, int j) {
        return relation.holds(order(((Integers) a).at(i), ((Integers) b).at(j)));
    }

    @Override
    public Numbers refined(Numbers formula, Numbers closer) {
        return closer;
    }
}
