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
 * (x − max) − ln Σ e^(x − max) along an axis, the last one if none is given.
 *
 * <p>A slice that holds +∞ or NaN, or nothing but −∞, gives NaN throughout (OP-LogSoftmax-D1); −∞ stays elsewhere.
 * σ goes through this formula. Source: ONNX operator text of opset 13.
 */
public final class LogSoftmax implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T -> output:T").type("T", Types.FLOAT).attribute(Attribute.of("axis", -1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        return List.of(along(call, Lanes.of(call)));
    }

    /** Of the first input, along its axis 1: log_prob of SoftmaxCrossEntropyLoss. */
    public static Value ofClasses(Call call) {
        return along(call, Lanes.over(call.input(0).shape().toArray(), 1));
    }

    private static Value along(Call call, Lanes lanes) {
        Value x = call.input(0);
        Arithmetic arithmetic = call.arithmetic();
        Numbers shifted = lanes.shifted(call, lanes.gather(x.numbers()));
        Numbers sums = arithmetic.sums(new Formula(arithmetic).of(Unary.EXP, shifted), lanes.starts());
        Numbers logarithms = lanes.repeat(new Formula(arithmetic).of(Unary.LOG, sums));
        Numbers result = arithmetic.binary(Binary.SUB, shifted, logarithms);
        return Value.of(x.type(), x.shape(), lanes.scatter(result));
    }
}
