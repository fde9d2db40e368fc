package org.aiis.reference.operators.quantisation;

import java.util.List;
import java.util.Map;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * y = saturate(round(x / y_scale) + y_zero_point), ties to even, with one scale for all elements, for each index of an axis,
 * or for each block along an axis.
 *
 * <p>The division is of the type of y_scale, or of the one that precision names; by a power of two it is exact. y has the
 * type of the zero point, else output_dtype, else uint8. ±∞ saturates; NaN gives the zero point (OP-QuantizeLinear-D1), or
 * NaN in a narrow float that has one. Bound: half a step and 6σ of the quotient. Source: ONNX operator text of opset 13, 19,
 * 21, 23, 24, 25, 28 (whose float6 types are left out).
 */
public final class QuantizeLinear implements Operator {
    @Override
    public Signature signature(int opset) {
        Signature signature =
                switch (opset < 19 ? 13 : opset < 23 ? 19 : 23) {
                    case 13 -> Signature.of("x:T1 y_scale:float32 y_zero_point?:T2 -> y:T2");
                    case 19 -> Signature.of("x:T1 y_scale:T1 y_zero_point?:T2 -> y:T2");
                    default ->
                        Signature.of("x:T1 y_scale:T2 y_zero_point?:T3 -> y:T3")
                                .type("T2", opset < 24 ? Narrow.WIDE : Types.with(Narrow.WIDE, ElementType.FLOAT8E8M0));
                };
        signature
                .type("T1", opset < 19 ? Types.set(ElementType.FLOAT32, ElementType.INT32) : Narrow.WIDE)
                .typeFrom(opset < 23 ? "T2" : "T3", Narrow.quantised(opset), QuantizeLinear::quantised)
                .attribute(Attribute.of("axis", 1));
        Narrow.since(signature, opset, 19, Attribute.of("saturate", 1));
        Narrow.since(signature, opset, 21, Attribute.of("block_size", 0), Attribute.of("output_dtype", 0));
        return Narrow.since(signature, opset, 23, Attribute.of("precision", 0));
    }

    private static ElementType quantised(Attributes attributes, Map<String, ElementType> bound) {
        ElementType zeroPoint = bound.getOrDefault("T3", bound.getOrDefault("T2", ElementType.UINT8));
        boolean bySignature = attributes.has("precision") ? bound.containsKey("T3") : bound.containsKey("T2");
        ElementType asked = Narrow.named(attributes, "output_dtype", bySignature ? zeroPoint : ElementType.UINT8);
        if (bySignature && asked != zeroPoint) {
            throw attributes.refusal("output_dtype is " + asked.label() + ", the zero point " + zeroPoint.label());
        }
        return asked;
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Value scale = call.input(1);
        ElementType to = call.outputType(0);
        int[] at = Granularity.places(call, x.shape(), scale.shape());
        Value none = Value.of(new Tensor.Builder(to, Shape.SCALAR).build());
        Numbers zeroPoints =
                Granularity.zeroPoints(call, 2, scale.shape(), none).numbers().gather(at);
        ElementType precision = call.attributes().has("precision")
                ? Narrow.named(call.attributes(), "precision", scale.type())
                : scale.type();
        Reals divisors = (Reals) Narrow.real(call, scale).numbers().gather(at);
        // A quotient of integers, or by a power of two, is exact: float64 stands for that.
        Reals quotients = (Reals) call.arithmetic(Types.FLOAT.contains(precision) ? precision : ElementType.FLOAT64)
                .binary(Binary.DIV, Narrow.real(call, x).numbers(), divisors);
        boolean saturate =
                !call.attributes().has("saturate") || call.attributes().flag("saturate");
        return List.of(Quantising.of(to, x.shape(), Narrow.exactByPowers(quotients, divisors), zeroPoints, saturate));
    }
}
