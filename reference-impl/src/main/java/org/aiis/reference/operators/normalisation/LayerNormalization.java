package org.aiis.reference.operators.normalisation;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Broadcast;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * Y = (X − mean) / √(var + epsilon) · Scale + B, mean and variance over the axes from the given one on; Scale and
 * B broadcast to X. Further outputs: Mean and InvStdDev.
 *
 * <p>The first stage (mean, variance, normalised) is calculated in the type that stash_type names, float32 or
 * bfloat16, with u of that type; X is rounded to it first where it is wider, and the normalised numbers to the
 * type of X after. A constant slice gives B but for rounding. σ is the larger one of the text's formula and of the
 * function body, whose variance is E(x²) − E(x)². Source: ONNX operator text of opset 17, and its function body.
 */
public final class LayerNormalization implements Operator {
    private static final Set<ElementType> STASHES = Types.set(ElementType.FLOAT32, ElementType.BFLOAT16);

    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T Scale:T B?:T -> Y:T Mean?:U InvStdDev?:U")
                .type("T", Types.FLOAT)
                .type("U", STASHES, attributes -> stash(attributes).type())
                .attribute(Attribute.of("axis", -1))
                .attribute(Attribute.of("epsilon", 1e-5f))
                .attribute(Attribute.of("stash_type", 1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int[] dims = x.shape().toArray();
        int axis = Axes.axis(call, call.attributes().integer("axis"), dims.length);
        Stash stash = stash(call.attributes());
        Arithmetic first = stash.arithmetic(call);
        int length = Axes.extent(dims, axis, dims.length);
        int[] runs = Arithmetic.equalRuns(Axes.extent(dims, 0, axis), length);
        Numbers numbers = stash.enter(call, x);
        Numbers mean = mean(first, numbers, runs, length);
        Numbers distance = first.binary(Binary.SUB, numbers, repeat(mean, length));
        Numbers variance = Lanes.over(new int[] {runs.length - 1, length}, 1).varianceOrBody(first, numbers, mean);
        Numbers epsilon = first.constant(call.attributes().real("epsilon"), variance.size());
        Numbers deviation = first.unary(Unary.SQRT, first.binary(Binary.ADD, variance, epsilon));
        Numbers inverse = first.unary(Unary.RECIPROCAL, deviation);
        Numbers normal = first.binary(Binary.MUL, distance, repeat(inverse, length));
        Arithmetic second = call.arithmetic();
        Numbers result = second.binary(
                Binary.MUL,
                stash.leave(call, normal),
                Broadcast.to(call, x.shape(), call.input(1)).numbers());
        if (call.has(2)) {
            result = second.binary(
                    Binary.ADD,
                    result,
                    Broadcast.to(call, x.shape(), call.input(2)).numbers());
        }
        Arrays.fill(dims, axis, dims.length, 1);
        return List.of(
                Value.of(x.type(), x.shape(), result),
                Value.of(stash.type(), Shape.of(dims), mean),
                Value.of(stash.type(), Shape.of(dims), inverse));
    }

    private static Stash stash(Attributes attributes) {
        return Stash.of(attributes, STASHES);
    }

    private static Numbers mean(Arithmetic arithmetic, Numbers x, int[] runs, int length) {
        Numbers sums = arithmetic.sums(x, runs);
        return arithmetic.binary(Binary.DIV, sums, arithmetic.constant(length, sums.size()));
    }

    private static Numbers repeat(Numbers x, int times) {
        int[] at = new int[x.size() * times];
        Arrays.setAll(at, i -> i / times);
        return x.gather(at);
    }
}
