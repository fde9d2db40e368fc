package org.aiis.reference.operators;

import java.util.ArrayList;
import java.util.List;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * A tensor inside the oracle: as stored bits, or as numbers that were calculated and are rounded only when asked for.
 * Movement picks elements by place, so that it keeps the bits of what is stored, NaN payloads and strings too.
 */
public sealed interface Value extends Datum permits Stored, Shared, Computed, Quantised {
    ElementType type();

    @Override
    default Type kind() {
        return Type.tensor(type());
    }

    Shape shape();

    Numbers numbers();

    /** The numbers before the rounding that an operator asks for as a step of its own; those of {@link #numbers} elsewhere. */
    default Numbers unrounded() {
        return numbers();
    }

    /** Rounded to the element type, to nearest even. */
    Tensor tensor();

    Value reshaped(Shape other);

    /** The elements at the given places of the row-major order, in a new shape. */
    Value gather(int[] at, Shape other);

    default int size() {
        return shape().size();
    }

    default Reals reals() {
        return (Reals) numbers();
    }

    /** Elements of an integer or bool tensor. */
    default long[] longs() {
        Integers integers = (Integers) numbers();
        long[] values = new long[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = integers.at(i);
        }
        return values;
    }

    static Value of(Tensor tensor) {
        return new Stored(tensor);
    }

    /** The same for several runs that read it at once, from several threads too. */
    static Value shared(Tensor tensor) {
        return new Shared(tensor);
    }

    static Value of(ElementType type, Shape shape, Numbers numbers) {
        return new Computed(type, shape, numbers);
    }

    /**
     * Numbers that an operator rounds to a quantised type.
     *
     * @param exact before the rounding, with the error that a right implementation may have made by then
     */
    static Value quantised(ElementType type, Shape shape, Numbers numbers, Reals exact) {
        return new Quantised(type, shape, numbers, exact);
    }

    static Value bools(Shape shape, boolean[] values) {
        long[] bits = new long[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = values[i] ? 1 : 0;
        }
        return of(ElementType.BOOL, shape, Integers.own(bits));
    }

    static Value integers(Shape shape, long... values) {
        return of(ElementType.INT64, shape, Integers.own(values));
    }

    /** All elements of values of one type, one value after the other, as a tensor of rank 1. */
    static Value join(List<Value> values) {
        List<Value> parts = values.stream()
                .map(v -> v instanceof Shared shared ? shared.stored() : v)
                .toList();
        if (parts.size() == 1) {
            return parts.get(0).reshaped(Shape.of(parts.get(0).size()));
        }
        Shape shape = Shape.of(parts.stream().mapToInt(Value::size).sum());
        if (parts.stream().allMatch(Stored.class::isInstance)) {
            return Stored.joined(parts.stream().map(Stored.class::cast).toList(), shape);
        }
        List<Numbers> numbers = new ArrayList<>();
        parts.forEach(part -> numbers.add(part.numbers()));
        return new Computed(parts.get(0).type(), shape, Numbers.join(numbers));
    }
}
