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

    /**
     * Property that names, comma after comma, what its process had loaded from elsewhere when it was asked. A driver loads some only
     * where it needs them, a compiler where its cache is cold: another process of the same system may tell more or fewer.
     */
    public static final String OTHER_LIBRARIES = "other-libraries";

    public Sut {
        libraries = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(libraries));
        properties = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    /** Without what may differ between processes of one system under test. */
    public Sut identity() {
        TreeMap<String, String> lasting = new TreeMap<>(properties);
        lasting.remove(OTHER_LIBRARIES);
        return new Sut(name, vendor, version, backend, provider, libraries, lasting);
    }

    /** The optional steps of the worker protocol that its worker says it knows. */
    public List<String> optionalSteps() {
        return List.of(properties.getOrDefault(Step.KNOWN, "").split(","));
    }
}
