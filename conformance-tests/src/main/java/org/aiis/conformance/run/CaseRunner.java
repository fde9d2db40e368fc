package org.aiis.conformance.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.aiis.conformance.crash.Signature;
import org.aiis.conformance.worker.Showing;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Seat;
import org.aiis.spec.port.Judge;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Trace;

/** Drives one case after another: stimulus to the worker, observation to the judge, both into the evidence. */
public final class CaseRunner {
    private final List<TestCase> open;
    private final Function<Stimulus, Showing> worker;
    private final Judge judge;
    private final Terms terms;
    private final EvidenceLog log;
    private final Progress progress;
    private final Map<String, Finding> findings = new ConcurrentHashMap<>();
    private final Map<String, Trace> traces = new ConcurrentHashMap<>();
    private final Map<String, Seat> seats = new ConcurrentHashMap<>();
    private final Map<String, Signature> deaths = new ConcurrentHashMap<>();
    private final int processesBefore;
    private final BiPredicate<String, Finding> shownAgain;

    /**
     * @param processesBefore how many worker processes the run had before it was interrupted
     * @param shownAgain whether a case, by its id and finding, may be shown again
     */
    CaseRunner(
            List<TestCase> open,
            Function<Stimulus, Showing> worker,
            Judge judge,
            Terms terms,
            EvidenceLog log,
            Progress progress,
            int processesBefore,
            BiPredicate<String, Finding> shownAgain) {
        this.open = List.copyOf(open);
        this.worker = worker;
        this.judge = judge;
        this.terms = terms;
        this.log = log;
        this.progress = progress;
        this.processesBefore = processesBefore;
        this.shownAgain = shownAgain;
    }

    /** The cases of a seed: in the catalogue's order for 0, else shuffled, so that dependence on order can show. */
    static List<TestCase> ordered(List<TestCase> cases, long seed) {
        List<TestCase> order = new ArrayList<>(cases);
        if (seed != 0) {
            Collections.shuffle(order, new Random(seed));
        }
        return order;
    }

    /** The cases still to be driven. */
    public List<TestCase> cases() {
        return open;
    }

    /**
     * Drives a case and keeps what came of it. The suite's own faults become ERROR, never an exception; but once evidence
     * could not be kept, nothing more is driven.
     */
    public Finding run(TestCase testCase) {
        log.requireWritable();
        Shown shown = Shown.to(worker, testCase, judge, terms);
        Shown kept = shown.kept(testCase, judge, terms, log.written());
        Finding finding = kept.finding();
        Optional<Seat> seat = kept.seat().map(taken -> taken.after(processesBefore));
        log.append(
                new Entry.CaseDone(testCase.id(), kept.stimulus(), kept.observation(), finding, seat, kept.micros()));
        seat.ifPresent(taken -> seats.put(testCase.id(), taken));
        Signature.of(kept.observation()).ifPresent(death -> deaths.put(testCase.id(), death));
        findings.put(testCase.id(), finding);
        if (shownAgain.test(testCase.id(), finding)) {
            traces.put(testCase.id(), Trace.of(kept.observation()));
        }
        progress.done(testCase, finding);
        return finding;
    }

    Map<String, Finding> findings() {
        return findings;
    }

    /** What each case came down to that may be shown again, to be compared with that time. */
    Map<String, Trace> traces() {
        return traces;
    }

    /** Which process each case was shown to. */
    Map<String, Seat> seats() {
        return seats;
    }

    /** What the cases died of that killed their process, or gave no answer. */
    Map<String, Signature> deaths() {
        return deaths;
    }
}
