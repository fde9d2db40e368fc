package org.aiis.conformance.qualification.panel;

import java.util.function.Supplier;

/**
 * One thing that an implementation does wrong, whatever the operator: it is tried on each, and an operator × fault pair
 * counts where it shows.
 *
 * @param name a word for reports and selection; a fault of one attribute has the attribute's name behind a colon
 * @param kind what it is about: precision, special, axis …
 * @param summary what is wrong
 * @param make a fresh one for each operator, since it may hold state
 */
public record Fault(String name, String kind, String summary, Supplier<Change> make) {
    static Fault of(String name, String kind, String summary, Change stateless) {
        return new Fault(name, kind, summary, () -> stateless);
    }

    /** The name without the attribute. */
    public String base() {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }
}
