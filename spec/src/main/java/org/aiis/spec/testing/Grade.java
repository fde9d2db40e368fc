package org.aiis.spec.testing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much of the catalogue: quick touches each requirement and each operator × type and can never be certified. */
public enum Grade {
    QUICK,
    FULL;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
