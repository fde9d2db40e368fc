package org.aiis.reference.operators.movement;

import java.util.List;
import java.util.stream.IntStream;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Budget;
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
 * More elements, or with negative pads fewer, at both ends of axes: a constant, the nearest edge, a reflection
 * without the edge, or (from opset 19) the tensor repeated.
 *
 * <p>Bits are kept, those of the pad value too. Negative pads cut first, and the rest is then padded. Reflection
 * goes back and forth where the pad is longer than the tensor, as in NumPy. Source: ONNX operator text of opset
 * 13, 18, 19, 21, 23, 24, 25.
 */
public final class Pad implements Operator {
    @Override
    public Signature signature(int opset) {
        return (opset < 18
                        ? Signature.of("data:T pads:int64 constant_value?:T -> output:T")
                        : Signature.of("data:T pads:int64 constant_value?:T axes?:Tind -> output:T")
                                .type("Tind", Types.INDEX))
                .type("T", Types.anyFrom21(opset))
                .words(Attribute.of("mode", "constant"), modes(opset));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value data = call.input(0);
        int rank = data.shape().rank();
        long[] axes = call.has(3)
                ? Axes.list(call, 3, false)
                : IntStream.range(0, rank).asLongStream().toArray();
        Axes.axes(call, axes, rank);
        long[] pads = Axes.list(call, 1, false);
        if (pads.length != 2 * axes.length) {
            throw call.refusal("pads has " + pads.length + " elements, must have " + 2 * axes.length);
        }
        long[] dims = data.shape().toLongs();
        long[] begins = new long[rank];
        long[] ends = new long[rank];
        for (int i = 0; i < axes.length; i++) {
            int axis = Axes.axis(call, axes[i], rank);
            begins[axis] = bounded(call, pads[i]);
            ends[axis] = bounded(call, pads[i + axes.length]);
            dims[axis] += begins[axis] + ends[axis];
        }
        Shape shape = call.shape(dims);
        int[] at = new int[shape.size()];
        int outside = data.size();
        int[] walk = Walk.steps(data.shape().toArray());
        int inner = at.length;
        for (int axis = 0; axis < rank && at.length > 0; axis++) {
            inner /= shape.dim(axis);
            int[] source = source(call, data.shape().dim(axis), begins[axis], ends[axis]);
            for (int i = 0; i < at.length; i++) {
                int index = source[i / inner % shape.dim(axis)];
                at[i] = index < 0 || at[i] == outside ? outside : at[i] + index * walk[axis];
            }
        }
        return List.of(Value.join(List.of(data, value(call))).gather(at, shape));
    }

    private static String[] modes(int opset) {
        return opset < 19
                ? new String[] {"constant", "reflect", "edge"}
                : new String[] {"constant", "reflect", "edge", "wrap"};
    }

    private static long bounded(Call call, long pad) {
        if (Math.abs(pad) > Budget.LARGEST_TENSOR || pad == Long.MIN_VALUE) {
            throw call.refusal("a pad of " + pad);
        }
        return pad;
    }

    private static Value value(Call call) {
        ElementType type = call.input(0).type();
        if (call.has(2)) {
            if (call.input(2).size() != 1) {
                throw call.refusal("the pad value has shape " + call.input(2).shape() + ", must be a scalar");
            }
            return call.input(2);
        }
        return Value.of(
                type == ElementType.STRING
                        ? Tensor.ofStrings(Shape.SCALAR, List.of(""))
                        : Tensor.ofBytes(type, Shape.SCALAR, new byte[type.bytes()]));
    }

    /** For each index along an axis of the result the index in the input, or −1 for the pad value. */
    private static int[] source(Call call, int extent, long begin, long end) {
        String mode = call.attributes().word("mode");
        int low = (int) Math.max(0, -begin);
        int count = (int) (extent - low - Math.max(0, -end));
        int[] source = new int[(int) (extent + begin + end)];
        boolean grows = begin > 0 || end > 0;
        if (grows && !mode.equals("constant") && count <= 0) {
            throw call.refusal("mode " + mode + " of an axis without elements");
        }
        for (int i = 0; i < source.length; i++) {
            int index = (int) (i - Math.max(0, begin));
            source[i] = index >= 0 && index < count ? low + index : pad(mode, index, count, low);
        }
        return source;
    }

    private static int pad(String mode, int index, int count, int low) {
        return switch (mode) {
            case "edge" -> low + Math.max(0, Math.min(index, count - 1));
            case "wrap" -> low + Math.floorMod(index, count);
            case "reflect" -> {
                int there = Math.floorMod(index, Math.max(1, 2 * (count - 1)));
                yield low + (count == 1 ? 0 : Math.min(there, 2 * (count - 1) - there));
            }
            default -> -1;
        };
    }
}
