package org.aiis.reference.operators.generation;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Budget;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.conversion.Conversion;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * start + i·delta for i from 0 to before ⌈(limit − start) / delta⌉; all three are scalars.
 *
 * <p>One product and one sum an element; no elements where the limit lies the other way. A delta of 0 and numbers
 * that are not finite are refused. From 27 stash_type may name a wider type for them; σ is that of the type itself, which
 * is the larger. Source: ONNX operator text of opset 11, 27.
 */
public final class Range implements Operator {
    private static final Set<ElementType> TYPES = Types.set(
            ElementType.FLOAT32, ElementType.FLOAT64, ElementType.INT16, ElementType.INT32, ElementType.INT64);

    @Override
    public Signature signature(int opset) {
        Signature signature = Signature.of("start:T limit:T delta:T -> output:T");
        return opset < 27
                ? signature.type("T", TYPES)
                : signature
                        .type("T", Types.with(TYPES, ElementType.FLOAT16, ElementType.BFLOAT16))
                        .attribute(Attribute.of("stash_type", 1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        BigDecimal start = scalar(call, 0);
        BigDecimal delta = scalar(call, 2);
        if (delta.signum() == 0) {
            throw call.refusal("delta is 0");
        }
        BigDecimal[] count = scalar(call, 1).subtract(start).divideAndRemainder(delta);
        BigDecimal more = count[1].signum() * delta.signum() > 0 ? BigDecimal.ONE : BigDecimal.ZERO;
        BigDecimal elements = count[0].add(more).max(BigDecimal.ZERO);
        if (elements.compareTo(BigDecimal.valueOf(Budget.LARGEST_TENSOR)) > 0) {
            throw call.refusal("the result has more elements than the oracle allows");
        }
        Shape shape = call.shape(elements.longValueExact());
        ElementType type = call.input(0).type();
        long[] indices = new long[shape.size()];
        Arrays.setAll(indices, i -> i);
        Numbers steps =
                Conversion.of(call, Value.integers(shape, indices), type).numbers();
        int[] same = new int[shape.size()];
        Numbers products = call.arithmetic()
                .binary(Binary.MUL, steps, call.input(2).numbers().gather(same));
        Numbers sums =
                call.arithmetic().binary(Binary.ADD, call.input(0).numbers().gather(same), products);
        return List.of(Value.of(type, shape, sums));
    }

    private static BigDecimal scalar(Call call, int input) {
        Value value = call.input(input);
        if (value.size() != 1) {
            throw call.refusal("input " + input + " has shape " + value.shape() + ", must be a scalar");
        }
        if (!value.type().isFloat()) {
            return BigDecimal.valueOf(value.longs()[0]);
        }
        double real = value.reals().hi(0);
        if (!Double.isFinite(real)) {
            throw call.refusal("input " + input + " is " + real);
        }
        return new BigDecimal(real);
    }
}
