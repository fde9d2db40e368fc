package org.aiis.conformance.vectors;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.tensor.ElementType;

/**
 * case.json: what a written case is judged by, so that {@code aiis replay} judges it as the run did.
 *
 * @param id id of the case in the catalogue
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
        Expect expect,
        String tolerance,
        boolean onlyAtLoad,
        boolean required,
        Accuracy accuracy,
        List<ElementType> flushed,
        List<String> fallback,
        SortedMap<String, Double> limits,
        String said) {
    static final String NAME = "case.json";

    CaseFile {
        requirements = List.copyOf(requirements);
        flushed = List.copyOf(flushed);
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

    CaseFile saying(String text) {
        return new CaseFile(
                id, requirements, expect, tolerance, onlyAtLoad, required, accuracy, flushed, fallback, limits, text);
    }
}
