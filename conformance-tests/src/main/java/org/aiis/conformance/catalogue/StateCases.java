package org.aiis.conformance.catalogue;

import static org.aiis.conformance.catalogue.Behaviours.output;
import static org.aiis.conformance.catalogue.Behaviours.step;
import static org.aiis.conformance.catalogue.Behaviours.verifies;
import static org.aiis.conformance.catalogue.ExchangeModels.affine;
import static org.aiis.conformance.catalogue.ExchangeModels.counting;
import static org.aiis.conformance.catalogue.ExchangeModels.open;
import static org.aiis.conformance.catalogue.ExchangeModels.sum;
import static org.aiis.conformance.catalogue.ExchangeModels.sumInputs;
import static org.aiis.conformance.catalogue.ExchangeModels.sumOutput;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/** Going on after an error, and keeping no state: scripts, each with the method that judges it. */
final class StateCases implements CaseSource {
    private static final int SESSIONS = 100;
    private static final List<Integer> ROWS = List.of(2, 64, 1, 1000, 0, 3);

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(
                verifies("ROB-AFTER-REJECT", "cut-model", Grade.QUICK, StateCases::afterReject, StateCases::goesOn),
                verifies(
                        "ROB-AFTER-FAILED-RUN",
                        "wrong-type",
                        Grade.QUICK,
                        () -> afterFailedRun(wrongType()),
                        StateCases::runsOn),
                verifies(
                        "ROB-AFTER-FAILED-RUN",
                        "missing",
                        Grade.QUICK,
                        () -> afterFailedRun(missing()),
                        StateCases::runsOn),
                verifies(
                        "ROB-NO-STATE",
                        "same-twice",
                        Grade.QUICK,
                        StateCases::otherBetween,
                        StateCases::noTraceOfOther),
                verifies("ROB-NO-STATE", "nan-between", Grade.QUICK, StateCases::nanBetween, StateCases::noTraceOfNan),
                verifies(
                        "ROB-INPUT-UNCHANGED",
                        "kept-input",
                        Grade.QUICK,
                        StateCases::keptInput,
                        StateCases::inputUnchanged),
                verifies("ROB-TWO-SESSIONS", "interleaved", Grade.QUICK, StateCases::interleaved, StateCases::apart),
                verifies(
                        "ROB-CREATE-DESTROY",
                        "sessions-" + SESSIONS,
                        Grade.QUICK,
                        StateCases::manySessions,
                        StateCases::lastRight),
                verifies(
                        "ROB-SHAPE-CHANGE",
                        "grow-and-shrink",
                        Grade.QUICK,
                        StateCases::changingShapes,
                        StateCases::eachRight));
    }

    private static Step load(String name) {
        return new Step.Load(name, affine().build(), false);
    }

    private static Step run(int first) {
        return Step.Run.of("m", Map.of("x", counting(first, 2, 3)));
    }

    /** [f f+1 f+2; f+3 f+4 f+5] · [1 −1; 2 0; 0 3] + [10 20], by hand. */
    private static Tensor affineOf(int f) {
        return Tensor.ofFloats(Shape.of(2, 2), 3 * f + 12, 2 * f + 26, 3 * f + 21, 2 * f + 32);
    }

    private static Stimulus afterReject() {
        return Stimulus.Script.of(
                new Step.Load("broken", ExchangeModels.cut(affine().build(), 40), false), load("m"), run(1));
    }

    private static void goesOn(Observation seen, Terms terms) {
        assertThat(step(seen, 0)).isInstanceOf(Observation.Rejected.class);
        assertThat(output(seen, 2)).isEqualTo(affineOf(1));
    }

    private static Step wrongType() {
        return Step.Run.of(
                "m",
                Map.of(
                        "x",
                        Tensor.ofReals(org.aiis.spec.tensor.ElementType.FLOAT64, Shape.of(2, 3), 1, 2, 3, 4, 5, 6)));
    }

    private static Step missing() {
        return Step.Run.of("m", Map.of());
    }

    private static Stimulus afterFailedRun(Step failing) {
        return Stimulus.Script.of(load("m"), run(1), failing, run(2));
    }

    private static void runsOn(Observation seen, Terms terms) {
        assertThat(output(seen, 1)).isEqualTo(affineOf(1));
        assertThat(step(seen, 2)).isInstanceOf(Observation.Rejected.class);
        assertThat(output(seen, 3)).isEqualTo(affineOf(2));
    }

    private static Stimulus otherBetween() {
        return Stimulus.Script.of(load("m"), run(1), run(100), run(1));
    }

    private static Stimulus nanBetween() {
        Tensor nan = Tensor.ofReals(
                ExchangeModels.F,
                Shape.of(2, 3),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN);
        return Stimulus.Script.of(load("m"), run(1), Step.Run.of("m", Map.of("x", nan)), run(1));
    }

    private static void noTraceOfOther(Observation seen, Terms terms) {
        assertThat(output(seen, 1)).isEqualTo(affineOf(1));
        assertThat(output(seen, 2)).isEqualTo(affineOf(100));
        assertThat(output(seen, 3)).isEqualTo(affineOf(1));
    }

    private static void noTraceOfNan(Observation seen, Terms terms) {
        assertThat(output(seen, 1)).isEqualTo(affineOf(1));
        assertThat(output(seen, 2).reals()).containsOnly(Double.NaN);
        assertThat(output(seen, 3)).isEqualTo(affineOf(1));
    }

    private static Stimulus keptInput() {
        SortedMap<String, Step.Feed> feeds = new TreeMap<>(Map.of("x", new Step.Feed.Kept("t")));
        return Stimulus.Script.of(
                load("m"),
                new Step.Put("t", counting(3, 2, 3)),
                new Step.Run("m", feeds, new TreeMap<>(), List.of()),
                new Step.Get("t"));
    }

    private static void inputUnchanged(Observation seen, Terms terms) {
        assertThat(output(seen, 2)).isEqualTo(affineOf(3));
        assertThat(output(seen, 3, "t")).isEqualTo(counting(3, 2, 3));
    }

    private static Stimulus interleaved() {
        return Stimulus.Script.of(
                load("m"),
                new Step.Load("other", sum(17).build(), false),
                run(1),
                Step.Run.of("other", sumInputs()),
                run(2),
                new Step.Close("other"),
                run(3));
    }

    private static void apart(Observation seen, Terms terms) {
        assertThat(output(seen, 2)).isEqualTo(affineOf(1));
        assertThat(output(seen, 3)).isEqualTo(sumOutput());
        assertThat(output(seen, 4)).isEqualTo(affineOf(2));
        assertThat(output(seen, 6)).isEqualTo(affineOf(3));
    }

    private static Stimulus manySessions() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            steps.add(load("m"));
            steps.add(new Step.Close("m"));
        }
        steps.add(load("m"));
        steps.add(run(7));
        return new Stimulus.Script(steps);
    }

    private static void lastRight(Observation seen, Terms terms) {
        assertThat(output(seen, 2 * SESSIONS + 1)).isEqualTo(affineOf(7));
    }

    private static Stimulus changingShapes() {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Load("m", open().build(), false));
        for (int rows : ROWS) {
            steps.add(Step.Run.of("m", Map.of("x", counting(0, rows, 3))));
        }
        return new Stimulus.Script(steps);
    }

    private static void eachRight(Observation seen, Terms terms) {
        for (int i = 0; i < ROWS.size(); i++) {
            assertThat(output(seen, i + 1)).as("run with %d rows", ROWS.get(i)).isEqualTo(counting(0, ROWS.get(i), 3));
        }
    }
}
