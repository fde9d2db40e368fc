package org.aiis.reference.operators.generation;

import java.util.Arrays;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.conversion.Conversion;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * A window that is a sum of cosines: a0 − a1·cos(2πn/N) + a2·cos(4πn/N).
 *
 * <p>σ of the formula in float32, since the function body of ONNX calculates it so whatever the type of the output,
 * and of the rounding to that type. An integer type truncates. A size of 1 with periodic 0 gives 1, not the NaN of
 * 0·(2π/0) (OP-HannWindow-D1).
 */
final class Cosines {
    private static final Unary COS = Unary.COS;

    private Cosines() {}

    static Signature signature() {
        return Signature.of("size:T1 -> output:T2")
                .type("T1", Types.INDEX)
                .type("T2", Types.NUMERIC, a -> a.elementType("output_datatype"))
                .attribute(Attribute.of("periodic", 1))
                .attribute(Attribute.of("output_datatype", 1));
    }

    static Value window(Call call, double[] weights) {
        if (call.input(0).size() != 1) {
            throw call.refusal("size has shape " + call.input(0).shape() + ", must be a scalar");
        }
        Shape shape = call.shape(call.input(0).longs()[0]);
        int period = call.attributes().flag("periodic") ? shape.size() : shape.size() - 1;
        ElementType type = call.outputType(0);
        if (period == 0) {
            Value one = Value.integers(shape, period == shape.size() ? new long[0] : new long[] {1});
            return Conversion.of(call, one, type);
        }
        Arithmetic exact = call.arithmetic(ElementType.FLOAT64);
        Arithmetic single = call.arithmetic(ElementType.FLOAT32);
        return Conversion.of(
                call,
                Value.of(
                        ElementType.FLOAT64,
                        shape,
                        single.refined(
                                sum(single, weights, shape.size(), period), sum(exact, weights, shape.size(), period))),
                type);
    }

    private static Numbers sum(Arithmetic arithmetic, double[] weights, int size, int period) {
        double[] index = new double[size];
        Arrays.setAll(index, n -> n);
        // 2π as twice the reference's own arctangent of infinity doubled, so that double-double has all its bits.
        Numbers quarter = arithmetic.unary(Unary.ATAN, arithmetic.constant(Double.POSITIVE_INFINITY, size));
        Numbers step = arithmetic.binary(
                Binary.DIV,
                arithmetic.binary(Binary.MUL, quarter, arithmetic.constant(4, size)),
                arithmetic.constant(period, size));
        Numbers angle = arithmetic.binary(Binary.MUL, Reals.own(index), step);
        Numbers twice = arithmetic.binary(Binary.MUL, angle, arithmetic.constant(2, size));
        Numbers first = weighted(arithmetic, weights[1], angle);
        Numbers second = weighted(arithmetic, weights[2], twice);
        Numbers start = stored(arithmetic, weights[0], size);
        return arithmetic.binary(Binary.ADD, arithmetic.binary(Binary.SUB, start, first), second);
    }

    private static Numbers weighted(Arithmetic arithmetic, double weight, Numbers angle) {
        return arithmetic.binary(Binary.MUL, stored(arithmetic, weight, angle.size()), arithmetic.unary(COS, angle));
    }

    private static Numbers stored(Arithmetic arithmetic, double weight, int size) {
        return arithmetic.unary(Unary.STORED, arithmetic.constant(weight, size));
    }
}
