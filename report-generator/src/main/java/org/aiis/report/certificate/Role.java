package org.aiis.report.certificate;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a key may sign. They are two keys of two hands: who evaluates does not decide (ISO/IEC 17065). */
public enum Role {
    /** A supplier's declaration. */
    @JsonProperty("evaluation")
    EVALUATION,
    /** A certificate. */
    @JsonProperty("decision")
    DECISION;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
