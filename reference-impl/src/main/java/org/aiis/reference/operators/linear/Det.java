package org.aiis.reference.operators.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * The determinant of each square matrix [M, M] behind the batch axes, by elimination with the largest pivot of a column.
 *
 * <p>A matrix of no rows has determinant 1 (OP-Det-D1). NaN and ±∞ propagate as the elimination gives. σ goes through the
 * elimination. Source: ONNX operator text of opset 11, 22.
 */
public final class Det implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T").type("T", opset < 22 ? Types.IEEE : Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int rank = x.shape().rank();
        if (rank < 2 || x.shape().dim(rank - 1) != x.shape().dim(rank - 2)) {
            throw call.refusal("X of shape " + x.shape() + " holds no square matrices");
        }
        int size = x.shape().dim(rank - 1);
        Shape shape = new Shape(x.shape().dims().subList(0, rank - 2));
        call.spend((long) x.size() * size);
        Numbers numbers = x.numbers();
        List<Numbers> results = new ArrayList<>();
        for (int i = 0; i < shape.size(); i++) {
            int first = i * size * size;
            int[] at = new int[size * size];
            Arrays.setAll(at, k -> first + k);
            results.add(determinant(call.arithmetic(), numbers.gather(at), size));
        }
        Numbers all = results.isEmpty() ? call.arithmetic().constant(0, 0) : Numbers.join(results);
        return List.of(Value.of(x.type(), shape, all));
    }

    /** The product of the pivots; each step leaves a matrix with one row and one column less. */
    private static Numbers determinant(Arithmetic arithmetic, Numbers matrix, int size) {
        Numbers product = arithmetic.constant(1, 1);
        Numbers rest = matrix;
        for (int n = size; n > 0; n--) {
            int row = pivot(arithmetic, rest, n);
            Numbers pivot = rest.gather(new int[] {row * n});
            Numbers signed = row == 0 ? pivot : arithmetic.unary(Unary.NEG, pivot);
            product = n == size ? signed : arithmetic.binary(Binary.MUL, product, signed);
            rest = eliminated(arithmetic, rest, pivot, n, row);
        }
        return product;
    }

    /** The row of the largest element in the first column; a NaN is as good as any. */
    private static int pivot(Arithmetic arithmetic, Numbers matrix, int n) {
        Numbers sizes = arithmetic.unary(Unary.ABS, matrix);
        int row = 0;
        for (int i = 1; i < n; i++) {
            row = arithmetic.holds(Relation.GREATER, sizes, i * n, sizes, row * n) ? i : row;
        }
        return row;
    }

    private static Numbers eliminated(Arithmetic arithmetic, Numbers matrix, Numbers pivot, int n, int row) {
        int m = n - 1;
        int[] own = new int[m * m];
        int[] heads = new int[m * m];
        int[] top = new int[m * m];
        for (int i = 0; i < m * m; i++) {
            // The first row takes the place of the pivot's.
            int from = i / m + 1 == row ? 0 : i / m + 1;
            own[i] = from * n + i % m + 1;
            heads[i] = from * n;
            top[i] = row * n + i % m + 1;
        }
        Numbers factors = arithmetic.binary(Binary.DIV, matrix.gather(heads), pivot.gather(new int[m * m]));
        Numbers taken = arithmetic.binary(Binary.MUL, factors, matrix.gather(top));
        return arithmetic.binary(Binary.SUB, matrix.gather(own), taken);
    }
}
