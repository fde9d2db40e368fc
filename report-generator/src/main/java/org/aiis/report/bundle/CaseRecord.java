package org.aiis.report.bundle;

import java.util.Optional;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;

/**
 * A case of the evidence without its tensors.
 *
 * @param line line of evidence.jsonl that holds it, from 1
 * @param stimulus digest of what the system under test was shown
 * @param seen what it did, in a few words
 * @param measure numbers of its first load
 */
public record CaseRecord(
        long line,
        String id,
        String stimulus,
        Finding finding,
        String seen,
        Optional<LoadMeasure> measure,
        long micros) {
    static CaseRecord of(long line, Entry.CaseDone done) {
        return new CaseRecord(
                line,
                done.id(),
                done.stimulus(),
                done.finding(),
                Seen.inWords(done.observation()),
                load(done.observation()),
                done.micros());
    }

    /** A load stands alone or, with the model loaded around it, as a step of a script. */
    private static Optional<LoadMeasure> load(Observation observation) {
        if (observation instanceof Observation.Measured measured) {
            return Optional.of(LoadMeasure.of(measured));
        } else if (observation instanceof Observation.Transcript script) {
            return script.steps().stream()
                    .filter(Observation.Measured.class::isInstance)
                    .map(step -> LoadMeasure.of((Observation.Measured) step))
                    .findFirst();
        }
        return Optional.empty();
    }
}
