package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/**
 * The bits of the elements read as another type of the same width, any shape.
 *
 * <p>Exact: the payload of a NaN stays. A bool is a byte; what byte other than 0 and 1 makes of it is open
 * (OP-BitCast-D1), it stays as it is here. Source: ONNX operator text of opset 26.
 */
public final class BitCast implements Operator {
    @Override
    public Signature signature(int opset) {
        var types = Types.without(Types.any(opset), ElementType.STRING);
        return Signature.of("input:T1 -> output:T2")
                .type("T1", types)
                .type("T2", types, BitCast::target)
                .required("to", AttributeType.INT);
    }

    private static ElementType target(Attributes attributes) {
        return attributes.elementType("to");
    }

    @Override
    public List<Value> evaluate(Call call) {
        Tensor x = call.input(0).tensor();
        ElementType to = call.outputType(0);
        if (x.type().bits() != to.bits()) {
            throw call.refusal(x.type().label() + " has another width than " + to.label());
        }
        call.spend(x.size());
        Tensor.Builder same = new Tensor.Builder(to, x.shape());
        for (int i = 0; i < x.size(); i++) {
            same.setBits(i, x.bits(i));
        }
        return List.of(Value.of(same.build()));
    }
}
