package org.aiis.conformance.qualification.arithmetic;

import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;

/** Reals calculated in a style: what an implementation would keep in its registers, held in binary64. */
public record Styled(Arithmetic exact, Style style, FloatFormat format) implements Arithmetic {
    /** A style for every floating-point type, functions of float64 rounded right; integers as the oracle has them. */
    public static Arithmetics of(Style style) {
        Arithmetics fast = Arithmetics.fast();
        Arithmetics closer = Arithmetics.reference();
        return type -> type.isFloat()
                ? new Styled((type == ElementType.FLOAT64 ? closer : fast).of(type), style, type.format())
                : fast.of(type);
    }

    @Override
    public Numbers constant(double value, int count) {
        return exact.constant(value, count);
    }

    @Override
    public Numbers unary(Unary function, Numbers x) {
        Reals from = (Reals) x;
        Reals right = (Reals) exact.unary(function, x);
        double[] to = new double[x.size()];
        for (int i = 0; i < to.length; i++) {
            to[i] = style.unary(function, from.hi(i), right.hi(i), format);
        }
        return Reals.own(to);
    }

    @Override
    public Numbers binary(Binary function, Numbers a, Numbers b) {
        Reals left = (Reals) a;
        Reals other = (Reals) b;
        Reals right = (Reals) exact.binary(function, a, b);
        double[] to = new double[a.size()];
        for (int i = 0; i < to.length; i++) {
            to[i] = style.binary(function, left.hi(i), other.hi(i), right.hi(i), format);
        }
        return Reals.own(to);
    }

    @Override
    public Numbers sums(Numbers x, int[] starts) {
        Reals from = (Reals) x;
        double[] to = new double[starts.length - 1];
        for (int i = 0; i < to.length; i++) {
            int count = starts[i + 1] - starts[i];
            double[] terms = new double[count];
            for (int k = 0; k < count; k++) {
                terms[k] = from.hi(starts[i] + k);
            }
            to[i] = format.round(style.sum(terms, count, format));
        }
        return Reals.own(to);
    }

    @Override
    public Numbers dots(Matrix a, Matrix b, Numbers addend) {
        Reals left = (Reals) a.numbers();
        Reals right = (Reals) b.numbers();
        double[] to = new double[a.rows() * b.columns()];
        double[] terms = new double[a.columns() + 1];
        for (int m = 0; m < a.rows(); m++) {
            for (int n = 0; n < b.columns(); n++) {
                int count = 0;
                for (int k = 0; k < a.columns(); k++) {
                    if (!b.absent().get(k * b.columns() + n)) {
                        double product = style.factor(left.hi(a.at() + m * a.rowStep() + k * a.columnStep()), format)
                                * style.factor(right.hi(b.at() + k * b.rowStep() + n * b.columnStep()), format);
                        terms[count++] = style.product(product, format);
                    }
                }
                int i = m * b.columns() + n;
                double sum = style.sum(terms, count, format);
                to[i] = format.round(
                        addend.size() == 0 ? sum : style.accumulator(format).round(sum + ((Reals) addend).hi(i)));
            }
        }
        return Reals.own(to);
    }

    @Override
    public boolean holds(Relation relation, Numbers a, int i, Numbers b, int j) {
        return style.holds(relation, ((Reals) a).hi(i), ((Reals) b).hi(j), exact.holds(relation, a, i, b, j));
    }

    /** An implementation has the formula and nothing closer. */
    @Override
    public Numbers refined(Numbers formula, Numbers closer) {
        return formula;
    }
}
