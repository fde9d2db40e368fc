package org.aiis.conformance.run;

import java.util.Optional;
import java.util.function.Function;
import org.aiis.conformance.worker.Showing;
import org.aiis.spec.evidence.Seat;
import org.aiis.spec.port.Judge;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;

/**
 * A case as it was shown once, and what came of it.
 *
 * @param stimulus digest of what was shown
 * @param seat the process that it was shown to
 * @param micros with the wait for a worker
 */
record Shown(String stimulus, Observation observation, Finding finding, Optional<Seat> seat, long micros) {
    /** Shows a case and judges it. The suite's own faults become ERROR, never an exception. */
    static Shown to(Function<Stimulus, Showing> worker, TestCase testCase, Judge judge, Terms terms) {
        long start = System.nanoTime();
        String digest = "";
        Optional<Seat> seat = Optional.empty();
        Observation observation;
        Finding finding;
        try {
            Stimulus stimulus = testCase.stimulus().get();
            digest = stimulus.digest();
            Showing showing = worker.apply(stimulus);
            seat = showing.seat();
            observation = showing.observation();
            finding = judge.judge(testCase.over(stimulus), observation, terms);
        } catch (RuntimeException e) {
            observation = new Observation.NotDriven("the suite failed: " + e);
            finding = Finding.of(Verdict.ERROR, "the suite failed: " + e).because("harness");
        }
        return new Shown(digest, observation, finding, seat, (System.nanoTime() - start) / 1000);
    }

    /** As the evidence keeps it: digests where nothing is lost by them, and never more than a bundle can hold. */
    Shown kept(TestCase testCase, Judge judge, Terms terms, long written) {
        Observation compact = Compaction.of(testCase, observation, finding);
        Observation bounded = Weight.bounded(compact, written);
        return new Shown(
                stimulus, bounded, bounded == compact ? finding : judge.judge(testCase, bounded, terms), seat, micros);
    }
}
