package org.aiis.reference.operators;

import java.util.Optional;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** A stored tensor that several runs read at once: its numbers are made once for all of them, when one asks. */
final class Shared implements Value {
    private final Stored stored;
    private Optional<Numbers> numbers = Optional.empty();

    Shared(Tensor tensor) {
        this.stored = new Stored(tensor);
    }

    Stored stored() {
        return stored;
    }

    @Override
    public ElementType type() {
        return stored.type();
    }

    @Override
    public Shape shape() {
        return stored.shape();
    }

    @Override
    public synchronized Numbers numbers() {
        Numbers made = numbers.orElseGet(stored::numbers);
        numbers = Optional.of(made);
        return made;
    }

    @Override
    public Tensor tensor() {
        return stored.tensor();
    }

    @Override
    public Value reshaped(Shape other) {
        return stored.reshaped(other);
    }

    @Override
    public Value gather(int[] at, Shape other) {
        return stored.gather(at, other);
    }
}
