package org.aiis.report.bundle;

import java.util.Optional;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Seat;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Trace;

/**
 * A case of the evidence without its tensors.
 *
 * @param line line of evidence.jsonl that holds it, from 1
 * @param stimulus digest of what the system under test was shown
 * @param seen what it did, in a few words
 * @param trouble why it gave no answer, the same words for the same cause; empty when it answered
 * @param trace what it did, to be compared with another time
 * @param seat the process that it was shown to
 * @param measure numbers of its first load
 */
public record CaseRecord(
        long line,
        String id,
        String stimulus,
        Finding finding,
        String seen,
        String trouble,
        Trace trace,
        Optional<Seat> seat,
        Optional<LoadMeasure> measure,
        long micros) {
    static CaseRecord of(long line, Entry.CaseDone done) {
        return new CaseRecord(
                line,
                done.id(),
                done.stimulus(),
                done.finding(),
                Seen.inWords(done.observation()),
                Trouble.of(done.observation()),
                Trace.of(done.observation()),
                done.seat(),
                load(done.observation()),
                done.micros());
    }

    /** The same case in one of the parts that were merged. */
    CaseRecord inShard(long line, Entry.InShard shown) {
        return again(line, shown.stimulus(), shown.observation(), shown.finding(), shown.micros());
    }

    /** The same case shown again; what it did when nothing else is said is what it did the first time. */
    CaseRecord again(long line, Entry.Again again) {
        return again(line, again.stimulus(), again.observation(), again.finding(), again.micros());
    }

    private CaseRecord again(long at, String shown, Optional<Observation> observation, Finding found, long taken) {
        return observation
                .map(o -> of(at, new Entry.CaseDone(id, shown, o, found, taken)))
                .orElseGet(() ->
                        new CaseRecord(at, id, shown, found, seen, trouble, trace, Optional.empty(), measure, taken));
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
