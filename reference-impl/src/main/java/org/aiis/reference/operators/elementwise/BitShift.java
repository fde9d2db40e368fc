package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Z = the bits of X moved by Y places to the left or to the right. Shapes broadcast both ways.
 *
 * <p>Exact; bits moved out are lost, zeros come in, at the right shift of a negative number (from 28) ones. A shift that
 * is negative or not less than the width moves all bits out, as version 28 says (OP-BitShift-D1). Source: ONNX operator
 * text of opset 11, 28.
 */
public final class BitShift implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T Y:T -> Z:T")
                .type("T", opset < 28 ? Types.UNSIGNED : Types.INTEGER)
                .required("direction", AttributeType.STRING);
    }

    @Override
    public List<Value> evaluate(Call call) {
        String direction = call.attributes().word("direction");
        return switch (direction) {
            case "LEFT" -> call.zip(Binary.SHIFT_LEFT);
            case "RIGHT" -> call.zip(Binary.SHIFT_RIGHT);
            default -> throw call.attributes().refusal("direction is '" + direction + "', must be LEFT or RIGHT");
        };
    }
}
