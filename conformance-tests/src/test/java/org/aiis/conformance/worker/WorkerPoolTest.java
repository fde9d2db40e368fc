package org.aiis.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.evidence.Seat;
import org.aiis.spec.protocol.Limits;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.LoadSettings;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Observation.Phase;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real child processes that die, hang and lie: each gives its own observation, and the next stimulus goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkerPoolTest {
    private static final Observation WELL = Observation.Outputs.of(Map.of("y", Tensor.ofFloats(Shape.of(1), 42.0f)));
    private static final WorkerSettings MISCHIEF = WorkerSettings.of("mischief");

    private WorkerPool pool = WorkerPool.start(MISCHIEF);
    private WorkerPool foreign = WorkerPool.start(foreign());

    private static WorkerSettings foreign(String... arguments) {
        return WorkerSettings.of("foreign")
                .withCommand(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        ForeignWorker.class.getName()),
                                Stream.of(arguments))
                        .toList());
    }

    @BeforeAll
    void bothAnswer() {
        assertThat(pool.sut().name()).isEqualTo("Mischief");
        assertThat(foreign.sut().name()).isEqualTo("Foreign");
    }

    @AfterAll
    void end() {
        pool.close();
        foreign.close();
    }

    private static Set<ProcessHandle> mischiefs() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info()
                        .commandLine()
                        .filter(line -> line.contains(MISCHIEF.backend()))
                        .isPresent())
                .collect(Collectors.toSet());
    }

    /** Whoever asks for two waits for the first alone. */
    @Test
    void theOtherWorkersComeUpBeforeAnythingIsShownAndEndWithThePool() throws InterruptedException {
        Set<ProcessHandle> others = mischiefs();
        try (WorkerPool two = WorkerPool.start(MISCHIEF.withWorkers(2))) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (mischiefs().size() < others.size() + 2 && System.nanoTime() < end) {
                Thread.sleep(10);
            }
            assertThat(mischiefs()).hasSize(others.size() + 2);
            assertThat(two.observe(ordered("well"))).isEqualTo(WELL);
        }
        assertThat(mischiefs()).isSubsetOf(others);
    }

    /** A second process that is still coming up when the pool ends must not be left behind. */
    @Test
    void aPoolThatEndsAtOnceLeavesNoneBehind() {
        Set<ProcessHandle> others = mischiefs();
        WorkerPool.start(MISCHIEF.withWorkers(3)).close();
        assertThat(mischiefs()).isSubsetOf(others);
    }

    @Test
    void aModelRunGivesTheOutputs() {
        assertThat(pool.observe(ordered("well"))).isEqualTo(WELL);
    }

    @Test
    void aStepThatTheWorkerDoesNotListIsNotSent() {
        Step run = Step.Run.of("m", Map.of());
        Observation seen = foreign.observe(Stimulus.Script.of(new Step.Together(List.of(run), 1)));
        assertThat(seen)
                .isEqualTo(new Observation.Transcript(List.of(new Observation.NotDriven(
                        "the worker does not list the step 'together' among those that it knows"))));
    }

    @Test
    void aDeathByExitIsACrashInTheRunWithTheStatus() {
        assertThat(pool.observe(ordered("halt"))).isInstanceOfSatisfying(Observation.Crashed.class, crashed -> {
            assertThat(crashed.phase()).isEqualTo(Phase.RUN);
            assertThat(crashed.cause()).isEqualTo("exit 134 (128 + SIGABRT)");
        });
        assertThat(pool.observe(ordered("well"))).isEqualTo(WELL);
    }

    /** Load, run and close are sent at once: each is answered for by itself. */
    @Test
    void aDeathIsToldOfTheStepThatItCameIn() {
        assertThat(pool.observe(ordered("halt at load"))).isEqualTo(new Observation.Crashed(Phase.LOAD, "exit 3", ""));
        assertThat(pool.observe(ordered("halt at close")))
                .isEqualTo(new Observation.Crashed(Phase.CLOSE, "exit 4", ""));
        assertThat(pool.observe(ordered("well"))).isEqualTo(WELL);
    }

    @Test
    void aRefusalIsToldWhateverComesOfTheStepsBehindIt() {
        Observation refused = new Observation.Rejected(Phase.LOAD, "NO", "refused");
        assertThat(pool.observe(ordered("refuse"))).isEqualTo(refused);
        assertThat(pool.observe(new Stimulus.MustReject(ordered("well"), ordered("refuse"))))
                .isEqualTo(new Observation.Twins(WELL, refused));
        assertThat(pool.observe(ordered("refuse to close")))
                .isEqualTo(new Observation.Rejected(Phase.CLOSE, "NO", "stays open"));
    }

    @Test
    void aDeathBehindARefusalIsTold() {
        assertThat(pool.observe(ordered("refuse and halt")))
                .isEqualTo(new Observation.Crashed(Phase.RUN, "exit 134 (128 + SIGABRT)", ""));
    }

    @Test
    void whatIsTooLargeToBeRunIsClosed() {
        try (WorkerPool small = WorkerPool.start(MISCHIEF.withLimits(Limits.DEFAULT.withFrame(4096)))) {
            Tensor large = Tensor.ofFloats(Shape.of(2000), new float[2000]);
            assertThat(small.observe(new Stimulus.ModelRun(order("well"), Map.of("x", large))))
                    .isInstanceOf(Observation.NotDriven.class);
            assertThat(small.observe(ordered("count")))
                    .isEqualTo(Observation.Outputs.of(Map.of("y", Tensor.ofFloats(Shape.of(1), 1))));
        }
    }

    @Test
    void aSegmentationFaultIsNamedByItsSignalWithTheLinesOfHsErr() {
        assertThat(pool.observe(ordered("segv"))).isInstanceOfSatisfying(Observation.Crashed.class, crashed -> {
            assertThat(crashed.cause()).isEqualTo("SIGSEGV");
            assertThat(crashed.detail()).contains("SIGSEGV (0xb)").contains("Problematic frame");
        });
        assertThat(pool.observe(ordered("well"))).isEqualTo(WELL);
    }

    @Test
    void aSignalThatLeavesNothingBehindIsNamedByTheStatus() {
        assertThat(pool.observe(ordered("kill")))
                .isEqualTo(new Observation.Crashed(Phase.RUN, "exit 137 (128 + SIGKILL)", ""));
    }

    @Test
    void aHangIsATimeOutAndTheNextCaseGoesOn() {
        try (WorkerPool hasty = WorkerPool.start(MISCHIEF.withStepTimeout(Duration.ofSeconds(1)))) {
            assertThat(hasty.observe(ordered("hang"))).isEqualTo(new Observation.TimedOut(Phase.RUN, 1000));
            assertThat(hasty.observe(ordered("well"))).isEqualTo(WELL);
        }
    }

    @Test
    void eachStepHasItsTimeFromTheAnswerBeforeIt() {
        try (WorkerPool hasty = WorkerPool.start(MISCHIEF.withStepTimeout(Duration.ofSeconds(1)))) {
            assertThat(hasty.observe(ordered("slow"))).isEqualTo(WELL);
            assertThat(hasty.observe(ordered("slow, then hang"))).isEqualTo(new Observation.TimedOut(Phase.RUN, 1000));
            assertThat(hasty.observe(ordered("well"))).isEqualTo(WELL);
        }
    }

    @Test
    void aFloodOnBothStandardStreamsKeepsItsLast64KiB() {
        assertThat(pool.observe(ordered("flood"))).isInstanceOfSatisfying(Observation.Crashed.class, crashed -> {
            assertThat(crashed.cause()).isEqualTo("exit 3");
            assertThat(crashed.detail()).endsWith("99999").hasSizeBetween(60_000, 65_536);
        });
    }

    @Test
    void whatNativeCodePrintsOnDescriptorOneDoesNotReachTheFrames() {
        assertThat(pool.observe(ordered("print"))).isEqualTo(WELL);
    }

    @Test
    void anAdapterAtFaultIsNotHeldAgainstTheSystemUnderTest() {
        assertThat(pool.observe(ordered("throw")))
                .isInstanceOfSatisfying(
                        Observation.NotDriven.class, o -> assertThat(o.reason()).contains("adapter at fault"));
    }

    @Test
    void bothTwinsAreShownThoughTheFirstDies() {
        var twins = new Stimulus.MustReject(ordered("halt"), ordered("well"));
        assertThat(pool.observe(twins)).isInstanceOfSatisfying(Observation.Twins.class, observed -> {
            assertThat(observed.valid()).isInstanceOf(Observation.Crashed.class);
            assertThat(observed.broken()).isEqualTo(WELL);
        });
    }

    /** The second twin meets a fresh process; if the next case met it too, its history would lack that twin. */
    @Test
    void aProcessThatMetTheRestOfACaseIsNotShownTheNext() {
        try (WorkerPool one = WorkerPool.start(MISCHIEF)) {
            assertThat(one.show(new Stimulus.MustReject(ordered("halt"), ordered("well")))
                            .seat())
                    .contains(new Seat(1, 1));
            assertThat(one.show(ordered("well")).seat()).contains(new Seat(3, 1));
        }
    }

    @Test
    void aScriptStopsAtADeath() {
        var script = Stimulus.Script.of(
                new Step.Load("m", order("halt"), false), Step.Run.of("m", Map.of()), new Step.Close("m"));
        assertThat(pool.observe(script)).isInstanceOfSatisfying(Observation.Transcript.class, transcript -> {
            assertThat(transcript.steps()).hasSize(2);
            assertThat(transcript.steps().get(1)).isInstanceOf(Observation.Crashed.class);
        });
    }

    @Test
    void anAnswerOfAnotherIdIsAViolation() {
        violates("wrong-id", "instead of");
    }

    @Test
    void aWrongChecksumIsAViolation() {
        violates("wrong-crc", "CRC-32");
    }

    @Test
    void aWrongMagicIsAViolation() {
        violates("wrong-magic", "magic");
    }

    @Test
    void anOversizedFrameIsAViolation() {
        violates("oversized", "at most");
    }

    @Test
    void aMeasurementThatNobodyAskedForIsAViolation() {
        violates("measured", "nobody asked");
    }

    @Test
    void anAnswerGivenTwiceIsAViolationOfTheNextStep() {
        assertThat(foreign.observe(ordered("twice"))).isInstanceOf(Observation.Violated.class);
        assertThat(foreign.observe(ordered("well"))).isEqualTo(Observation.Outputs.none());
    }

    @Test
    void anAnswerThatBreaksOffIsACrash() {
        assertThat(foreign.observe(ordered("half"))).isEqualTo(new Observation.Crashed(Phase.LOAD, "exit 7", ""));
        assertThat(foreign.observe(ordered("well"))).isEqualTo(Observation.Outputs.none());
    }

    @Test
    void aLateAnswerIsATimeOutAndNeverReachesTheNextCase() {
        try (WorkerPool hasty = WorkerPool.start(foreign().withStepTimeout(Duration.ofSeconds(1)))) {
            assertThat(hasty.observe(ordered("late"))).isEqualTo(new Observation.TimedOut(Phase.LOAD, 1000));
            assertThat(hasty.observe(ordered("well"))).isEqualTo(Observation.Outputs.none());
        }
    }

    @Test
    void aTimeLongerThanTheSuiteWaitedIsAViolation() {
        LoadSettings settings = new LoadSettings(LoadSettings.Scenario.SINGLE_STREAM, 1, 0, 10, 1, 0);
        var script = Stimulus.Script.of(new Step.Measure("m", List.of(new TreeMap<>()), settings));
        assertThat(foreign.observe(script))
                .isInstanceOfSatisfying(Observation.Transcript.class, transcript -> assertThat(transcript.steps())
                        .singleElement()
                        .isInstanceOf(Observation.Violated.class));
    }

    @Test
    void aStimulusLargerThanAFrameIsNotDriven() {
        try (WorkerPool small = WorkerPool.start(MISCHIEF.withLimits(Limits.DEFAULT.withFrame(4096)))) {
            assertThat(small.observe(ordered("x".repeat(5000)))).isInstanceOf(Observation.NotDriven.class);
            assertThat(small.observe(ordered("well"))).isEqualTo(WELL);
        }
    }

    @Test
    void anExportFetchesTheTensorsItNeeds() {
        Tensor weights = Tensor.ofLongs(ElementType.INT64, Shape.of(2), 3, 4);
        Exporter exporter = (template, initializers) -> {
            assertThat(initializers).isEqualTo(Map.of("w", weights));
            return template;
        };
        var script = Stimulus.Script.of(
                new Step.Put("kept", weights),
                new Step.LoadExported("m", order("t"), new TreeMap<>(Map.of("w", "kept"))));
        Keeping backend = new Keeping();
        Observation observed = new Player(backend, exporter, false).observe(script);
        assertThat(((Observation.Transcript) observed).steps())
                .hasSize(2)
                .allMatch(Observation.Outputs.class::isInstance);
        assertThat(backend.seen()).containsExactly("Put", "Get", "Load", "Close", "Drop");
    }

    @Test
    void manyThreadsShareFewWorkers() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (WorkerPool two = WorkerPool.start(MISCHIEF.withWorkers(2))) {
            List<Future<Observation>> observed = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> two.observe(ordered(i % 10 == 0 ? "halt" : "well"))))
                    .toList();
            for (int i = 0; i < 40; i++) {
                assertThat(observed.get(i).get() instanceof Observation.Crashed).isEqualTo(i % 10 == 0);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void anUnknownBackendIsNamedWithTheNearest() {
        assertThatThrownBy(() -> WorkerPool.start(WorkerSettings.of("mischieff")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("did you mean 'mischief'?")
                .hasMessageContaining("cpu");
    }

    @Test
    void anUnknownOptionIsRefusedByTheWorkerAndToldByTheSuite() {
        WorkerSettings settings = WorkerSettings.of("cpu").withOptions(new TreeMap<>(Map.of("intra-op-thread", "1")));
        assertThatThrownBy(() -> WorkerPool.start(settings))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("did you mean 'intra-op-threads'?");
    }

    /** The second process names a library of another digest: its answers would pass under the first one's name. */
    @Test
    void aRestartedWorkerThatIsAnotherSystemIsAViolation(@TempDir Path folder) {
        Path started = folder.resolve("started");
        try (WorkerPool changing = WorkerPool.start(foreign(started.toString()))) {
            assertThat(changing.observe(ordered("half"))).isInstanceOf(Observation.Crashed.class);
            assertThat(changing.observe(ordered("well")))
                    .isInstanceOfSatisfying(Observation.Violated.class, violated -> {
                        assertThat(violated.phase()).isEqualTo(Phase.START);
                        assertThat(violated.message()).contains("library lib.so was 'digest-1', is 'digest-2'");
                    });
        }
    }

    @Test
    void aCommandThatIsNoWorkerDoesNotStart() {
        assertThatThrownBy(
                        () -> WorkerPool.start(WorkerSettings.of("x").withCommand(List.of("/bin/sh", "-c", "exit 5"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("exit 5");
    }

    private void violates(String order, String reason) {
        assertThat(foreign.observe(ordered(order))).isInstanceOfSatisfying(Observation.Violated.class, violated -> {
            assertThat(violated.phase()).isEqualTo(Phase.LOAD);
            assertThat(violated.message()).contains(reason);
        });
        assertThat(foreign.observe(ordered("well"))).isEqualTo(Observation.Outputs.none());
    }

    private static Bytes order(String order) {
        return Bytes.own(order.getBytes(StandardCharsets.UTF_8));
    }

    private static Stimulus.ModelRun ordered(String order) {
        return new Stimulus.ModelRun(order(order), Map.of());
    }
}
