package org.aiis.reference.operators.movement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.spec.tensor.Shape;

/**
 * Parts along an axis: of the given sizes, or equal ones; from opset 18 num_outputs names how many, and the last
 * one may be smaller.
 *
 * <p>Bits are kept. Source: ONNX operator text of opset 13, 18.
 */
public final class Split implements Operator {
    @Override
    public Signature signature(int opset) {
        return (opset < 18
                        ? Signature.of("input:T split?:int64 -> outputs*:T")
                        : Signature.of("input:T split?:int64 -> outputs*:T").optional("num_outputs", AttributeType.INT))
                .type("T", Types.ANY)
                .attribute(Attribute.of("axis", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int[] dims = x.shape().toArray();
        int axis = Axes.axis(call, call.attributes().integer("axis"), dims.length);
        long[] sizes = sizes(call, dims[axis]);
        int[] walk = Walk.steps(dims);
        List<Value> parts = new ArrayList<>();
        int first = 0;
        for (long size : sizes) {
            dims[axis] = (int) size;
            parts.add(x.gather(Walk.places(dims, walk, first), Shape.of(dims)));
            first += (int) size * walk[axis];
        }
        return parts;
    }

    private static long[] sizes(Call call, int extent) {
        boolean counted = call.attributes().has("num_outputs");
        if (call.has(1)) {
            long[] sizes = Axes.list(call, 1, false);
            boolean fits = Arrays.stream(sizes).allMatch(s -> s >= 0 && s <= extent)
                    && Arrays.stream(sizes).sum() == extent;
            if (counted || !fits || sizes.length != call.outputs()) {
                throw call.refusal("sizes " + Arrays.toString(sizes) + " for " + call.outputs() + " parts of " + extent
                        + (counted ? " and num_outputs" : ""));
            }
            return sizes;
        }
        int parts = call.outputs();
        if (call.opset() >= 18 && !(counted && call.attributes().integer("num_outputs") == parts)) {
            throw call.refusal("neither sizes nor num_outputs " + parts + " are given");
        }
        long size = -Math.floorDiv(-(long) extent, parts);
        long last = extent - size * (parts - 1);
        if (last < 0 || last != size && !counted) {
            throw call.refusal(extent + " elements do not make " + parts + " parts");
        }
        long[] sizes = new long[parts];
        Arrays.fill(sizes, size);
        sizes[parts - 1] = last;
        return sizes;
    }
}
