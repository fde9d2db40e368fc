package org.aiis.spec.standard;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Accuracy level claimed in the ICS and asked for by a profile. */
public enum Accuracy {
    RELAXED,
    FULL;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
