package org.aiis.reference.operators.movement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
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
import org.aiis.spec.tensor.Tensor;

/**
 * The different elements of the flattened input, or slices along an axis: ascending, or with sorted = 0 in the order in
 * which they first occur; the place of the first occurrence of each, for each slice of the input which one it is, and how
 * often each occurs.
 *
 * <p>Bits are those of the first occurrence. The two zeros are equal; all NaNs are one and come last (OP-Unique-D1).
 * Strings are compared by code point. Source: ONNX operator text of opset 11, 28.
 */
public final class Unique implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T indices?:int64 inverse_indices?:int64 counts?:int64")
                .type("T", opset < 28 ? Types.without(Types.ANY, ElementType.BFLOAT16) : Types.ANY)
                .optional("axis", AttributeType.INT)
                .attribute(Attribute.of("sorted", 1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        boolean flat = !call.attributes().has("axis");
        int[] dims = flat ? new int[] {x.size()} : x.shape().toArray();
        int axis = flat ? 0 : Axes.axis(call, call.attributes().integer("axis"), dims.length);
        int count = dims[axis];
        // Slice by slice: elements i·inner to before (i + 1)·inner of the order are slice i.
        int[] order = slices(dims, axis);
        int inner = count == 0 ? 0 : order.length / count;
        call.spend(64L * order.length);
        Comparator<Integer> comparator = comparator(x, order, inner);
        Integer[] sorted = new Integer[count];
        Arrays.setAll(sorted, i -> i);
        Arrays.sort(sorted, comparator);
        long[] first = new long[count];
        int[] group = new int[count];
        int groups = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || comparator.compare(sorted[i - 1], sorted[i]) != 0) {
                first[groups++] = sorted[i];
            }
            group[sorted[i]] = groups - 1;
        }
        return results(call, dims, axis, Arrays.copyOf(first, groups), group);
    }

    private static int[] slices(int[] dims, int axis) {
        int[] steps = Walk.steps(dims);
        int[] moved = new int[dims.length];
        int[] along = new int[dims.length];
        for (int i = 0; i < dims.length; i++) {
            int from = i == 0 ? axis : i <= axis ? i - 1 : i;
            moved[i] = dims[from];
            along[i] = steps[from];
        }
        return Walk.places(moved, along, 0);
    }

    private static List<Value> results(Call call, int[] dims, int axis, long[] first, int[] group) {
        int groups = first.length;
        Integer[] rank = new Integer[groups];
        Arrays.setAll(rank, i -> i);
        if (!call.attributes().flag("sorted")) {
            Arrays.sort(rank, Comparator.comparingLong(g -> first[g]));
        }
        int[] place = new int[groups];
        long[] indices = new long[groups];
        for (int i = 0; i < groups; i++) {
            place[rank[i]] = i;
            indices[i] = first[rank[i]];
        }
        long[] inverse = new long[group.length];
        long[] counts = new long[groups];
        for (int i = 0; i < group.length; i++) {
            inverse[i] = place[group[i]];
            counts[place[group[i]]]++;
        }
        int step = Walk.steps(dims)[axis];
        int extent = dims[axis];
        int[] shape = dims.clone();
        shape[axis] = groups;
        int[] at = new int[Shape.of(shape).size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = (i / step / groups * extent + (int) indices[i / step % groups]) * step + i % step;
        }
        return List.of(
                call.input(0).gather(at, Shape.of(shape)),
                Value.integers(Shape.of(groups), indices),
                Value.integers(Shape.of(group.length), inverse),
                Value.integers(Shape.of(groups), counts));
    }

    /** Slices by their first unequal element, equal ones by nothing: the sort is stable, so the first stays first. */
    private static Comparator<Integer> comparator(Value x, int[] order, int inner) {
        Elements elements = elements(x);
        return (a, b) -> {
            for (int i = 0; i < inner; i++) {
                int sign = elements.compare(order[a * inner + i], order[b * inner + i]);
                if (sign != 0) {
                    return sign;
                }
            }
            return 0;
        };
    }

    @FunctionalInterface
    private interface Elements {
        int compare(int i, int j);
    }

    private static Elements elements(Value x) {
        if (x.type() == ElementType.STRING) {
            Tensor tensor = x.tensor();
            return (i, j) -> Arrays.compare(
                    tensor.string(i).codePoints().toArray(),
                    tensor.string(j).codePoints().toArray());
        }
        Numbers numbers = x.numbers();
        if (numbers instanceof Integers integers) {
            return x.type() == ElementType.UINT64
                    ? (i, j) -> Long.compareUnsigned(integers.at(i), integers.at(j))
                    : (i, j) -> Long.compare(integers.at(i), integers.at(j));
        }
        Reals reals = (Reals) numbers;
        return (i, j) -> {
            int leading = Double.compare(reals.hi(i) + 0.0, reals.hi(j) + 0.0);
            return leading != 0 ? leading : Double.compare(reals.lo(i) + 0.0, reals.lo(j) + 0.0);
        };
    }
}
