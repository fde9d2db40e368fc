package org.aiis.reference.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchingTest {
    private final ExecutorService others = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        others.shutdownNow();
    }

    /** Holds each run until it is let go, and counts rows. */
    private static final class Gate implements Backend {
        private final Backend behind = new EvaluatorBackend();
        private final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);
        private final List<Integer> rows = java.util.Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger runs = new AtomicInteger();

        @Override
        public Sut describe() {
            return behind.describe();
        }

        @Override
        public Observation perform(Step step) {
            if (step instanceof Step.Run run && runs.incrementAndGet() > 1) { // The first is the look at zeros.
                rows.add(((Step.Feed.Inline) run.inputs().get("a"))
                        .tensor()
                        .shape()
                        .dim(0));
                first.countDown();
                try {
                    if (!go.await(30, TimeUnit.SECONDS)) {
                        throw new IllegalStateException("nobody let it go");
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return behind.perform(step);
        }

        @Override
        public void close() {
            behind.close();
        }
    }

    @Test
    void whatWaitsGoesTogetherAndEveryRequestGetsItsOwnRows() throws Exception {
        Gate gate = new Gate();
        InferenceService service = service(gate, limits(1024, 1, 64, 60_000));
        List<CompletableFuture<InferenceResponse>> answers = new ArrayList<>();
        CompletableFuture<CompletableFuture<InferenceResponse>> leader =
                CompletableFuture.supplyAsync(() -> ask(service, 0, 1), others);
        assertThat(gate.first.await(30, TimeUnit.SECONDS)).isTrue();
        for (int i = 1; i <= 20; i++) {
            answers.add(ask(service, i, 1 + i % 3));
        }
        gate.go.countDown();
        check(leader.get(30, TimeUnit.SECONDS).get(30, TimeUnit.SECONDS), 0, 1);
        for (int i = 1; i <= 20; i++) {
            check(answers.get(i - 1).get(30, TimeUnit.SECONDS), i, 1 + i % 3);
        }
        assertThat(gate.rows.get(0)).isEqualTo(1);
        assertThat(gate.rows).as("rows of each run").hasSizeLessThan(4);
        assertThat(gate.rows.stream().mapToInt(r -> r).sum()).isEqualTo(1 + 41);
        service.close();
    }

    @Test
    void aRequestWaitsNoLongerThanTheBound() throws Exception {
        InferenceService service = service(
                new EvaluatorBackend(), new ServingLimits(1 << 20, 1 << 24, 16, 16, 1, 64, 200_000, 60_000, 1000, 16));
        long start = System.nanoTime();
        check(ask(service, 5, 2).get(30, TimeUnit.SECONDS), 5, 2);
        assertThat((System.nanoTime() - start) / 1_000_000).as("milliseconds").isBetween(190L, 5000L);
        service.close();
    }

    @Test
    void aFullQueueIsBusyAndALateAnswerIsLate() throws Exception {
        Gate gate = new Gate();
        InferenceService service = service(gate, limits(2, 1, 64, 300));
        CompletableFuture<CompletableFuture<InferenceResponse>> leader =
                CompletableFuture.supplyAsync(() -> ask(service, 0, 1), others);
        assertThat(gate.first.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<InferenceResponse> waits = ask(service, 1, 1);
        ask(service, 2, 1);
        assertThatThrownBy(() -> ask(service, 3, 1)).isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.reason())
                .isEqualTo(Refusal.Reason.BUSY));
        assertThatThrownBy(() -> waits.get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        Refusal.class, e -> assertThat(e.reason()).isEqualTo(Refusal.Reason.LATE));
        gate.go.countDown();
        leader.get(30, TimeUnit.SECONDS);
        service.close();
    }

    @Test
    void oneThatTheModelRefusesDoesNotSpoilTheOthers() throws Exception {
        Gate gate = new Gate();
        Backend picky = new Backend() {
            @Override
            public Sut describe() {
                return gate.describe();
            }

            @Override
            public Observation perform(Step step) {
                Observation right = gate.perform(step);
                boolean bad = step instanceof Step.Run run
                        && java.util.Arrays.stream(
                                        ((Step.Feed.Inline) run.inputs().get("a"))
                                                .tensor()
                                                .reals())
                                .anyMatch(v -> v == 7);
                return bad ? new Observation.Rejected(Observation.Phase.RUN, "NO", "it has a 7") : right;
            }

            @Override
            public void close() {
                gate.close();
            }
        };
        InferenceService service = service(picky, limits(1024, 1, 64, 60_000));
        CompletableFuture<CompletableFuture<InferenceResponse>> leader =
                CompletableFuture.supplyAsync(() -> ask(service, 0, 1), others);
        assertThat(gate.first.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<InferenceResponse> good = ask(service, 6, 1);
        CompletableFuture<InferenceResponse> bad = ask(service, 7, 1);
        CompletableFuture<InferenceResponse> later = ask(service, 8, 1);
        gate.go.countDown();
        leader.get(30, TimeUnit.SECONDS);
        check(good.get(30, TimeUnit.SECONDS), 6, 1);
        check(later.get(30, TimeUnit.SECONDS), 8, 1);
        assertThatThrownBy(() -> bad.get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        Refusal.class, e -> assertThat(e.reason()).isEqualTo(Refusal.Reason.REFUSED_BY_MODEL));
        service.close();
    }

    private static ServingLimits limits(int queued, int concurrent, int rows, int millis) {
        return new ServingLimits(1 << 20, 1 << 24, 16, queued, concurrent, rows, 0, millis, 1000, 16);
    }

    private InferenceService service(Backend backend, ServingLimits limits) {
        InferenceService service = new InferenceService(backend, limits, others);
        service.add("arithmetic", "1", ServedModels.arithmetic());
        return service;
    }

    private static CompletableFuture<InferenceResponse> ask(InferenceService service, int value, int rows) {
        float[] a = new float[rows * 4];
        java.util.Arrays.fill(a, value);
        SortedMap<String, Tensor> inputs = new TreeMap<>(Map.of(
                "a",
                Tensor.ofFloats(Shape.of(rows, 4), a),
                "b",
                Tensor.ofFloats(Shape.of(rows, 4), new float[rows * 4])));
        return service.infer(
                service.model("arithmetic", java.util.Optional.empty()),
                new InferenceRequest(java.util.Optional.of("" + value), inputs, List.of(), false));
    }

    private static void check(InferenceResponse response, int value, int rows) {
        assertThat(response.id()).contains("" + value);
        Tensor sum = response.outputs().get(0).tensor();
        assertThat(sum.shape()).isEqualTo(Shape.of(rows, 4));
        assertThat(sum.reals()).containsOnly(value);
    }
}
