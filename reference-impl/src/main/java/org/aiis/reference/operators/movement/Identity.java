package org.aiis.reference.operators.movement;

import java.util.List;
import java.util.Set;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Datum;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Type;
import org.aiis.reference.operators.Types;
import org.aiis.spec.tensor.ElementType;

/**
 * The input: a tensor of any shape, from opset 14 on also a sequence, from 16 on also an optional value.
 *
 * <p>Bits are kept. Source: ONNX operator text of opset 13, 14, 16, 19, 21, 23, 24, 25.
 */
public final class Identity implements Operator {
    @Override
    public Signature signature(int opset) {
        return opset < 14
                ? Signature.of("input:T -> output:T").type("T", Types.ANY)
                : Signature.of("input:V -> output:V").kind("V", kinds(opset));
    }

    /** Sequences and optionals stay those of tensors that opset 13 had, without bfloat16. */
    private static Set<Type> kinds(int opset) {
        Set<ElementType> older = Types.without(Types.ANY, ElementType.BFLOAT16);
        Set<Type> both = Type.union(Type.tensors(Types.any(opset)), Type.sequences(older));
        return opset < 16
                ? both
                : Type.union(both, Type.optionals(Type.tensors(older)), Type.optionals(Type.sequences(older)));
    }

    @Override
    public List<Datum> evaluate(Call call) {
        return List.of(call.datum(0));
    }
}
