package org.aiis.conformance.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.backend.Backends;
import org.aiis.conformance.scheme.Selection;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Repeats;
import org.aiis.spec.evidence.Seat;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Trace;
import org.aiis.spec.testing.Verdict;

/**
 * Shows cases again after the main pass, as the run set out to, and keeps what came of it beside the first findings, which
 * stay what they are.
 */
final class Repeating {
    private final Suite suite;
    private final Plan plan;
    private final EvidenceLog log;
    private final Progress progress;
    private final History history;
    private final Map<String, TestCase> cases;

    /** At which a process died, and a fresh one did not. */
    private final Set<String> alive = ConcurrentHashMap.newKeySet();

    Repeating(Suite suite, Plan plan, EvidenceLog log, Progress progress, History history, List<TestCase> cases) {
        this.suite = suite;
        this.plan = plan;
        this.log = log;
        this.progress = progress;
        this.history = history;
        history.alive().stream()
                .filter(id -> Optional.ofNullable(history.findings().get(id))
                        .filter(Repeats::isDeath)
                        .isPresent())
                .forEach(alive::add);
        this.cases = cases.stream().collect(Collectors.toMap(TestCase::id, Function.identity()));
    }

    /**
     * What a backend has to compare with: the CPU provider of the same library, and its own optimisation level.
     *
     * @param system the backend under test
     * @param levels whether both levels are asked for; as the grade has it where nothing is said
     * @throws InputException when both levels are asked for and the backend has no such setting
     */
    static Repeats asked(Grade grade, BackendUri system, Optional<Boolean> levels) {
        boolean other = Backends.installed().unoptimised(system).isPresent();
        if (levels.orElse(false) && !other) {
            throw InputException.of(
                    "backend '" + system.name() + "' has no setting that turns graph optimisation off, or it is off"
                            + " already",
                    "leave out --both-levels");
        }
        return Repeats.of(
                grade, Backends.installed().core(system).isPresent(), other && levels.orElse(grade != Grade.QUICK));
    }

    /** Shows all that is still to be shown again. */
    void show(
            WorkerPool pool,
            BackendUri system,
            int workers,
            Map<String, Finding> findings,
            Map<String, Trace> traces,
            Map<String, Seat> seats) {
        pool.noteMemory(); // The last cases shown again may be those at which processes die.
        Backends backends = Backends.installed();
        for (Purpose purpose : Purpose.values()) {
            SortedSet<String> open = plan.repeats().select(purpose, plan.seed(), findings);
            open.removeAll(history.again(purpose));
            Optional<BackendUri> other =
                    switch (purpose) {
                        case REPEAT -> Optional.of(system);
                        case CORE -> backends.core(system);
                        case UNOPTIMISED -> backends.unoptimised(system);
                    };
            boolean same = other.equals(Optional.of(system));
            if (open.isEmpty() && same && purpose == Purpose.REPEAT) {
                trace(pool, workers, findings, seats);
            }
            if (open.isEmpty() || other.isEmpty()) {
                continue;
            }
            if (same && purpose == Purpose.CORE) {
                announce(purpose, Optional.of(pool.sut()), "");
            } else if (same) {
                announce(purpose, Optional.of(pool.sut()), "");
                again(purpose, open, pool, workers, findings, traces);
                trace(pool, workers, findings, seats);
            } else if (history.systems().get(purpose) == null
                    || history.systems().get(purpose).sut().isPresent()) {
                onAnother(purpose, other.get(), open, workers, findings, traces);
            }
        }
    }

    private void onAnother(
            Purpose purpose,
            BackendUri other,
            SortedSet<String> open,
            int workers,
            Map<String, Finding> findings,
            Map<String, Trace> traces) {
        int seconds = plan.ics().ixit().timeoutSeconds();
        try (WorkerPool pool = Workers.start(other.name(), workers, seconds, other.options())) {
            announce(purpose, Optional.of(pool.sut()), "");
            again(purpose, open, pool, workers, findings, traces);
        } catch (InputException e) {
            if (history.systems().containsKey(purpose)) {
                throw e;
            }
            announce(purpose, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    /** Once for a purpose; a run that goes on has to meet the same system again. */
    private void announce(Purpose purpose, Optional<Sut> sut, String remark) {
        Entry.AgainOn before = history.systems().get(purpose);
        if (before == null) {
            log.append(new Entry.AgainOn(purpose, sut, remark));
        } else if (!before.sut().equals(sut)) {
            throw InputException.of(
                    "the run showed cases again (" + purpose.word() + ") to another system than the one found now",
                    "resume it on the machine it began on");
        }
    }

    private void again(
            Purpose purpose,
            SortedSet<String> open,
            WorkerPool pool,
            int workers,
            Map<String, Finding> findings,
            Map<String, Trace> traces) {
        progress.stage("showing again, " + purpose.word(), open.size());
        Ics ics = plan.ics().on(pool.sut().provider());
        Terms terms = Selection.terms(plan.profile(), ics);
        List<Runnable> tasks = new ArrayList<>();
        for (String id : open) {
            TestCase testCase = java.util.Objects.requireNonNull(cases.get(id));
            Finding finding = java.util.Objects.requireNonNull(findings.get(id));
            Trace trace = java.util.Objects.requireNonNull(traces.get(id));
            tasks.add(() -> again(purpose, testCase, pool, terms, finding, trace));
        }
        atOnce(workers, tasks);
    }

    private static void atOnce(int workers, List<Runnable> tasks) {
        ExecutorService side = Executors.newFixedThreadPool(workers);
        try {
            List<Future<?>> shown = new ArrayList<>();
            tasks.forEach(task -> shown.add(side.submit(task)));
            for (Future<?> one : shown) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the suite was interrupted while it showed cases again", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            side.shutdownNow();
        }
    }

    private void again(Purpose purpose, TestCase testCase, WorkerPool pool, Terms terms, Finding first, Trace trace) {
        log.requireWritable();
        // Nothing that another case did may be blamed on the one at which a process died.
        boolean alone = purpose == Purpose.REPEAT && Repeats.isDeath(first);
        Shown shown = Shown.to(alone ? pool::showAlone : pool::show, testCase, suite.judge(), terms);
        Shown kept = shown.kept(testCase, suite.judge(), terms, log.written());
        boolean asBefore =
                kept.finding().equals(first) && Trace.of(kept.observation()).equals(trace);
        log.append(new Entry.Again(
                testCase.id(),
                purpose,
                kept.stimulus(),
                asBefore ? Optional.empty() : Optional.of(kept.observation()),
                kept.finding(),
                kept.micros()));
        if (alone && !Repeats.isDeath(kept.finding())) {
            alive.add(testCase.id());
        }
        progress.tick();
    }

    /** Searches for what killed the processes that died at cases at which a fresh one does not. */
    private void trace(WorkerPool pool, int workers, Map<String, Finding> findings, Map<String, Seat> seats) {
        List<String> open = new ArrayList<>(alive);
        open.removeAll(history.traced());
        if (plan.repeats().tracing().isEmpty() || open.isEmpty()) {
            return;
        }
        progress.stage("searching for what killed a process", open.size());
        Processes processes = new Processes(seats);
        DeathSearch search = new DeathSearch(
                pool,
                cases,
                processes,
                suite.judge(),
                plan.terms(),
                new Patience(plan.repeats().tracing().get()),
                findings.entrySet().stream()
                        .filter(e -> e.getValue().verdict() == Verdict.FAIL)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
        // Those with little before them first: what they died of often killed others too.
        open.sort(Comparator.comparing((String id) -> processes.before(id).size())
                .thenComparing(Comparator.naturalOrder()));
        atOnce(
                workers,
                open.stream()
                        .<Runnable>map(id -> () -> {
                            log.append(search.trace(id));
                            progress.tick();
                        })
                        .toList());
    }
}
