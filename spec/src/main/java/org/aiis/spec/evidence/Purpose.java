package org.aiis.spec.evidence;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a case is shown again after the main pass. */
public enum Purpose {
    /** To the same system under test, to see whether it does the same again. */
    REPEAT,
    /** To the CPU provider of the same library, to see whose fault a failure is. */
    CORE,
    /** With graph optimisation off, to see what the optimiser changes. */
    UNOPTIMISED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
