package org.aiis.spec.testing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How much of the catalogue: quick touches each requirement and each operator × type and can never be certified, full is what
 * a certificate rests on, exhaustive adds every value of narrow types and a walk through the others.
 */
public enum Grade {
    QUICK,
    FULL,
    EXHAUSTIVE;

    /** Whether a run of this grade drives the cases of another. */
    public boolean holds(Grade other) {
        return other.compareTo(this) <= 0;
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
