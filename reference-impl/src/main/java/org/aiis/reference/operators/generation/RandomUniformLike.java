package org.aiis.reference.operators.generation;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * A tensor of the shape of the input of numbers drawn evenly from low to high.
 *
 * <p>Judged by distribution; drawn with the seed of the attribute or a fixed one. Source: ONNX operator text of opset
 * 1, 22.
 */
public final class RandomUniformLike implements Operator {
    @Override
    public Signature signature(int opset) {
        return Draws.signature(opset, true).attribute(Attribute.of("low", 0f)).attribute(Attribute.of("high", 1f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Shape shape = call.shape(
                call.input(0).shape().dims().stream().mapToLong(d -> d).toArray());
        double low = call.attributes().real("low");
        double high = call.attributes().real("high");
        Draws draws = Draws.of(call);
        double[] values = new double[shape.size()];
        Arrays.setAll(values, i -> low + (high - low) * draws.unit());
        return List.of(Value.of(call.outputType(0), shape, Reals.own(values)));
    }
}
