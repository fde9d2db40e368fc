package org.aiis.reference.operators.learning;

import java.util.ArrayList;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * The features of all inputs side by side as float32: each [N, C] or [C], which is [1, C]; Y [N, ΣC].
 *
 * <p>inputdimensions, where given, must be the extents C. Rounded once. Source: ONNX operator text of ai.onnx.ml 1.
 */
public final class FeatureVectorizer implements Operator {
    @Override
    public Signature signature(int version) {
        return Signature.of("X*:T1 -> Y:float32")
                .type("T1", Features.NUMBERS)
                .optional("inputdimensions", AttributeType.INTS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Attributes attributes = call.attributes();
        List<Value> inputs = call.all();
        long[] sizes = Features.integers(attributes, "inputdimensions");
        int rows = -1;
        long width = 0;
        List<Numbers> parts = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Shape shape = inputs.get(i).shape();
            if (shape.rank() != 1 && shape.rank() != 2) {
                throw call.refusal("input " + i + " has rank " + shape.rank());
            }
            int own = shape.rank() == 1 ? 1 : shape.dim(0);
            int columns = shape.dim(shape.rank() - 1);
            if (rows >= 0 && own != rows || sizes.length > 0 && (sizes.length <= i || sizes[i] != columns)) {
                throw call.refusal("input " + i + " has shape " + shape + ", which does not fit");
            }
            rows = own;
            width += columns;
            parts.add(Features.single(call, inputs.get(i)));
        }
        Shape shape = call.shape(rows, width);
        int[] at = new int[shape.size()];
        int column = 0;
        int before = 0;
        for (Numbers part : parts) {
            int columns = rows == 0 ? 0 : part.size() / rows;
            for (int i = 0; i < part.size(); i++) {
                at[i / columns * (int) width + column + i % columns] = before + i;
            }
            column += columns;
            before += part.size();
        }
        return List.of(Value.of(ElementType.FLOAT32, shape, Numbers.join(parts).gather(at)));
    }
}
