package org.aiis.reference.operators.quantisation;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Extremes;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * y = saturate(round(x / y_scale) + y_zero_point) as uint8, with y_scale = (max(0, x) − min(0, x)) / 255 and y_zero_point =
 * round(saturate(0 − min(0, x) / y_scale)).
 *
 * <p>Where all elements are 0 the scale is 0 (OP-DynamicQuantizeLinear-D1). σ goes through these formulas. Source: ONNX
 * operator text of opset 11, and its function body.
 */
public final class DynamicQuantizeLinear implements Operator {
    private static final double LEVELS = 255;

    @Override
    public Signature signature(int opset) {
        return Signature.of("x:T1 -> y:T2 y_scale:float32 y_zero_point:T2")
                .type("T1", Types.set(ElementType.FLOAT32))
                .type("T2", Types.set(ElementType.UINT8));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Arithmetic arithmetic = call.arithmetic();
        Numbers withZero = Numbers.join(List.of(x.numbers(), arithmetic.constant(0, 1)));
        Numbers least = extreme(arithmetic, Relation.LESS, withZero);
        Numbers range = arithmetic.binary(Binary.SUB, extreme(arithmetic, Relation.GREATER, withZero), least);
        Reals quotient = (Reals) arithmetic.binary(Binary.DIV, range, arithmetic.constant(LEVELS, 1));
        // What is divided by is the scale that comes out, a float32.
        double stored = ElementType.FLOAT32.format().round(quotient.hi(0));
        Reals scale = Reals.own(new double[] {stored}).withErrors(new double[] {quotient.sigma(0)});
        Numbers offset = arithmetic.unary(Unary.NEG, arithmetic.binary(Binary.DIV, least, scale));
        Value zeroPoint =
                Quantising.of(ElementType.UINT8, Shape.SCALAR, (Reals) offset, Integers.own(new long[] {0}), true);
        int[] at = new int[x.size()];
        Numbers quotients = arithmetic.binary(Binary.DIV, x.numbers(), scale.gather(at));
        return List.of(
                Quantising.of(
                        ElementType.UINT8,
                        x.shape(),
                        (Reals) quotients,
                        zeroPoint.numbers().gather(at),
                        true),
                Value.of(ElementType.FLOAT32, Shape.SCALAR, scale),
                zeroPoint);
    }

    private static Numbers extreme(Arithmetic arithmetic, Relation better, Numbers x) {
        int[] all = new int[x.size()];
        Arrays.setAll(all, i -> i);
        return x.gather(Extremes.places(arithmetic, better, x, all, Arithmetic.equalRuns(1, all.length)));
    }
}
