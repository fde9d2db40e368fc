package org.aiis.reference.operators.elementwise;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.operators.Broadcast;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.conversion.Conversion;
import org.aiis.spec.tensor.ElementType;

/**
 * Z = X^Y, in the type of X. Shapes broadcast both ways.
 *
 * <p>Reference within 1 ulp of binary64 (StrictMath), float64 within 2^-85. Special values as IEC 60559 pow: x^±0
 * and 1^y are 1, a negative base with an exponent that is no integer gives NaN. Integer powers of integers wrap;
 * a negative exponent gives the real result truncated toward zero (OP-Pow-D1), and 0 to a negative exponent is
 * refused (OP-Pow-D2). An integer base with a real exponent is calculated in float64 and truncated. Source: ONNX
 * operator text of opset 13, 15.
 */
public final class Pow implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T Y:T1 -> Z:T")
                .type("T", Types.union(Types.FLOAT, Types.INDEX))
                .type("T1", opset < 15 ? Types.without(Types.NUMERIC, ElementType.BFLOAT16) : Types.NUMERIC);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Value y = call.input(1);
        if (x.type().isFloat()) {
            Value exponent = y.type().isFloat() ? y : Conversion.of(call, y, ElementType.FLOAT64);
            return List.of(call.zip(Binary.POW, x, exponent));
        }
        if (y.type().isFloat()) {
            Value base = Conversion.of(call, x, ElementType.FLOAT64);
            Value power = call.zip(Binary.POW, base, Conversion.of(call, y, ElementType.FLOAT64));
            return List.of(Conversion.of(call, leading(power), x.type()));
        }
        Broadcast broadcast = Broadcast.of(call, List.of(x.shape(), y.shape()));
        Numbers bases = broadcast.apply(0, x).numbers();
        Numbers exponents = exponents(broadcast.apply(1, y));
        Numbers zero = Integers.own(new long[1]);
        for (int i = 0; i < bases.size(); i++) {
            if (call.arithmetic().holds(Relation.EQUAL, bases, i, zero, 0)
                    && call.arithmetic(ElementType.INT64).holds(Relation.LESS, exponents, i, zero, 0)) {
                throw call.refusal("0 to a negative power");
            }
        }
        return List.of(Value.of(x.type(), broadcast.shape(), call.arithmetic().binary(Binary.POW, bases, exponents)));
    }

    /** The leading parts alone: an integral power is then integral, where the low part holds a rounding error. */
    private static Value leading(Value power) {
        double[] values = new double[power.size()];
        Arrays.setAll(values, power.reals()::hi);
        return Value.of(power.type(), power.shape(), Reals.own(values));
    }

    /** As int64; a larger uint64 is brought into range by an even step, which changes no power modulo 2^64. */
    private static Numbers exponents(Value y) {
        if (y.type() != ElementType.UINT64) {
            return y.numbers();
        }
        long[] exponents = y.longs();
        for (int i = 0; i < exponents.length; i++) {
            exponents[i] = exponents[i] < 0 ? exponents[i] & Long.MAX_VALUE | 1L << 62 : exponents[i];
        }
        return Integers.own(exponents);
    }
}
