package org.aiis.reference.operators.activation;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * Y = X + bias where X < −lambd, X − bias where X > lambd, else 0, any shape.
 *
 * <p>Rounded once. The attributes are truncated for integer types, as CastLike in the function body of ONNX does; no
 * unsigned number is below −lambd. NaN is in neither range and gives 0. Source: ONNX operator text of opset 9.
 */
public final class Shrink implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T -> output:T")
                .type("T", Types.without(Types.NUMERIC, ElementType.BFLOAT16))
                .attribute(Attribute.of("bias", 0f))
                .attribute(Attribute.of("lambd", 0.5f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        call.spend(x.size());
        Arithmetic arithmetic = call.arithmetic();

        int size = x.size();
        Numbers all = x.numbers();
        double lambd = call.attributes().real("lambd");
        Numbers bias = arithmetic.constant(call.attributes().real("bias"), size);
        Numbers low = arithmetic.constant(x.type().isSigned() ? -lambd : 0, 1);
        Numbers high = arithmetic.constant(lambd, 1);
        int[] at = new int[size];
        Arrays.setAll(
                at,
                i -> arithmetic.holds(Relation.LESS, all, i, low, 0)
                        ? i
                        : arithmetic.holds(Relation.GREATER, all, i, high, 0) ? size + i : 2 * size);
        Numbers result = Numbers.join(List.of(
                        arithmetic.binary(Binary.ADD, all, bias),
                        arithmetic.binary(Binary.SUB, all, bias),
                        arithmetic.constant(0, 1)))
                .gather(at);
        return List.of(Value.of(x.type(), x.shape(), result));
    }
}
