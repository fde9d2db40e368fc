package org.aiis.conformance.backend;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.port.Backend;

/** Opens a backend by its word. Found through {@link java.util.ServiceLoader}: a new backend is one class and one line. */
public interface BackendFactory {
    /** What stands before the colon: {@code cpu}, {@code reference}, {@code faulty}. */
    String word();

    /** One line for the list of backends. */
    String summary();

    /** What can be asked for, with a line on each: the word itself, or each word:ARGUMENT. */
    default SortedMap<String, String> variants() {
        return new TreeMap<>(Map.of(word(), summary()));
    }

    /** Does what takes long and is done once, before the clock of a worker runs: taking libraries out of a jar. */
    default void prepare() {}

    /**
     * Opens it.
     *
     * @param argument what stands behind the colon of {@code faulty:NAME}, or empty
     * @throws org.aiis.spec.codec.InputException for an argument or an option that it does not know
     */
    Backend open(String argument, SortedMap<String, String> options);

    /**
     * The CPU provider of the same library with the same settings, for telling whose fault a failure is; the backend itself
     * where it is that provider, empty where there is none.
     */
    default Optional<BackendUri> core(String argument, SortedMap<String, String> options) {
        return Optional.empty();
    }

    /** The same with graph optimisation off; empty where there is no such setting, or it is off already. */
    default Optional<BackendUri> unoptimised(String argument, SortedMap<String, String> options) {
        return Optional.empty();
    }
}
