package org.aiis.spec.evidence;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whose fault a failure is, as far as showing the case to the CPU provider of the same library tells. */
public enum Whose {
    /** It fails on the provider examined and passes on the CPU provider. */
    PROVIDER,
    /** It fails alike on both, or the CPU provider is the one examined. */
    CORE,
    /** It fails on both, in different ways. */
    BOTH,
    /** The text of ONNX is silent: what is broken is a rule of this standard. */
    STANDARD,
    /** The runtime has no CPU provider to compare with. */
    RUNTIME;

    /** For people; {@code runtime} is the name of the system under test. */
    public String words(String runtime) {
        return switch (this) {
            case PROVIDER -> "provider";
            case CORE -> runtime + " core";
            case BOTH -> "both";
            case STANDARD -> "decision of this standard";
            case RUNTIME -> "runtime";
        };
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
