package org.aiis.conformance.qualification.layers;

import org.aiis.conformance.qualification.arithmetic.Style;
import org.aiis.conformance.qualification.arithmetic.Styled;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.spec.tensor.FloatFormat;

/** Another arithmetic with tanh or sigmoid calculated in a way of its own, and no formula beside it. */
record Substituted(Arithmetic other, Squashing.Way way, FloatFormat format) implements Relayed {
    /** For every floating-point type. */
    static Arithmetics of(Style style, Squashing.Way way) {
        Arithmetics styled = Styled.of(style);
        return type -> type.isFloat() ? new Substituted(styled.of(type), way, type.format()) : styled.of(type);
    }

    @Override
    public Numbers unary(Unary function, Numbers x) {
        Numbers right = other.unary(function, x);
        if (function != Unary.TANH && function != Unary.SIGMOID) {
            return right;
        }
        double[] to = new double[x.size()];
        for (int i = 0; i < to.length; i++) {
            double argument = ((Reals) x).hi(i);
            double exact = ((Reals) right).hi(i);
            boolean special = !Double.isFinite(argument) || argument == 0;
            to[i] = special ? exact : way.at(function, argument, exact, format);
        }
        return Reals.own(to);
    }

    @Override
    public Numbers refined(Numbers formula, Numbers closer) {
        return closer;
    }
}
