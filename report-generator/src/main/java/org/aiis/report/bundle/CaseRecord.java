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
 * @param measure numbers of a load
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
                done.observation() instanceof Observation.Measured m
                        ? Optional.of(LoadMeasure.of(m))
                        : Optional.empty(),
                done.micros());
    }
}
