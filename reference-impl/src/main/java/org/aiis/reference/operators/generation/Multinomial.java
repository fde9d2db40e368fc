package org.aiis.reference.operators.generation;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * sample_size classes for each row of the input, which holds the unnormalized log-probabilities of the classes.
 *
 * <p>Judged by distribution; drawn with the seed of the attribute or a fixed one, by the inverse of the cumulative
 * distribution. A class of log-probability −∞ never comes; a row without a class that can come is refused. Source:
 * ONNX operator text of opset 7, 22.
 */
public final class Multinomial implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T1 -> output:T2")
                .type("T1", opset < 22 ? Types.IEEE : Types.FLOAT)
                .type("T2", Types.INDEX, a -> a.elementType("dtype"))
                .attribute(Attribute.of("dtype", 6))
                .attribute(Attribute.of("sample_size", 1))
                .optional("seed", AttributeType.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        if (x.shape().rank() != 2) {
            throw call.refusal("an input of rank " + x.shape().rank() + ", must have rank 2");
        }
        int classes = x.shape().dim(1);
        Shape shape = call.shape(x.shape().dim(0), call.attributes().integer("sample_size"));
        call.spend((long) shape.size() * classes + x.size());
        Draws draws = Draws.of(call);
        long[] result = new long[shape.size()];
        for (int row = 0; row < shape.dim(0) && result.length > 0; row++) {
            double[] upTo = cumulative(call, x.reals(), row * classes, classes);
            for (int i = 0; i < shape.dim(1); i++) {
                double point = draws.unit() * upTo[classes - 1];
                int chosen = 0;
                while (upTo[chosen] <= point) {
                    chosen++;
                }
                result[row * shape.dim(1) + i] = chosen;
            }
        }
        return List.of(Value.of(call.outputType(0), shape, Integers.own(result)));
    }

    private static double[] cumulative(Call call, Reals x, int from, int classes) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < classes; i++) {
            largest = Math.max(largest, x.hi(from + i));
        }
        if (!Double.isFinite(largest)) {
            throw call.refusal("a row of log-probabilities whose largest is " + largest);
        }
        double[] upTo = new double[classes];
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            sum += StrictMath.exp(x.hi(from + i) - largest);
            upTo[i] = sum;
        }
        return upTo;
    }
}
