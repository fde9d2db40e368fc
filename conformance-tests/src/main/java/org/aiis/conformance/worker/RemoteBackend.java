package org.aiis.conformance.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.protocol.Answer;
import org.aiis.spec.protocol.Message;
import org.aiis.spec.protocol.Request;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Observation.Phase;
import org.aiis.spec.testing.Step;

/** A backend in a worker process. After a death the next step meets a fresh process, which holds no handles. */
final class RemoteBackend implements Backend {
    /** Starts that fail in a row before no more are tried: at a minute each, a catalogue would take weeks. */
    private static final int MOST_FAILED_STARTS = 3;

    /** A description stands in the evidence and in the report. */
    private static final int LONGEST_DESCRIPTION = 1 << 20;

    private final WorkerSettings settings;
    private final Canary canary;
    private final ScheduledExecutorService timer;
    private final OneSystem system;
    private final Seating seating;
    private volatile Optional<WorkerProcess> process = Optional.empty();
    private Optional<Sut> sut = Optional.empty();
    private int failedStarts;
    private Observation lastFailure = new Observation.NotDriven("no start has failed");
    private OptionalLong peak = OptionalLong.empty();

    /**
     * A backend whose process is started when it is needed.
     *
     * @param canary watches what lies beside the scratch folder of the process
     * @param system shared by the processes that must be one system under test
     * @param seating counts its processes
     */
    RemoteBackend(
            WorkerSettings settings, Canary canary, ScheduledExecutorService timer, OneSystem system, Seating seating) {
        this.seating = seating;
        this.settings = settings;
        this.canary = canary;
        this.timer = timer;
        this.system = system;
    }

    /** @throws InputException when the worker does not come up, with what it said */
    @Override
    public Sut describe() {
        if (process.isEmpty() || sut.isEmpty()) {
            Optional<Observation> failure = start();
            if (failure.isPresent()) {
                throw InputException.of(
                        "backend '" + settings.backend() + "' does not start: " + told(failure.get()), "");
            }
        }
        return sut.orElseThrow();
    }

    private static String told(Observation failure) {
        if (failure instanceof Observation.NotDriven refused) {
            return refused.reason();
        } else if (failure instanceof Observation.TimedOut late) {
            return "it did not describe itself within " + late.millis() + " ms";
        } else if (failure instanceof Observation.Crashed crashed) {
            return "its process died: " + crashed.cause() + (crashed.detail().isEmpty() ? "" : "\n" + crashed.detail());
        } else if (failure instanceof Observation.Violated violated) {
            return "it broke the worker protocol: " + violated.message();
        }
        return failure.toString();
    }

    /** Looks at the memory of the process, from the pool's timer. */
    void weigh(boolean withFamily) {
        process.ifPresent(running -> running.weigh(withFamily));
    }

    @Override
    public Observation perform(Step step) {
        Optional<Observation> unready = unready(step);
        return unready.isPresent() ? unready.get() : performed(List.of(step)).get(0);
    }

    /**
     * The suite's own workers are sent all three at once. Others meet one step at a time, as the protocol promises them.
     */
    @Override
    public List<Observation> once(Step load, Step.Run run, Step.Close close) {
        if (!settings.command().isEmpty()) {
            return Backend.super.once(load, run, close);
        }
        Optional<Observation> unready = unready(load);
        if (unready.isPresent()) {
            return List.of(unready.get());
        }
        List<Observation> seen = performed(List.of(load, run, close));
        boolean over = seen.get(seen.size() - 1).ended();
        if (!over && !(seen.get(0) instanceof Observation.Outputs)) {
            return seen.subList(0, 1);
        }
        if (!over && seen.size() == 2) {
            seen.add(perform(close)); // The run was too large to be sent.
        }
        return seen;
    }

    private Optional<Observation> unready(Step step) {
        Optional<Observation> failure = process.isEmpty() ? start() : Optional.empty();
        return failure.or(() -> step.optional()
                .filter(word -> !describe().optionalSteps().contains(word))
                .map(word -> new Observation.NotDriven(
                        "the worker does not list the step '" + word + "' among those that it knows")));
    }

    /** What came of each step, up to the first that was not answered. */
    private List<Observation> performed(List<Step> steps) {
        seating.step();
        List<WorkerProcess.Asked> asked = new ArrayList<>(steps.size());
        for (Step step : steps) {
            asked.add(new WorkerProcess.Asked(new Request.Perform(step), step.phase(), limit(step)));
        }
        long start = System.nanoTime();
        List<Reply> replies = process.orElseThrow().ask(asked);
        long elapsed = System.nanoTime() - start;
        List<Observation> seen = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            seen.add(observed(steps.get(i), replies.get(i), elapsed));
        }
        return seen;
    }

    private Observation observed(Step step, Reply reply, long elapsed) {
        if (reply instanceof Reply.Ended ended) {
            process = Optional.empty();
            return ended.observation();
        }
        if (reply instanceof Reply.Unsent unsent) {
            return new Observation.NotDriven(unsent.reason());
        }
        Answer answer = ((Reply.Answered) reply).answer();
        if (!(answer instanceof Answer.Observed observed)) {
            return violated(step, "the answer to a step is not an observation");
        }
        Observation observation = Clipped.of(observed.observation());
        if (observation instanceof Observation.Measured measured) {
            return measured(step, measured, elapsed);
        }
        if (step instanceof Step.Measure && observation instanceof Observation.Outputs) {
            return violated(step, "outputs in answer to measure");
        }
        return observation;
    }

    /** Times are the worker's own word; they cannot be longer than the suite waited. */
    private Observation measured(Step step, Observation.Measured measured, long elapsed) {
        if (!(step instanceof Step.Measure)) {
            return violated(step, "a measurement that nobody asked for");
        }
        if (measured.totalNanos() < 0 || measured.totalNanos() > elapsed) {
            return violated(step, "it says " + measured.totalNanos() + " ns, the suite waited " + elapsed + " ns");
        }
        if (settings.command().isEmpty()) {
            return measured;
        }
        SortedMap<String, String> effective = new TreeMap<>(measured.effective());
        effective.put("timed-by", "self-reported");
        return new Observation.Measured(
                measured.latencies(), measured.samples(), measured.totalNanos(), measured.outputs(), effective);
    }

    /** That something was written outside the worker's scratch folder: the process ends, since nobody knows what it does. */
    Optional<Observation> harm() {
        Optional<String> harm = canary.harm();
        harm.ifPresent(h -> close());
        return harm.map(h -> new Observation.Violated(Phase.RUN, h));
    }

    private Observation violated(Step step, String reason) {
        close();
        return new Observation.Violated(step.phase(), reason);
    }

    /** A process that has described itself, or what became of it. */
    private Optional<Observation> start() {
        if (failedStarts >= MOST_FAILED_STARTS) {
            return Optional.of(lastFailure);
        }
        Optional<Observation> failure = tryToStart();
        failedStarts = failure.isEmpty() ? 0 : failedStarts + 1;
        lastFailure = failure.orElse(lastFailure);
        return failure;
    }

    private Optional<Observation> tryToStart() {
        close();
        WorkerProcess fresh = new WorkerProcess(settings, canary.folder(), timer);
        Reply reply = fresh.ask(new Request.Describe(Message.PROTOCOL), Phase.START, settings.startTimeout());
        if (reply instanceof Reply.Ended ended) {
            return Optional.of(ended.observation());
        }
        if (reply instanceof Reply.Answered answered && answered.answer() instanceof Answer.Described described) {
            if (Codec.canonical(described.sut()).length() > LONGEST_DESCRIPTION) {
                fresh.close();
                return Optional.of(new Observation.Violated(
                        Phase.START, "it describes itself in more than " + LONGEST_DESCRIPTION + " characters"));
            }
            if (described.protocol() == Message.PROTOCOL) {
                Optional<String> difference = system.difference(described.sut());
                if (difference.isPresent()) {
                    fresh.close();
                    return Optional.of(new Observation.Violated(Phase.START, Clipped.text(difference.get())));
                }
                process = Optional.of(fresh);
                seating.process();
                sut = Optional.of(described.sut());
                return Optional.empty();
            }
            fresh.close();
            return Optional.of(new Observation.Violated(
                    Phase.START, "it speaks protocol " + described.protocol() + ", not " + Message.PROTOCOL));
        }
        fresh.close();
        if (reply instanceof Reply.Answered answered && answered.answer() instanceof Answer.Refused refused) {
            return Optional.of(new Observation.NotDriven(Clipped.text(refused.message())));
        }
        return Optional.of(new Observation.Violated(Phase.START, "its first answer does not describe it"));
    }

    /** Which process met the stimulus that is shown. */
    Seating seating() {
        return seating;
    }

    /** Ends its process if it was shown anything, so that the next stimulus meets a fresh one. */
    void refresh() {
        if (process.isPresent() && seating.used()) {
            close();
        }
    }

    /** Whether the process of this number is still there. */
    boolean lives(int number) {
        return process.isPresent() && seating.current() == number;
    }

    private Duration limit(Step step) {
        return step instanceof Step.Measure measure
                ? settings.stepTimeout()
                        .plusMillis(2 * Math.min(measure.settings().maxMillis(), Integer.MAX_VALUE))
                : settings.stepTimeout();
    }

    /** The most memory that one of its processes was seen to hold, in MiB; those that died by themselves are not seen. */
    OptionalLong peakMemory() {
        note();
        return peak;
    }

    /** Remembers what its process holds now. */
    void note() {
        process.map(WorkerProcess::peakMemory)
                .filter(OptionalLong::isPresent)
                .ifPresent(held -> peak = OptionalLong.of(Math.max(peak.orElse(0), held.getAsLong())));
    }

    @Override
    public void close() {
        note();
        process.ifPresent(WorkerProcess::close);
        process = Optional.empty();
    }
}
