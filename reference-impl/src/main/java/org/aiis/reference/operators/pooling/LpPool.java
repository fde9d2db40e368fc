package org.aiis.reference.operators.pooling;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * (Σ |x|^p)^(1/p) of each window; X [N, C, D…]. Padding adds nothing.
 *
 * <p>σ is propagated through the formula, with the running error of the sum. Source: ONNX operator text of opset 11, 18,
 * 22.
 */
public final class LpPool implements Operator {
    @Override
    public Signature signature(int opset) {
        Signature signature = Signature.of("X:T -> Y:T")
                .type("T", opset < 22 ? Types.IEEE : Types.FLOAT)
                .words(Attribute.of("auto_pad", "NOTSET"), "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID")
                .required("kernel_shape", AttributeType.INTS)
                .optional("pads", AttributeType.INTS)
                .optional("strides", AttributeType.INTS)
                .attribute(Attribute.of("p", 2));
        return opset < 18
                ? signature
                : signature.attribute(Attribute.of("ceil_mode", 0)).optional("dilations", AttributeType.INTS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Pool pool = Pool.of(call);
        Pool.Terms terms = pool.terms(call);
        Numbers x = call.input(0).numbers().gather(terms.order());
        return List.of(Value.of(call.input(0).type(), pool.shape, norms(call, x, terms.starts())));
    }

    /** The norms of runs of numbers. */
    static Numbers norms(Call call, Numbers x, int[] starts) {
        Arithmetic a = call.arithmetic();
        long p = call.attributes().integer("p");
        if (p < 1) {
            throw call.refusal("a norm of p = " + p);
        }
        Numbers sizes = a.unary(Unary.ABS, x);
        if (p == 1) {
            return a.sums(sizes, starts);
        }
        Numbers powers = a.binary(Binary.POW, sizes, a.constant((double) p, x.size()));
        Numbers sums = a.sums(powers, starts);
        if (p == 2) {
            return a.unary(Unary.SQRT, sums);
        }
        Numbers root = a.binary(Binary.DIV, a.constant(1, sums.size()), a.constant((double) p, sums.size()));
        return a.binary(Binary.POW, sums, root);
    }
}
