package org.aiis.reference.operators.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Broadcast;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * Y = A·B as numpy.matmul: A [..., M, K], B [..., K, N], leading axes broadcast; a vector is a row on the left, a
 * column on the right, and its axis falls away.
 *
 * <p>Sums run first to last; an empty inner axis gives 0. NaN and 0 · ∞ spread through the sum, integers wrap. σ is
 * the running error. Source: ONNX operator text of opset 13.
 */
public final class MatMul implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("A:T B:T -> Y:T").type("T", Types.union(Types.FLOAT, Types.WIDE));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value a = call.input(0);
        Value b = call.input(1);
        if (a.shape().rank() == 0 || b.shape().rank() == 0) {
            throw call.refusal("an operand has rank 0");
        }
        Value left = a.shape().rank() == 1 ? a.reshaped(Shape.of(1, a.size())) : a;
        Value right = b.shape().rank() == 1 ? b.reshaped(Shape.of(b.size(), 1)) : b;
        Value product = product(call, left, right);
        List<Integer> dims = new ArrayList<>(product.shape().dims());
        if (b.shape().rank() == 1) {
            dims.remove(dims.size() - 1);
        }
        if (a.shape().rank() == 1) {
            dims.remove(dims.size() - (b.shape().rank() == 1 ? 1 : 2));
        }
        return List.of(product.reshaped(new Shape(dims)));
    }

    private static Value product(Call call, Value a, Value b) {
        int rank = Math.max(a.shape().rank(), b.shape().rank());
        int rows = a.shape().dim(a.shape().rank() - 2);
        int inner = a.shape().dim(a.shape().rank() - 1);
        int columns = b.shape().dim(b.shape().rank() - 1);
        if (b.shape().dim(b.shape().rank() - 2) != inner) {
            throw call.refusal("inner sizes of " + a.shape() + " and " + b.shape() + " are unequal");
        }
        Broadcast batches = Broadcast.of(call, List.of(batch(a), batch(b)));
        long[] dims = Arrays.copyOf(batches.shape().toLongs(), rank);
        dims[rank - 2] = rows;
        dims[rank - 1] = columns;
        Shape shape = call.shape(dims);
        call.spend((long) shape.size() * inner);
        Numbers left = a.numbers();
        Numbers right = b.numbers();
        int[] leftAt = batches.places(0);
        int[] rightAt = batches.places(1);
        Numbers none = call.arithmetic().constant(0, 0);
        List<Numbers> products = new ArrayList<>();
        for (int i = 0; i < leftAt.length; i++) {
            products.add(call.arithmetic()
                    .dots(
                            Matrix.rowMajor(left, leftAt[i] * rows * inner, rows, inner),
                            Matrix.rowMajor(right, rightAt[i] * inner * columns, inner, columns),
                            none));
        }
        return Value.of(a.type(), shape, products.isEmpty() ? none : Numbers.join(products));
    }

    private static Shape batch(Value x) {
        return new Shape(x.shape().dims().subList(0, x.shape().rank() - 2));
    }
}
