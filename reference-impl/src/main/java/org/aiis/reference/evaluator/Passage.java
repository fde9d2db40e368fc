package org.aiis.reference.evaluator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.aiis.reference.operators.Datum;
import org.aiis.reference.operators.Value;
import org.jspecify.annotations.Nullable;

/** One run on its way through a graph: what is known so far, and how much memory that took. Used by one thread at a time. */
final class Passage {
    /** Of a number, in the carrier that most have. */
    private static final int BYTES = 8;

    private final Map<String, Datum> values;
    private final Map<String, Integer> symbols;
    private final Run run;
    private final BiConsumer<String, Datum> made;
    private final List<Made> untold = new ArrayList<>();
    /** Bytes of what it made itself and still holds. */
    private final Map<String, Long> own = new HashMap<>();

    private long held;
    private long most;

    private record Made(String name, Datum datum) {}

    /**
     * Before its first step.
     *
     * @param values of inputs and of what is captured; used up
     * @param symbols extents by the names that the model gives them
     * @param made told of what each step of the graph gives, but not of what graphs inside them give
     */
    Passage(Map<String, Datum> values, Map<String, Integer> symbols, Run run, BiConsumer<String, Datum> made) {
        this.values = values;
        this.symbols = symbols;
        this.run = run;
        this.made = made;
    }

    Map<String, Datum> values() {
        return values;
    }

    Map<String, Integer> symbols() {
        return symbols;
    }

    Run run() {
        return run;
    }

    @Nullable
    Datum value(String name) {
        return values.get(name);
    }

    /** What is not its own to hold: an initializer, unless an input of that name was given. */
    void lend(Map<String, Value> lent) {
        for (Map.Entry<String, Value> one : lent.entrySet()) {
            values.putIfAbsent(one.getKey(), one.getValue());
        }
    }

    void make(String name, Datum datum, boolean used) {
        untold.add(new Made(name, datum));
        long size = size(datum);
        most = Math.max(most, held + size);
        if (used) {
            values.put(name, datum);
            own.put(name, size);
            held += size;
        }
    }

    void drop(Collection<String> names) {
        for (String name : names) {
            values.remove(name);
            Long size = own.remove(name);
            held -= size == null ? 0 : size;
        }
    }

    private static long size(Datum datum) {
        return datum instanceof Value value ? (long) BYTES * value.size() : BYTES;
    }

    /** Tells what the last step gave. */
    void tell() {
        for (Made one : untold) {
            made.accept(one.name, one.datum);
        }
        untold.clear();
    }

    /** Bytes of numbers that it held at once, at most, beside what it was lent. */
    long most() {
        return most;
    }
}
