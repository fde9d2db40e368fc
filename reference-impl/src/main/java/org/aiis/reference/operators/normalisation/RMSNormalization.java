package org.aiis.reference.operators.normalisation;

import java.util.List;
import java.util.stream.IntStream;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Broadcast;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * Y = X / √(mean(X²) + epsilon) · scale, the mean over the axes from the given one on; scale broadcasts to X.
 *
 * <p>The normalised numbers are calculated in the type that stash_type names and rounded to the type of X; Y has the type
 * of scale. σ goes through this formula. Source: ONNX operator text of opset 23, and its function body.
 */
public final class RMSNormalization implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T scale:V -> Y:V")
                .type("T", Types.FLOAT)
                .type("V", Types.FLOAT)
                .attribute(Attribute.of("axis", -1))
                .attribute(Attribute.of("epsilon", 1e-5f))
                .attribute(Attribute.of("stash_type", 1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int[] dims = x.shape().toArray();
        int axis = Axes.axis(call, call.attributes().integer("axis"), dims.length);
        Lanes lanes = Lanes.over(dims, IntStream.range(axis, dims.length).toArray());
        Stash stash = Stash.of(call.attributes(), Types.FLOAT);
        Arithmetic first = stash.arithmetic(call);
        Numbers numbers = stash.enter(call, x);
        Numbers squares = lanes.mean(first, first.binary(Binary.MUL, numbers, numbers));
        Numbers epsilon = first.constant(call.attributes().real("epsilon"), lanes.count);
        Numbers root = first.unary(Unary.SQRT, first.binary(Binary.ADD, squares, epsilon));
        Numbers normal = stash.leave(call, first.binary(Binary.DIV, numbers, lanes.repeat(root)));
        ElementType type = call.input(1).type();
        Numbers scale = Broadcast.to(call, x.shape(), call.input(1)).numbers();
        return List.of(Value.of(type, x.shape(), call.arithmetic(type).binary(Binary.MUL, normal, scale)));
    }
}
