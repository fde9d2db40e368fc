package org.aiis.conformance.backend;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A backend by its word with its options, beside another one: what is asked for to compare with it. */
public record Variation(String backend, SortedMap<String, String> options) {
    public Variation {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** With one option set. */
    public Variation with(String option, String value) {
        SortedMap<String, String> changed = new TreeMap<>(options);
        changed.put(option, value);
        return new Variation(backend, changed);
    }
}
