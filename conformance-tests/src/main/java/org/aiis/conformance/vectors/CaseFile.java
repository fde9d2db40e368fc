package org.aiis.conformance.vectors;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/**
 * case.json: what a written case is judged by, so that {@code aiis replay} judges it as the run did.
 *
 * @param id id of the case in the catalogue
 * @param pair operator × type that the case belongs to, if any
 * @param expect what is expected
 * @param tolerance notation of the stated tolerance, where the oracle is asked
 * @param onlyAtLoad whether a rejection has to come at load
 * @param required whether a rejection of a valid model is a failure
 * @param limits numbers that the profile gave
 * @param said what the judge said, in a reproduction
 */
record CaseFile(
        String id,
        List<String> requirements,
        Optional<OperatorType> pair,
        Expect expect,
        String tolerance,
        boolean onlyAtLoad,
        boolean required,
        Accuracy accuracy,
        List<ElementType> flushed,
        List<PrecisionMode> modes,
        List<String> deterministic,
        List<String> sessions,
        List<String> fallback,
        SortedMap<String, Double> limits,
        String said) {
    static final String NAME = "case.json";

    CaseFile {
        requirements = List.copyOf(requirements);
        flushed = List.copyOf(flushed);
        modes = List.copyOf(modes);
        deterministic = List.copyOf(deterministic);
        sessions = List.copyOf(sessions);
        fallback = List.copyOf(fallback);
        limits = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(limits));
    }

    /** What is expected of a written case. */
    enum Expect {
        /** What the oracle says, within the tolerance. */
        oracle,
        /** The outputs in the folder, exactly. */
        outputs,
        /** The outputs in the folder, within rtol and atol. */
        close,
        /** The valid model runs, the broken one is refused. */
        reject,
        /** Anything but the end of the process or a hang. */
        survive,
        /** What the catalogue says: a script of steps, which the layout cannot hold. */
        catalogue
    }

    static CaseFile parse(Bytes text) {
        return Codec.json(new String(text.toArray(), StandardCharsets.UTF_8), CaseFile.class, NAME, 1);
    }

    CaseFile saying(String text) {
        return new CaseFile(
                id,
                requirements,
                pair,
                expect,
                tolerance,
                onlyAtLoad,
                required,
                accuracy,
                flushed,
                modes,
                deterministic,
                sessions,
                fallback,
                limits,
                text);
    }

    /** What a written case is judged under, with the tolerance and the claims of the run that wrote it. */
    static CaseFile of(TestCase testCase, Expect expect, Tolerance tolerance, boolean onlyAtLoad, Terms terms) {
        return new CaseFile(
                testCase.id(),
                testCase.requirements(),
                testCase.pair(),
                expect,
                tolerance.notation(),
                onlyAtLoad,
                testCase.pair().map(terms.required()::contains).orElse(true),
                terms.accuracy(),
                terms.flushed().stream().sorted().toList(),
                terms.modes().stream().sorted().toList(),
                terms.deterministic().stream().sorted().toList(),
                terms.sessions().stream().sorted().toList(),
                terms.fallback().stream().sorted().toList(),
                new TreeMap<>(terms.limits()),
                "");
    }

    /** The terms again, for the provider that answers now. */
    Terms terms(String provider) {
        return new Terms(
                accuracy,
                required ? pair.map(Set::of).orElse(Set.of()) : Set.of(),
                Set.copyOf(flushed),
                Set.copyOf(modes),
                Set.copyOf(deterministic),
                Set.copyOf(sessions),
                provider,
                Set.copyOf(fallback),
                limits);
    }
}
