package org.aiis.conformance.qualification.arithmetic;

import java.math.BigInteger;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.spec.tensor.ElementType;

/**
 * Integers that stay at the extreme where they leave their type: the option that NUM-INTEGER-WRAP does not recommend and
 * that conforms. It shows too where an integer result overflows and the text is silent.
 */
public record Saturating(Arithmetic wrapping, ElementType type) implements Arithmetic {
    /** For every integer type; reals as an implementation in the usual style has them. */
    public static Arithmetics all() {
        Arithmetics fast = Arithmetics.fast();
        Arithmetics styled = Styled.of(Style.USUAL);
        return type -> type.isFloat()
                ? styled.of(type)
                : type.isInteger() ? new Saturating(fast.of(type), type) : fast.of(type);
    }

    private long saturated(BigInteger exact) {
        BigInteger low = big(type.minInteger());
        BigInteger high = big(type.maxInteger());
        return exact.max(low).min(high).longValue();
    }

    private BigInteger big(long bits) {
        BigInteger value = BigInteger.valueOf(bits);
        return type == ElementType.UINT64 && bits < 0 ? value.add(BigInteger.ONE.shiftLeft(64)) : value;
    }

    private BigInteger at(Numbers x, int i) {
        return big(((Integers) x).at(i));
    }

    @Override
    public Numbers constant(double value, int count) {
        return wrapping.constant(value, count);
    }

    @Override
    public Numbers unary(Unary function, Numbers x) {
        Integers right = (Integers) wrapping.unary(function, x);
        long[] to = new long[x.size()];
        for (int i = 0; i < to.length; i++) {
            to[i] = switch (function) {
                case NEG -> saturated(at(x, i).negate());
                case ABS -> saturated(at(x, i).abs());
                default -> right.at(i);
            };
        }
        return Integers.own(to);
    }

    @Override
    public Numbers binary(Binary function, Numbers a, Numbers b) {
        Integers right = (Integers) wrapping.binary(function, a, b);
        long[] to = new long[a.size()];
        for (int i = 0; i < to.length; i++) {
            to[i] = switch (function) {
                case ADD -> saturated(at(a, i).add(at(b, i)));
                case SUB -> saturated(at(a, i).subtract(at(b, i)));
                case MUL -> saturated(at(a, i).multiply(at(b, i)));
                case DIV -> saturated(at(a, i).divide(at(b, i)));
                case POW -> power(at(a, i), at(b, i), right.at(i));
                default -> right.at(i);
            };
        }
        return Integers.own(to);
    }

    /** Beyond an exponent of 128 only −1, 0 and 1 stay in any type, and there both agree. */
    private long power(BigInteger base, BigInteger exponent, long right) {
        boolean small = exponent.signum() >= 0 && exponent.bitLength() <= 7;
        return small ? saturated(base.pow(exponent.intValue())) : base.bitLength() <= 1 ? right : type.maxInteger();
    }

    @Override
    public Numbers sums(Numbers x, int[] starts) {
        long[] to = new long[starts.length - 1];
        for (int i = 0; i < to.length; i++) {
            BigInteger sum = BigInteger.ZERO;
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                sum = sum.add(at(x, k));
            }
            to[i] = saturated(sum);
        }
        return Integers.own(to);
    }

    @Override
    public Numbers dots(Matrix a, Matrix b, Numbers addend) {
        long[] to = new long[a.rows() * b.columns()];
        for (int i = 0; i < to.length; i++) {
            int m = i / b.columns();
            int n = i % b.columns();
            BigInteger sum = addend.size() == 0 ? BigInteger.ZERO : at(addend, i);
            for (int k = 0; k < a.columns(); k++) {
                sum = sum.add(at(a.numbers(), a.at() + m * a.rowStep() + k * a.columnStep())
                        .multiply(at(b.numbers(), b.at() + k * b.rowStep() + n * b.columnStep())));
            }
            to[i] = saturated(sum);
        }
        return Integers.own(to);
    }

    @Override
    public boolean holds(Relation relation, Numbers a, int i, Numbers b, int j) {
        return wrapping.holds(relation, a, i, b, j);
    }

    @Override
    public Numbers refined(Numbers formula, Numbers closer) {
        return closer;
    }
}
