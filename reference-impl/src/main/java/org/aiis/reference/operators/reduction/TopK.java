package org.aiis.reference.operators.reduction;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * The K largest or smallest elements along an axis, in order, and their indices; of equal ones the lower index first.
 *
 * <p>Exact, bits are kept; the two zeros are equal, NaN counts as larger than every number (OP-TopK-D1). Where sorted is
 * 0 the order is open, and this one is right too. K is one number from 1 to the extent. Source: ONNX operator text of
 * opset 11, 24.
 */
public final class TopK implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T K:int64 -> Values:T Indices:I")
                .type("T", opset < 24 ? Types.without(Types.NUMERIC, ElementType.BFLOAT16) : Types.NUMERIC)
                .type("I", Types.set(ElementType.INT64))
                .attribute(Attribute.of("axis", -1))
                .attribute(Attribute.of("largest", 1))
                .attribute(Attribute.of("sorted", 1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        long[] asked = Axes.list(call, 1, false);
        int[] dims = x.shape().toArray();
        int axis = Axes.axis(call, call.attributes().integer("axis"), dims.length);
        int extent = dims[axis];
        if (asked.length != 1 || asked[0] < 1 || asked[0] > extent) {
            throw call.refusal("K is " + Arrays.toString(asked) + ", must be one number from 1 to " + extent);
        }
        int count = (int) asked[0];
        call.spend((long) x.size() * count);
        Relation better = call.attributes().flag("largest") ? Relation.GREATER : Relation.LESS;
        int step = Walk.steps(dims)[axis];
        dims[axis] = count;
        Shape shape = Shape.of(dims);
        int[] places = new int[shape.size()];
        long[] indices = new long[shape.size()];
        int[] best = new int[count];
        Numbers numbers = x.numbers();
        for (int lane = 0; lane < places.length / count; lane++) {
            int first = lane / step * extent * step + lane % step;
            for (int k = 0; k < extent; k++) {
                insert(call.arithmetic(), better, numbers, best, Math.min(k, count), first + k * step);
            }
            for (int k = 0; k < count; k++) {
                int to = lane / step * count * step + k * step + lane % step;
                places[to] = best[k];
                indices[to] = (long) (best[k] - first) / step;
            }
        }
        return List.of(x.gather(places, shape), Value.integers(shape, indices));
    }

    /** Puts an element behind the last of the best ones that it is not better than; the worst of too many falls out. */
    private static void insert(Arithmetic arithmetic, Relation better, Numbers x, int[] best, int filled, int place) {
        int low = 0;
        int high = filled;
        while (low < high) {
            int middle = (low + high) / 2;
            boolean ahead = ahead(arithmetic, better, x, place, best[middle]);
            high = ahead ? middle : high;
            low = ahead ? low : middle + 1;
        }
        if (low < best.length) {
            System.arraycopy(best, low, best, low + 1, Math.min(filled, best.length - 1) - low);
            best[low] = place;
        }
    }

    private static boolean ahead(Arithmetic arithmetic, Relation better, Numbers x, int a, int b) {
        boolean number = arithmetic.holds(Relation.EQUAL, x, a, x, a);
        boolean otherNumber = arithmetic.holds(Relation.EQUAL, x, b, x, b);
        return number && otherNumber
                ? arithmetic.holds(better, x, a, x, b)
                : number != otherNumber && otherNumber == (better == Relation.GREATER);
    }
}
