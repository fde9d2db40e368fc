package org.aiis.reference.operators.normalisation;

import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * e^(x − max) / Σ e^(x − max) along an axis, the last one if none is given.
 *
 * <p>A slice that holds +∞ or NaN, or nothing but −∞, gives NaN throughout (OP-Softmax-D1); −∞ gives 0 elsewhere. σ
 * goes through this formula. Source: ONNX operator text of opset 13.
 */
public final class Softmax implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T -> output:T").type("T", Types.FLOAT).attribute(Attribute.of("axis", -1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Lanes lanes = Lanes.of(call);
        Arithmetic arithmetic = call.arithmetic();
        Numbers powers = new Formula(arithmetic).of(Unary.EXP, lanes.shifted(call, lanes.gather(x.numbers())));
        Numbers sums = lanes.repeat(arithmetic.sums(powers, lanes.starts()));
        Numbers shares = arithmetic.binary(Binary.DIV, powers, sums);
        return List.of(Value.of(x.type(), x.shape(), lanes.scatter(shares)));
    }
}
