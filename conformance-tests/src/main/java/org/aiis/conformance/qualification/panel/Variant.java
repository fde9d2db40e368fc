package org.aiis.conformance.qualification.panel;

import java.util.Set;
import org.aiis.spec.tensor.ElementType;

/**
 * A right way to do it otherwise.
 *
 * @param name a word for reports
 * @param summary what it does
 * @param flushed element types that it claims to flush
 * @param change how it answers
 */
public record Variant(String name, String summary, Set<ElementType> flushed, Change change) {
    public Variant {
        flushed = Set.copyOf(flushed);
    }

    static Variant of(String name, String summary, Change change) {
        return new Variant(name, summary, Set.of(), change);
    }
}
