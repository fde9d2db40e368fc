package org.aiis.reference.operators.quantisation;

import java.util.Set;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.conversion.Conversion;
import org.aiis.spec.tensor.ElementType;

/**
 * Types of quantisation and helpers for them.
 */
final class Narrow {
    /** What is quantised, from opset 19 on. */
    static final Set<ElementType> WIDE =
            Types.set(ElementType.FLOAT32, ElementType.FLOAT16, ElementType.BFLOAT16, ElementType.INT32);

    static final Set<ElementType> BYTES = Types.set(ElementType.INT8, ElementType.UINT8);
    /** Scales. */
    static final Set<ElementType> SCALES = Types.set(ElementType.FLOAT32, ElementType.FLOAT16, ElementType.BFLOAT16);

    private Narrow() {}

    /** What can be quantised to at an opset version: ONNX adds narrow types at 19, 21, 23 and 25. */
    static Set<ElementType> quantised(int opset) {
        Set<ElementType> types = opset < 19 ? BYTES : Types.union(BYTES, Types.FLOAT8);
        types = opset < 21
                ? types
                : Types.union(Types.union(types, Types.INT4), Types.set(ElementType.INT16, ElementType.UINT16));
        types = opset < 23 ? types : Types.with(types, ElementType.FLOAT4E2M1);
        return opset < 25 ? types : Types.union(types, Types.INT2);
    }

    static Signature since(Signature signature, int opset, int first, AttributeProto... attributes) {
        for (AttributeProto attribute : attributes) {
            if (opset >= first) {
                signature.attribute(attribute);
            }
        }
        return signature;
    }

    /** The type that an attribute names by ONNX's number, where 0 leaves it open. */
    static ElementType named(Attributes attributes, String name, ElementType otherwise) {
        long number = attributes.has(name) ? attributes.integer(name) : 0;
        return number == 0
                ? otherwise
                : ElementType.ofOnnx((int) Math.max(-1, Math.min(number, 1000)))
                        .orElseThrow(() -> attributes.refusal(name + " is the unknown element type " + number));
    }

    /** Numbers of any type as reals. */
    static Value real(Call call, Value x) {
        return x.type().isFloat() ? x : Conversion.of(call, x, ElementType.FLOAT64);
    }

    /** A product with or a quotient by a power of two rounds nothing. */
    static Reals exactByPowers(Reals results, Reals factors) {
        double[] sigmas = new double[results.size()];
        for (int i = 0; i < sigmas.length; i++) {
            double size = Math.abs(factors.hi(i));
            sigmas[i] = size == Math.scalb(1.0, Math.getExponent(size)) ? 0 : results.sigma(i);
        }
        return results.withErrors(sigmas);
    }
}
