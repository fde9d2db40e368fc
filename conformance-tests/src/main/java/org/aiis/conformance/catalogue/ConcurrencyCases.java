package org.aiis.conformance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/** Sessions that threads share, and sessions of threads of their own. */
final class ConcurrencyCases implements CaseSource {
    private static final String RUNS = "concurrent-runs";
    private static final String SESSIONS = "concurrent-sessions";

    /** Often enough that threads which begin together meet: a run lasts some microseconds. */
    private static final int TIMES = 100;

    private static final int ROWS = 12;

    /** A model under a handle, and what a thread feeds it. */
    private record Fed(String handle, Bytes model, Map<String, Tensor> inputs) {
        Step run() {
            return Step.Run.of(handle, inputs);
        }

        Step load() {
            return new Step.Load(handle, model, false);
        }

        Tensor right() {
            return SessionModels.right(model, inputs);
        }
    }

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(
                runs("layers-4", Grade.QUICK, 4, ConcurrencyCases::oneOfLayers),
                runs("layers-16", Grade.FULL, 16, ConcurrencyCases::oneOfLayers),
                runs("convolution-4", Grade.QUICK, 4, ConcurrencyCases::oneOfConvolution),
                made(
                        "SESS-SHAPES-CONCURRENT",
                        "open-4",
                        Grade.QUICK,
                        () -> shared(4, ConcurrencyCases::oneOfOpen),
                        (seen, terms) -> rightRuns(seen, terms, RUNS, 4, 4, ConcurrencyCases::oneOfOpen)),
                made(
                        "SESS-CONCURRENT-SESSIONS",
                        "models-4",
                        Grade.QUICK,
                        () -> apart(4),
                        (seen, terms) -> rightRuns(seen, terms, SESSIONS, 4 + 3, 4, ConcurrencyCases::ofItsOwn)),
                made(
                        "SESS-CONCURRENT-CREATE",
                        "models-4",
                        Grade.QUICK,
                        () -> creating(4),
                        (seen, terms) -> created(seen, terms, 4)),
                made(
                        "SESS-CONCURRENT-ERROR",
                        "reshape",
                        Grade.QUICK,
                        ConcurrencyCases::failing,
                        ConcurrencyCases::otherThreadsRight));
    }

    private static TestCase runs(String name, Grade grade, int threads, IntFunction<Fed> fed) {
        return made(
                "SESS-CONCURRENT-RUNS",
                name,
                grade,
                () -> shared(threads, fed),
                (seen, terms) -> rightRuns(seen, terms, RUNS, 4, threads, fed));
    }

    private static TestCase made(
            String requirement,
            String name,
            Grade grade,
            java.util.function.Supplier<Stimulus> script,
            Expectation.Check check) {
        return Behaviours.made(requirement, name, grade, script, new Expectation.Behaviour(check, true));
    }

    private static Fed oneOfLayers(int thread) {
        return new Fed("m", SessionModels.layers("shared"), Map.of("x", SessionModels.rows("shared/" + thread, ROWS)));
    }

    private static Fed oneOfConvolution(int thread) {
        return new Fed("m", SessionModels.convolution("shared"), Map.of("x", SessionModels.image("shared/" + thread)));
    }

    private static Fed oneOfOpen(int thread) {
        return new Fed(
                "m",
                SessionModels.open(),
                SessionModels.operands("open/" + thread, 8 + 24 * thread, 64 - 8 * thread, 16 + 8 * thread));
    }

    private static Fed ofItsOwn(int thread) {
        String word = "own/" + thread;
        return thread % 2 == 0
                ? new Fed("m" + thread, SessionModels.layers(word), Map.of("x", SessionModels.rows(word, ROWS)))
                : new Fed("m" + thread, SessionModels.convolution(word), Map.of("x", SessionModels.image(word)));
    }

    /** Where nodes run is told by a session of its own: to tell it costs time. */
    private static List<Step> placed(Fed fed) {
        return List.of(
                new Step.Load("placed", fed.model(), true),
                Step.Run.of("placed", fed.inputs()),
                new Step.Close("placed"));
    }

    private static Stimulus shared(int threads, IntFunction<Fed> fed) {
        List<Step> steps = new ArrayList<>(placed(fed.apply(0)));
        steps.add(fed.apply(0).load());
        steps.add(new Step.Together(
                IntStream.range(0, threads).mapToObj(i -> fed.apply(i).run()).toList(), TIMES));
        return new Stimulus.Script(steps);
    }

    private static Stimulus apart(int threads) {
        List<Step> steps = new ArrayList<>(placed(ofItsOwn(0)));
        IntStream.range(0, threads).forEach(i -> steps.add(ofItsOwn(i).load()));
        steps.add(new Step.Together(
                IntStream.range(0, threads).mapToObj(i -> ofItsOwn(i).run()).toList(), TIMES));
        return new Stimulus.Script(steps);
    }

    private static Finding rightRuns(
            Observation seen, Terms terms, String claim, int step, int threads, IntFunction<Fed> fed) {
        Answered.claimed(terms, claim);
        Answered answered = Answered.by(seen, step);
        for (int i = 0; i < threads; i++) {
            answered.runs(i, fed.apply(i).right());
        }
        return answered.overlapped();
    }

    /** Threads that create sessions, one again and again under its handle, beside one that runs; then each is run. */
    private static Stimulus creating(int threads) {
        List<Step> steps = new ArrayList<>(placed(ofItsOwn(0)));
        Fed running = oneOfLayers(0);
        steps.add(running.load());
        List<Step> together = new ArrayList<>();
        IntStream.range(0, threads).forEach(i -> together.add(ofItsOwn(i).load()));
        together.add(running.run());
        steps.add(new Step.Together(together, TIMES));
        IntStream.range(0, threads).forEach(i -> steps.add(ofItsOwn(i).run()));
        return new Stimulus.Script(steps);
    }

    private static Finding created(Observation seen, Terms terms, int threads) {
        Answered.claimed(terms, SESSIONS);
        Answered answered = Answered.by(seen, 4);
        for (int i = 0; i < threads; i++) {
            answered.loads(i);
        }
        answered.runs(threads, oneOfLayers(0).right());
        for (int i = 0; i < threads; i++) {
            assertThat(Behaviours.output(seen, 5 + i))
                    .as("result of the session that thread %d created", i)
                    .isEqualTo(ofItsOwn(i).right());
        }
        return answered.overlapped();
    }

    private static Map<String, Tensor> fitting(int thread) {
        return SessionModels.reshaped("fitting/" + thread, 6, 3, 64);
    }

    private static Stimulus failing() {
        Bytes model = SessionModels.reshaping();
        List<Step> steps = new ArrayList<>(placed(new Fed("m", model, fitting(0))));
        steps.add(new Step.Load("m", model, false));
        Step broken = Step.Run.of("m", SessionModels.reshaped("broken", 6, 5, 77));
        steps.add(new Step.Together(
                List.of(Step.Run.of("m", fitting(0)), broken, Step.Run.of("m", fitting(1)), broken), TIMES));
        return new Stimulus.Script(steps);
    }

    private static Finding otherThreadsRight(Observation seen, Terms terms) {
        Answered.claimed(terms, RUNS);
        Answered answered = Answered.by(seen, 4);
        answered.runs(0, SessionModels.right(SessionModels.reshaping(), fitting(0)));
        answered.runs(2, SessionModels.right(SessionModels.reshaping(), fitting(1)));
        return answered.rejections(1) + answered.rejections(3) == 0
                ? SessionCases.notDriven("a reshaping that does not fit was not rejected")
                : answered.overlapped();
    }
}
