package org.aiis.reference.operators.movement;

import java.util.List;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;

/**
 * A cache with an update written into it along an axis, in each sample from its write index on; circular goes on at the
 * beginning, linear must fit.
 *
 * <p>Bits are kept. past_cache: [batch, …, length, …], update: the same but for a smaller length, write_indices: [batch],
 * zeros where left out. Source: ONNX operator text of opset 24.
 */
public final class TensorScatter implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("past_cache:T update:T write_indices?:int64 -> present_cache:T")
                .type("T", Types.any(24))
                .attribute(Attribute.of("axis", -2))
                .words(Attribute.of("mode", "linear"), "linear", "circular");
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value cache = call.input(0);
        Value update = call.input(1);
        int[] dims = cache.shape().toArray();
        int axis = Axes.axis(call, call.attributes().integer("axis"), dims.length);
        int[] less = update.shape().toArray();
        int length = dims[axis];
        if (axis == 0 || less.length != dims.length || less[axis] > length) {
            throw call.refusal("an update of shape " + update.shape() + " to " + cache.shape() + " on axis " + axis);
        }
        int written = less[axis];
        for (int i = 0; i < dims.length; i++) {
            if (i != axis && dims[i] != less[i]) {
                throw call.refusal("an update of shape " + update.shape() + " to " + cache.shape());
            }
        }
        long[] starts = call.has(2) ? Axes.list(call, 2, false) : new long[dims[0]];
        if (starts.length != dims[0]) {
            throw call.refusal(starts.length + " write indices for " + dims[0] + " samples");
        }
        boolean circular = call.attributes().word("mode").equals("circular");
        for (int sample = 0; sample < starts.length; sample++) {
            if (!circular && (starts[sample] < 0 || starts[sample] > length - written)) {
                throw call.refusal("write index " + starts[sample] + " for " + written + " of " + length);
            }
            starts[sample] = length == 0 ? 0 : Math.floorMod(starts[sample], length);
        }
        int[] steps = Walk.steps(dims);
        int inner = steps[axis];
        steps[axis] = 0;
        int[] places = Walk.places(less, steps, 0);
        int each = places.length / Math.max(1, dims[0]);
        for (int i = 0; i < places.length; i++) {
            long at = (starts[i / each] + i / inner % written) % length;
            places[i] += (int) at * inner;
        }
        return List.of(Scattering.of(call, "none", cache, places, update));
    }
}
