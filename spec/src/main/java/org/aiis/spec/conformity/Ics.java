package org.aiis.spec.conformity;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.OperatorType;

/**
 * Implementation conformance statement, what the vendor claims, and with it the IXIT, how the tests are to reach it.
 *
 * @param supplier who makes the statement
 * @param product name and version of what is claimed for
 * @param claims operators with the types claimed beyond the mandatory ones
 * @param precisionModes reduced-precision modes in use, such as tf32
 * @param flushesSubnormals element types whose subnormal results become zero
 * @param determinism kinds claimed: run-to-run, session-to-session
 * @param sessions capabilities of sessions claimed: concurrent-runs, concurrent-sessions, cancellation, compiled-models
 * @param fallback operators that the vendor declares to run on another provider
 * @param notImplemented optional requirements (should, may) that the vendor does not claim
 */
public record Ics(
        String supplier,
        Product product,
        Accuracy accuracy,
        List<Claim> claims,
        List<String> precisionModes,
        List<ElementType> flushesSubnormals,
        List<String> determinism,
        List<String> sessions,
        List<String> fallback,
        List<String> notImplemented,
        List<Deviation> knownDeviations,
        Ixit ixit) {
    public Ics {
        claims = List.copyOf(claims);
        precisionModes = List.copyOf(precisionModes);
        flushesSubnormals = List.copyOf(flushesSubnormals);
        determinism = List.copyOf(determinism);
        sessions = List.copyOf(sessions);
        fallback = List.copyOf(fallback);
        notImplemented = List.copyOf(notImplemented);
        knownDeviations = List.copyOf(knownDeviations);
    }

    /** What the statement is about. */
    public record Product(String name, String vendor, String version) {}

    /** An operator and the element types claimed for it. */
    public record Claim(String operator, List<ElementType> types) {
        public Claim {
            types = List.copyOf(types);
        }
    }

    /** Where the vendor knows the product to deviate: reported, never changes a verdict. */
    public record Deviation(String cases, String reason) {}

    /**
     * Extra information for testing.
     *
     * @param backend the word the backend is asked for by
     * @param provider name of the execution provider under test, as placement reports it
     * @param workers worker processes
     * @param timeoutSeconds a step's time
     * @param options handed to the backend: intra-op-threads, optimisation, paths, devices
     */
    public record Ixit(
            String backend,
            String provider,
            @JsonProperty(required = true) int workers,
            @JsonProperty(required = true) int timeoutSeconds,
            SortedMap<String, String> options) {
        public Ixit {
            options = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(options));
        }
    }

    /** The same claims about another provider of the runtime, for a case that is shown to it for comparison. */
    public Ics on(String provider) {
        Ixit there = new Ixit(ixit.backend(), provider, ixit.workers(), ixit.timeoutSeconds(), ixit.options());
        return new Ics(
                supplier,
                product,
                accuracy,
                claims,
                precisionModes,
                flushesSubnormals,
                determinism,
                sessions,
                fallback,
                notImplemented,
                knownDeviations,
                there);
    }

    /** Pairs that the profile makes mandatory or that are claimed here: a rejection of one is a FAIL. */
    public Set<OperatorType> required(Profile profile) {
        Set<OperatorType> pairs = new TreeSet<>(profile.mandatory());
        pairs.addAll(claimed());
        return pairs;
    }

    public Set<OperatorType> claimed() {
        Set<OperatorType> pairs = new TreeSet<>();
        claims.forEach(c -> c.types().forEach(t -> pairs.add(new OperatorType(c.operator(), t))));
        return pairs;
    }
}
