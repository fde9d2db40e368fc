package org.aiis.conformance.backend;

import java.util.Map;
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

    /**
     * Opens it.
     *
     * @param argument what stands behind the colon of {@code faulty:NAME}, or empty
     * @throws org.aiis.spec.codec.InputException for an argument or an option that it does not know
     */
    Backend open(String argument, SortedMap<String, String> options);
}
