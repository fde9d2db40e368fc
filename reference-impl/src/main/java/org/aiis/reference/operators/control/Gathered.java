package org.aiis.reference.operators.control;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Budget;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Datum;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.movement.Concat;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Tensors of equal shape that the iterations of a loop give, put together along a new axis at the end. */
final class Gathered {
    private final Call call;
    private final List<Value> parts = new ArrayList<>();
    private long elements;

    Gathered(Call call) {
        this.call = call;
    }

    void add(Datum datum) {
        if (!(datum instanceof Value value)) {
            throw call.refusal("a scan output is no tensor");
        }
        if (!parts.isEmpty() && !parts.get(0).shape().equals(value.shape())) {
            throw call.refusal("a scan output has shape " + value.shape() + " after "
                    + parts.get(0).shape());
        }
        elements += value.size();
        if (parts.size() >= Budget.LONGEST_SEQUENCE || elements > Budget.LARGEST_TENSOR) {
            throw call.refusal("a scan output has more elements than the oracle allows");
        }
        parts.add(value);
    }

    /**
     * All of them in order, or the last first.
     *
     * @param none the shape of each, where there is none at all
     */
    Value along(long newAxis, boolean reversed, ElementType type, Shape none) {
        Shape each = parts.isEmpty() ? none : parts.get(0).shape();
        int axis = Axes.axis(call, newAxis, each.rank() + 1);
        List<Integer> dims = new ArrayList<>(each.dims());
        dims.add(axis, parts.isEmpty() ? 0 : 1);
        Shape raised = call.shape(dims.stream().mapToLong(Integer::longValue).toArray());
        if (parts.isEmpty()) {
            return Value.of(new Tensor.Builder(type, raised).build());
        }
        List<Value> slices = new ArrayList<>();
        parts.forEach(part -> slices.add(part.reshaped(raised)));
        if (reversed) {
            Collections.reverse(slices);
        }
        return Concat.along(call, axis, slices);
    }
}
