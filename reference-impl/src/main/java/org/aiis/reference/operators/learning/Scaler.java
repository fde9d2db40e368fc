package org.aiis.reference.operators.learning;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * (X − offset)·scale as float32: X [..., F], one offset and scale for all features or one for each; both must be given.
 *
 * <p>X counts as float32; two roundings. Source: ONNX operator text of ai.onnx.ml 1.
 */
public final class Scaler implements Operator {
    @Override
    public Signature signature(int version) {
        return Signature.of("X:T -> Y:float32")
                .type("T", Features.NUMBERS)
                .optional("offset", AttributeType.FLOATS)
                .optional("scale", AttributeType.FLOATS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Attributes attributes = call.attributes();
        Value x = call.input(0);
        Shape shape = x.shape();
        double[] offset = Features.floats(attributes, "offset");
        double[] scale = Features.floats(attributes, "scale");
        if (shape.rank() == 0 || offset.length == 0 || offset.length != scale.length) {
            throw call.refusal("offset and scale must be given and of equal length");
        }
        int features = shape.dim(shape.rank() - 1);
        double[] offsets = new double[x.size()];
        double[] scales = new double[x.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = Features.perFeature(call, offset, i % features, features);
            scales[i] = Features.perFeature(call, scale, i % features, features);
        }
        Formula f = Features.formula(call);
        Numbers distance = f.minus(Features.single(call, x), Reals.own(offsets));
        return List.of(Value.of(ElementType.FLOAT32, shape, f.times(distance, Reals.own(scales))));
    }
}
