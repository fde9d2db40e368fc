package org.aiis.reference.pipeline.gradient;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Derivatives of the loss by values, gathered while a tape is walked back. A value that is used twice gets their sum. */
public final class Adjoints {
    private final Tape tape;
    private final Set<Value> wanted;
    private final Map<Value, Value> sums = new HashMap<>();

    Adjoints(Tape tape, Set<Value> wanted) {
        this.tape = tape;
        this.wanted = wanted;
    }

    /** The derivative by a value so far; empty where the loss does not depend on it. */
    public Optional<Value> of(Value value) {
        return Optional.ofNullable(sums.get(value));
    }

    /** The derivative by the only result of an operator that is being walked back. */
    public Value at(Value result) {
        return of(result).orElseThrow(() -> new IllegalStateException("no derivative by " + result));
    }

    /** The derivative by one of several results; zero where the loss does not depend on it. */
    public Value orZero(Value result) {
        return of(result).orElseGet(() -> Layout.filled(tape, 0, result));
    }

    /** Adds what one use of a value brings; it is drawn only where somebody wants it. */
    public void add(Value value, Supplier<Value> derivative) {
        if (wanted.contains(value)) {
            Value more = derivative.get();
            if (!more.extents().equals(value.extents())) {
                throw new IllegalStateException("derivative " + more + " by " + value);
            }
            sums.merge(value, more, (before, now) -> Elementwise.add(tape, before, now));
        }
    }

    /** Adds the product of two matrices, each transposed or not: a sum goes into the product's own addend. */
    public void addProduct(Value value, Value a, boolean transA, Value b, boolean transB) {
        if (wanted.contains(value)) {
            sums.put(value, Linear.gemm(tape, a, transA, b, transB, of(value)));
        }
    }
}
