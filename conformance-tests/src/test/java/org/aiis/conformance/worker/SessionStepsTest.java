package org.aiis.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.junit.jupiter.api.Test;

/** What the steps that are made of others tell of backends that answer as the test says. */
class SessionStepsTest {
    private static final Step RUN = Step.Run.of("m", Map.of());
    private static final Observation REJECTED = new Observation.Rejected(Observation.Phase.RUN, "FAIL", "no");

    private static Observation y(double value) {
        return Observation.Outputs.of(Map.of("y", Tensor.ofFloats(Shape.of(1), (float) value)));
    }

    @Test
    void threadsAreUnderWayAtOnce() {
        CountDownLatch all = new CountDownLatch(3);
        SortedMap<String, Tensor> told = told(
                step -> {
                    all.countDown();
                    try {
                        all.await(); // Ends only when three calls are under way.
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return y(1);
                },
                new Step.Together(List.of(RUN, RUN, RUN), 1));
        assertThat(number(told, "measured/at-once")).isEqualTo(3);
    }

    @Test
    void laterRunsThatDifferAreCountedAndTheFirstOfThemIsTold() {
        AtomicInteger runs = new AtomicInteger();
        SortedMap<String, Tensor> told =
                told(step -> y(runs.incrementAndGet() < 3 ? 1 : 2), new Step.Together(List.of(RUN), 5));
        assertThat(number(told, "0/differing")).isEqualTo(3);
        assertThat(told.get("0/out/y")).isEqualTo(Tensor.ofFloats(Shape.of(1), 1));
        assertThat(told.get("0/other/y")).isEqualTo(Tensor.ofFloats(Shape.of(1), 2));
    }

    @Test
    void rejectionsAreCountedBesideOutputs() {
        AtomicInteger runs = new AtomicInteger();
        SortedMap<String, Tensor> told =
                told(step -> runs.incrementAndGet() == 2 ? REJECTED : y(1), new Step.Together(List.of(RUN), 3));
        assertThat(number(told, "0/rejected")).isEqualTo(1);
        assertThat(told.get("0/message")).isEqualTo(Tensor.ofStrings(Shape.SCALAR, List.of("RUN FAIL: no")));
        assertThat(number(told, "0/differing")).isZero();
    }

    @Test
    void whatCannotBeShownIsTheAnswerOfTheWhole() {
        Observation undriven = new Observation.NotDriven("no such type");
        assertThat(new SessionSteps(answering(step -> undriven)).perform(new Step.Together(List.of(RUN, RUN), 9)))
                .isEqualTo(undriven);
    }

    @Test
    void aCycleLoadsRunsAndClosesAndLooksAtTheMemory() {
        AtomicInteger open = new AtomicInteger();
        SortedMap<String, Tensor> told = told(
                step -> {
                    open.addAndGet(step instanceof Step.Load ? 1 : step instanceof Step.Close ? -1 : 0);
                    assertThat(open.get()).isBetween(0, 1);
                    return step instanceof Step.Run ? y(1) : Observation.Outputs.none();
                },
                new Step.Cycle(Bytes.own(new byte[0]), new TreeMap<>(), 6, 2));
        assertThat(open.get()).isZero();
        assertThat(number(told, "differing")).isZero();
        assertThat(told.get("out/y")).isEqualTo(Tensor.ofFloats(Shape.of(1), 1));
        assertThat(java.util.Objects.requireNonNull(told.get("measured/resident"))
                        .integers())
                .hasSize(3)
                .doesNotContain(0L);
    }

    @Test
    void aRejectionEndsACycle() {
        AtomicInteger loads = new AtomicInteger();
        Backend backend =
                answering(step -> step instanceof Step.Load && loads.incrementAndGet() == 3 ? REJECTED : y(1));
        assertThat(new SessionSteps(backend).perform(new Step.Cycle(Bytes.own(new byte[0]), new TreeMap<>(), 9, 9)))
                .isEqualTo(REJECTED);
        assertThat(loads.get()).isEqualTo(3);
    }

    private static long number(SortedMap<String, Tensor> told, String name) {
        return java.util.Objects.requireNonNull(told.get(name)).integer(0);
    }

    private static SortedMap<String, Tensor> told(Function<Step, Observation> answers, Step step) {
        Observation seen = new SessionSteps(answering(answers)).perform(step);
        assertThat(seen).isInstanceOf(Observation.Outputs.class);
        SortedMap<String, Tensor> told = new TreeMap<>();
        ((Observation.Outputs) seen).values().forEach((name, value) -> told.put(name, value.tensor()));
        return told;
    }

    private static Backend answering(Function<Step, Observation> answers) {
        return new Backend() {
            @Override
            public Sut describe() {
                return new Sut("stub", "tests", "1", "stub", "none", new TreeMap<>(), new TreeMap<>());
            }

            @Override
            public Observation perform(Step step) {
                return answers.apply(step);
            }

            @Override
            public void close() {}
        };
    }
}
