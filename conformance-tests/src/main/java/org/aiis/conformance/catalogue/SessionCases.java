package org.aiis.conformance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.aiis.spec.testing.Verdict;

/** One session after another, and what may happen to one: other shapes, errors, the end of a run, a compiled model. */
final class SessionCases implements CaseSource {
    private static final int CYCLES = 1000;

    /** Cycles of one step, after which the memory is looked at; its time is that of 25 sessions. */
    private static final int CYCLES_A_STEP = 25;

    private static final int WARM_UP = 400;

    /** Of the bytes of its weights, what a session may leave behind. */
    private static final double SHARE = 0.01;

    /** Hours on any device. */
    private static final long ENDLESS = 1L << 40;

    private static final int CANCELLED_AFTER_MILLIS = 200;
    private static final double CANCEL_SECONDS = 1;

    private static final int[][] SHAPES = {
        {4, 8, 4}, {64, 64, 64}, {1, 1, 1}, {128, 16, 3}, {3, 16, 128}, {64, 64, 64}, {2, 300, 2}, {4, 8, 4}
    };

    @Override
    public Stream<TestCase> cases() {
        return Stream.concat(
                new ConcurrencyCases().cases(),
                Stream.of(
                        made("SESS-CYCLES", "cycles-1000", SessionCases::cycles, SessionCases::sameFromEach),
                        made("SESS-MEMORY", "cycles-1000", SessionCases::cycles, SessionCases::bounded),
                        made("SESS-SHAPES", "open", SessionCases::shapes, SessionCases::rightOfEachShape),
                        made("SESS-AFTER-ERROR", "reshape", SessionCases::error, SessionCases::runsOn),
                        made("SESS-CANCEL", "loop", SessionCases::cancel, SessionCases::endedInTime),
                        made("SESS-CANCEL-NEXT", "loop", SessionCases::cancel, SessionCases::nextRight),
                        made("SESS-COMPILED", "layers", SessionCases::compiled, SessionCases::restored),
                        made("SESS-COMPILED-APART", "layers", SessionCases::compiledTwo, SessionCases::restoredApart)));
    }

    private static TestCase made(
            String requirement, String name, java.util.function.Supplier<Stimulus> script, Expectation.Check check) {
        return Behaviours.made(requirement, name, Grade.QUICK, script, new Expectation.Behaviour(check, true));
    }

    static Finding notDriven(String why) {
        return Finding.of(Verdict.INCONCLUSIVE, "not driven: " + why).because("not-driven");
    }

    /** Where nodes run is told by a session of its own: to tell it costs time. */
    private static List<Step> placed(Bytes model, Map<String, Tensor> inputs) {
        return new ArrayList<>(
                List.of(new Step.Load("placed", model, true), Step.Run.of("placed", inputs), new Step.Close("placed")));
    }

    private static Stimulus cycles() {
        List<Step> steps = placed(SessionModels.weighty(), SessionModels.chosen());
        for (int i = 0; i < CYCLES; i += CYCLES_A_STEP) {
            steps.add(new Step.Cycle(
                    SessionModels.weighty(),
                    new java.util.TreeMap<>(SessionModels.chosen()),
                    CYCLES_A_STEP,
                    CYCLES_A_STEP));
        }
        return new Stimulus.Script(steps);
    }

    private static Finding sameFromEach(Observation seen, Terms terms) {
        Tensor right = SessionModels.right(SessionModels.weighty(), SessionModels.chosen());
        for (int i = 0; i < CYCLES / CYCLES_A_STEP; i++) {
            Answered.by(seen, 3 + i).equal("", right, "cycles " + i * CYCLES_A_STEP + "…");
        }
        return Finding.pass();
    }

    private static Finding bounded(Observation seen, Terms terms) {
        List<Long> resident = new ArrayList<>();
        for (int i = 0; i < CYCLES / CYCLES_A_STEP; i++) {
            for (long bytes :
                    Answered.by(seen, 3 + i).tensor(Step.MEASURED + "resident").integers()) {
                resident.add(bytes);
            }
        }
        assertThat(resident).as("looks at the memory").hasSize(CYCLES / CYCLES_A_STEP);
        double growth = Growth.aLook(resident.subList(WARM_UP / CYCLES_A_STEP, resident.size())) / CYCLES_A_STEP;
        double allowed = terms.limit("session-growth-share", SHARE) * SessionModels.weight();
        return growth > allowed
                ? Finding.fail(
                                "behaviour",
                                String.format(
                                        java.util.Locale.ROOT,
                                        "resident memory grows by %.0f bytes a session, allowed %.0f; %d MiB after %d"
                                                + " cycles, %d MiB after %d",
                                        growth,
                                        allowed,
                                        resident.get(WARM_UP / CYCLES_A_STEP - 1) >> 20,
                                        WARM_UP,
                                        resident.get(resident.size() - 1) >> 20,
                                        CYCLES))
                        .withWorst(growth / allowed)
                : Finding.pass()
                        .withWorst(Math.max(0, growth / allowed))
                        .withTallies(Map.of("growth-bytes-a-session", Math.round(growth)));
    }

    private static Map<String, Tensor> ofShape(int i) {
        return SessionModels.operands("shape/" + i, SHAPES[i][0], SHAPES[i][1], SHAPES[i][2]);
    }

    private static Stimulus shapes() {
        List<Step> steps = placed(SessionModels.open(), ofShape(0));
        steps.add(new Step.Load("m", SessionModels.open(), false));
        for (int i = 0; i < SHAPES.length; i++) {
            steps.add(Step.Run.of("m", ofShape(i)));
        }
        return new Stimulus.Script(steps);
    }

    private static Finding rightOfEachShape(Observation seen, Terms terms) {
        for (int i = 0; i < SHAPES.length; i++) {
            assertThat(Behaviours.output(seen, 4 + i))
                    .as("run %d, of extents %s", i, java.util.Arrays.toString(SHAPES[i]))
                    .isEqualTo(SessionModels.right(SessionModels.open(), ofShape(i)));
        }
        return Finding.pass();
    }

    private static Map<String, Tensor> fitting(int run) {
        return SessionModels.reshaped("after-error/" + run, 6, 2 + run, 6 * 32 / (2 + run));
    }

    /** Right, wrong, right, wrong twice, right. */
    private static Stimulus error() {
        List<Step> steps = placed(SessionModels.reshaping(), fitting(0));
        Step wrong = Step.Run.of("m", SessionModels.reshaped("broken", 6, 5, 77));
        steps.addAll(List.of(
                new Step.Load("m", SessionModels.reshaping(), false),
                Step.Run.of("m", fitting(0)),
                wrong,
                Step.Run.of("m", fitting(1)),
                wrong,
                wrong,
                Step.Run.of("m", fitting(0))));
        return new Stimulus.Script(steps);
    }

    private static Finding runsOn(Observation seen, Terms terms) {
        Bytes model = SessionModels.reshaping();
        assertThat(Behaviours.output(seen, 4)).isEqualTo(SessionModels.right(model, fitting(0)));
        if (!(Behaviours.step(seen, 5) instanceof Observation.Rejected)) {
            return notDriven("a reshaping that does not fit was not rejected");
        }
        assertThat(Behaviours.output(seen, 6))
                .as("run after an error")
                .isEqualTo(SessionModels.right(model, fitting(1)));
        assertThat(Behaviours.output(seen, 9))
                .as("run after two errors")
                .isEqualTo(SessionModels.right(model, fitting(0)));
        return Finding.pass();
    }

    private static Map<String, Tensor> few() {
        return SessionModels.rotated("next", 3);
    }

    private static Stimulus cancel() {
        List<Step> steps = placed(SessionModels.rotation(), few());
        steps.add(new Step.Load("m", SessionModels.rotation(), false));
        steps.add(new Step.Cancel(Step.Run.of("m", SessionModels.rotated("endless", ENDLESS)), CANCELLED_AFTER_MILLIS));
        steps.add(Step.Run.of("m", few()));
        return new Stimulus.Script(steps);
    }

    private static Finding endedInTime(Observation seen, Terms terms) {
        Answered.claimed(terms, "cancellation");
        Answered answered = Answered.by(seen, 4);
        double seconds = answered.tensor(Step.MEASURED + "nanos").integer(1) / 1e9;
        double allowed = terms.limit("cancel-seconds", CANCEL_SECONDS);
        assertThat(answered.number("ended"))
                .as("a cancelled run ends without outputs")
                .isEqualTo(1);
        return seconds > allowed
                ? Finding.fail(
                                "behaviour",
                                String.format(
                                        java.util.Locale.ROOT,
                                        "the run ended %.2f s after the request, allowed %.2f s",
                                        seconds,
                                        allowed))
                        .withWorst(seconds / allowed)
                : Finding.pass().withWorst(seconds / allowed);
    }

    private static Finding nextRight(Observation seen, Terms terms) {
        Answered.claimed(terms, "cancellation");
        Answered.by(seen, 4);
        assertThat(Behaviours.output(seen, 5))
                .as("run after one that was cancelled")
                .isEqualTo(SessionModels.right(SessionModels.rotation(), few()));
        return Finding.pass();
    }

    private static Stimulus compiled() {
        List<Step> steps = placed(model(0), fed(0));
        steps.addAll(
                List.of(new Step.Compile("c0", model(0)), new Step.Restore("m0", "c0"), Step.Run.of("m0", fed(0))));
        return new Stimulus.Script(steps);
    }

    private static Finding restored(Observation seen, Terms terms) {
        Answered.claimed(terms, "compiled-models");
        assertThat(Behaviours.output(seen, 5)).isEqualTo(SessionModels.right(model(0), fed(0)));
        return Finding.pass();
    }

    private static Stimulus compiledTwo() {
        List<Step> steps = placed(model(0), fed(0));
        steps.addAll(List.of(
                new Step.Compile("c0", model(0)),
                new Step.Compile("c1", model(1)),
                new Step.Restore("m0", "c0"),
                new Step.Restore("m1", "c1"),
                Step.Run.of("m0", fed(0)),
                Step.Run.of("m1", fed(1))));
        return new Stimulus.Script(steps);
    }

    private static Finding restoredApart(Observation seen, Terms terms) {
        Answered.claimed(terms, "compiled-models");
        for (int i = 0; i < 2; i++) {
            assertThat(Behaviours.output(seen, 7 + i))
                    .as("restored session %d", i)
                    .isEqualTo(SessionModels.right(model(i), fed(i)));
        }
        return Finding.pass();
    }

    private static Bytes model(int i) {
        return SessionModels.layers("compiled/" + i);
    }

    private static Map<String, Tensor> fed(int i) {
        return Map.of("x", SessionModels.rows("compiled/" + i, 8));
    }
}
