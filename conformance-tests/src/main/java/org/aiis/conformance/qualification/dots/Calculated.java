package org.aiis.conformance.qualification.dots;

import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.spec.tensor.ElementType;

/** The oracle's operators in the arithmetic of float32, with one way to calculate dot products. */
record Calculated(Dot dot) implements Arithmetic {
    private static final Arithmetic EXACT = Arithmetics.fast().of(ElementType.FLOAT64);

    private static Numbers rounded(Numbers exact) {
        double[] to = new double[exact.size()];
        java.util.Arrays.setAll(to, i -> Machine.BINARY32.round(((Reals) exact).hi(i)));
        return Reals.own(to);
    }

    @Override
    public Numbers constant(double value, int count) {
        return EXACT.constant(value, count);
    }

    @Override
    public Numbers unary(Unary function, Numbers x) {
        return rounded(EXACT.unary(function, x));
    }

    @Override
    public Numbers binary(Binary function, Numbers a, Numbers b) {
        return rounded(EXACT.binary(function, a, b));
    }

    @Override
    public Numbers sums(Numbers x, int[] starts) {
        return rounded(EXACT.sums(x, starts));
    }

    @Override
    public Numbers dots(Matrix a, Matrix b, Numbers addend) {
        double[] to = new double[a.rows() * b.columns()];
        for (int i = 0; i < to.length; i++) {
            double[] row = new double[a.columns()];
            double[] column = new double[a.columns()];
            for (int k = 0; k < row.length; k++) {
                row[k] = at(a, i / b.columns(), k);
                column[k] = at(b, k, i % b.columns());
            }
            to[i] = dot.of(row, column, addend.size() == 0 ? 0 : ((Reals) addend).hi(i), Machine.BINARY32);
        }
        return rounded(Reals.own(to));
    }

    private static double at(Matrix m, int row, int column) {
        return ((Reals) m.numbers()).hi(m.at() + row * m.rowStep() + column * m.columnStep());
    }

    @Override
    public boolean holds(Relation relation, Numbers a, int i, Numbers b, int j) {
        return EXACT.holds(relation, a, i, b, j);
    }

    @Override
    public Numbers refined(Numbers formula, Numbers closer) {
        return formula;
    }
}
