package org.aiis.reference.operators.movement;

import java.util.List;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * The elements in another shape: −1 stands for what is left over, 0 copies the extent at its place, or is 0 with
 * allowzero.
 *
 * <p>Bits are kept. Source: ONNX operator text of opset 13, 14, 19, 21, 23, 24, 25.
 */
public final class Reshape implements Operator {
    @Override
    public Signature signature(int opset) {
        return (opset < 14
                        ? Signature.of("data:T shape:int64 -> reshaped:T")
                        : Signature.of("data:T shape:int64 -> reshaped:T").attribute(Attribute.of("allowzero", 0)))
                .type("T", Types.any(opset));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value data = call.input(0);
        boolean zero = call.attributes().has("allowzero") && call.attributes().flag("allowzero");
        long[] dims = Axes.list(call, 1, false);
        int open = -1;
        for (int axis = 0; axis < dims.length; axis++) {
            if (dims[axis] == 0 && !zero) {
                if (axis >= data.shape().rank()) {
                    throw call.refusal("extent 0 at axis " + axis + " has nothing to copy from");
                }
                dims[axis] = data.shape().dim(axis);
            } else if (dims[axis] == -1) {
                if (open >= 0) {
                    throw call.refusal("two extents are −1");
                }
                open = axis;
                dims[axis] = 1;
            }
        }
        if (open >= 0) {
            dims[open] = rest(call, dims);
        }
        Shape shape = call.shape(dims);
        if (shape.size() != data.size()) {
            throw call.refusal("shape " + data.shape() + " does not fill " + shape);
        }
        return List.of(data.reshaped(shape));
    }

    private static long rest(Call call, long[] dims) {
        int known = call.shape(dims).size();
        if (known == 0 || call.input(0).size() % known != 0) {
            throw call.refusal("extent −1 is not determined by " + call.input(0).shape());
        }
        return call.input(0).size() / known;
    }
}
