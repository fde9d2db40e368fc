package org.aiis.spec.testing;

import java.util.Set;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.tensor.ElementType;

/**
 * What profile and ICS settle for the judge.
 *
 * @param required operator × type pairs that are mandatory or claimed: a rejection is a FAIL
 * @param flushed element types whose subnormal results the system under test says it flushes
 * @param modes precision modes claimed for dot products
 * @param deterministic kinds of determinism claimed: run-to-run, session-to-session
 * @param sessions capabilities of sessions claimed
 * @param provider name of the provider under test, as placement reports it
 * @param fallback names of nodes' operators that the ICS declares to run elsewhere
 * @param limits numeric limits of the profile by name
 */
public record Terms(
        Accuracy accuracy,
        Set<OperatorType> required,
        Set<ElementType> flushed,
        Set<PrecisionMode> modes,
        Set<String> deterministic,
        Set<String> sessions,
        String provider,
        Set<String> fallback,
        java.util.Map<String, Double> limits) {
    public Terms {
        required = Set.copyOf(required);
        flushed = Set.copyOf(flushed);
        modes = Set.copyOf(modes);
        deterministic = Set.copyOf(deterministic);
        sessions = Set.copyOf(sessions);
        fallback = Set.copyOf(fallback);
        limits = java.util.Map.copyOf(limits);
    }

    /** Without a precision mode and without a claim about sessions. */
    public Terms(
            Accuracy accuracy,
            Set<OperatorType> required,
            Set<ElementType> flushed,
            Set<String> deterministic,
            String provider,
            Set<String> fallback,
            java.util.Map<String, Double> limits) {
        this(accuracy, required, flushed, Set.of(), deterministic, Set.of(), provider, fallback, limits);
    }

    public Terms withModes(Set<PrecisionMode> claimed) {
        return claimed.equals(modes)
                ? this
                : new Terms(accuracy, required, flushed, claimed, deterministic, sessions, provider, fallback, limits);
    }

    /** A limit that the profile gives, or a default that the standard's chapter names. */
    public double limit(String name, double otherwise) {
        return limits.getOrDefault(name, otherwise);
    }
}
