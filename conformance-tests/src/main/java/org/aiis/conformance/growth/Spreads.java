package org.aiis.conformance.growth;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.aiis.spec.testing.Reference;

/**
 * Every tensor of a model as the oracle has it, with its spread under random rounding. Sums are taken while evaluations go on,
 * so that of seventeen evaluations none is held whole: sixteen bytes an element, in as much memory as is given.
 */
public final class Spreads {
    private static final int BYTES = 16;

    private final Map<String, Spread> tensors = new ConcurrentHashMap<>();
    /** Bytes of each tensor, whether it is kept or not. */
    private final Map<String, Long> bytes = new ConcurrentHashMap<>();

    private final Set<String> always;
    private long room;

    /**
     * Of nothing yet.
     *
     * @param bytes that all tensors together may take; what does not fit is not kept
     * @param always tensors that are kept beside these: the outputs, without which the rest says little
     */
    public Spreads(long bytes, Set<String> always) {
        this.room = bytes;
        this.always = Set.copyOf(always);
    }

    /**
     * What one evaluation is to tell of its tensors. Evaluation 0, in the precision of the oracle, has to end before others begin;
     * these add up in the order of their seeds, so that the sums are the same each time.
     *
     * @param seed 0, or of random rounding, from 1 on without a gap
     */
    public BiConsumer<String, Reference.Value> evaluation(long seed) {
        return seed == 0
                ? this::first
                : (name, value) -> {
                    Spread spread = tensors.get(name);
                    if (spread != null) {
                        spread.add(seed, value);
                    }
                };
    }

    private synchronized void first(String name, Reference.Value value) {
        bytes.put(name, (long) Math.max(1, value.type().bytes()) * value.shape().size());
        long taken = (long) BYTES * value.shape().size();
        if (always.contains(name) || taken <= room) {
            room -= always.contains(name) ? 0 : taken;
            tensors.put(name, new Spread(value));
        }
    }

    /** That a tensor has as an output of a backend; 0 of what the oracle did not see. */
    long bytes(String name) {
        return bytes.getOrDefault(name, 0L);
    }

    /** Of a tensor, if it was seen and kept. */
    Optional<Spread> of(String name) {
        return Optional.ofNullable(tensors.get(name));
    }
}
