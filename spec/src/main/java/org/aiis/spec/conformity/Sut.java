package org.aiis.spec.conformity;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.testing.Step;

/**
 * System under test: runtime and provider.
 *
 * @param backend the word it was asked for by: cpu, reference, faulty:NAME
 * @param provider name of the execution provider, as its placement reports it
 * @param libraries name of each native library or jar loaded, to its SHA-256
 * @param properties settings in effect, device, driver, firmware: name to value
 */
public record Sut(
        String name,
        String vendor,
        String version,
        String backend,
        String provider,
        SortedMap<String, String> libraries,
        SortedMap<String, String> properties) {
    /** Property under which a backend tells the precision modes that it is set to, comma after comma. */
    public static final String PRECISION_MODES = "precision-modes";

    public Sut {
        libraries = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(libraries));
        properties = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    /** The optional steps of the worker protocol that its worker says it knows. */
    public List<String> optionalSteps() {
        return List.of(properties.getOrDefault(Step.KNOWN, "").split(","));
    }
}
