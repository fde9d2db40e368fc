package org.aiis.reference.operators.quantisation;

import java.util.List;
import java.util.Set;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * y = (x − x_zero_point) · x_scale, with one scale for all elements, for each index of an axis, or for each block along
 * an axis.
 *
 * <p>The difference is exact, the product rounded once; y has the type of x_scale, or output_dtype. NaN and ±∞ of narrow
 * floats propagate. Source: ONNX operator text of opset 13, 19, 21, 23, 24, 25, 28 (whose float6 types are left out).
 */
public final class DequantizeLinear implements Operator {
    @Override
    public Signature signature(int opset) {
        Set<ElementType> quantised = Types.with(Narrow.quantised(opset), ElementType.INT32);
        if (opset < 19) {
            return Signature.of("x:T x_scale:float32 x_zero_point?:T -> y:float32")
                    .type("T", quantised)
                    .attribute(Attribute.of("axis", 1));
        }
        Signature signature = Signature.of("x:T1 x_scale:T2 x_zero_point?:T1 -> y:" + (opset < 23 ? "T2" : "T3"))
                .type("T1", quantised)
                .type("T2", opset < 24 ? Narrow.SCALES : Types.with(Narrow.SCALES, ElementType.FLOAT8E8M0))
                .attribute(Attribute.of("axis", 1));
        if (opset >= 23) {
            signature.typeFrom(
                    "T3",
                    Narrow.SCALES,
                    (attributes, bound) ->
                            Narrow.named(attributes, "output_dtype", bound.getOrDefault("T2", ElementType.FLOAT32)));
        }
        Narrow.since(signature, opset, 21, Attribute.of("block_size", 0));
        return Narrow.since(signature, opset, 23, Attribute.of("output_dtype", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Value scale = call.input(1);
        int[] at = Granularity.places(call, x.shape(), scale.shape());
        Value none = Value.of(new Tensor.Builder(x.type(), Shape.SCALAR).build());
        Value zeroPoints = Granularity.zeroPoints(call, 2, scale.shape(), none);
        Numbers difference = call.arithmetic(ElementType.FLOAT64)
                .binary(
                        Binary.SUB,
                        Narrow.real(call, x).numbers(),
                        Narrow.real(call, zeroPoints).numbers().gather(at));
        Numbers product = call.arithmetic(call.outputType(0))
                .binary(Binary.MUL, difference, scale.numbers().gather(at));
        return List.of(Value.of(call.outputType(0), x.shape(), product));
    }
}
