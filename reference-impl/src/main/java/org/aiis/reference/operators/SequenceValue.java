package org.aiis.reference.operators;

import java.util.ArrayList;
import java.util.List;
import org.aiis.spec.tensor.ElementType;

/** Tensors of one element type, in order. */
public record SequenceValue(ElementType element, List<Value> tensors) implements Datum {
    public SequenceValue {
        tensors = List.copyOf(tensors);
    }

    @Override
    public Type kind() {
        return Type.sequence(element);
    }

    /** The tensors so far and one more; refuses what is longer than a run may hold. */
    public SequenceValue with(Call call, int position, Value tensor) {
        List<Value> more = new ArrayList<>(tensors);
        more.add(position, tensor);
        return of(call, element, more);
    }

    /** Refuses more tensors or elements than a run may hold. */
    public static SequenceValue of(Call call, ElementType element, List<Value> tensors) {
        long elements = tensors.stream().mapToLong(Value::size).sum();
        if (tensors.size() > Budget.LONGEST_SEQUENCE || elements > Budget.LARGEST_TENSOR) {
            throw call.refusal("a sequence of " + tensors.size() + " tensors with " + elements + " elements");
        }
        call.spend(tensors.size());
        return new SequenceValue(element, tensors);
    }
}
