package org.aiis.conformance.worker.rogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.conformance.backend.Backends;
import org.aiis.conformance.junit.ConformanceLauncher;
import org.aiis.conformance.run.Plan;
import org.aiis.conformance.run.Progress;
import org.aiis.conformance.run.Rejudging;
import org.aiis.conformance.run.Run;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.scheme.IcsDraft;
import org.aiis.conformance.scheme.Profiles;
import org.aiis.conformance.worker.WorkerMain;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.conformance.worker.WorkerSettings;
import org.aiis.report.Reports;
import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Folder;
import org.aiis.report.bundle.Qualification;
import org.aiis.report.verify.Verification;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A run through each adapter that misbehaves: the case that sets it off is recorded as what happened, in its own words, the
 * others are as if nothing had been, the run comes to its end, and its bundle verifies.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@org.junit.jupiter.api.Tag("long")
class RoguesTest {
    private static final String SET_OFF = "OP-Not-SHAPES/bool/opset17/zero-size";

    /** Those that spoil every case after the first: no later process is the system that the evidence names. */
    private static final Map<String, String> LASTING = Map.of(
            "other-system", "another system under test", "silent-after-restart", "no answer at start in 8000 ms");

    /** What they do shows in several cases together: DeathsTest tries them. */
    private static final Set<String> OF_DEATHS = Set.of("rogue:poisons", "rogue:dies-once");

    private Suite suite = Suite.load(Home.find());

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    void theCaseIsThere() {
        assertThat(setOff().grade()).isEqualTo(Grade.QUICK);
    }

    /** Name, kind of the observation, and the finding in part: a second answer comes before the next request, or behind it. */
    static Stream<Arguments> rogues() {
        return Stream.of(
                rogue("hangs-in-load", Observation.TimedOut.class, "no answer at load in 6000 ms"),
                rogue("hangs-in-run", Observation.TimedOut.class, "no answer at run in 6000 ms"),
                rogue("stops", Observation.TimedOut.class, "no answer at run in 6000 ms"),
                rogue("late", Observation.TimedOut.class, "no answer at run in 6000 ms"),
                rogue("signal-in-load", Observation.Crashed.class, "the process died at load: SIGSEGV"),
                rogue("signal-in-run", Observation.Crashed.class, "the process died at run: SIGFPE"),
                rogue("killed-in-run", Observation.Crashed.class, "the process died at run: exit 137 (128 + SIGKILL)"),
                rogue("exits", Observation.Crashed.class, "the process died at run: exit 3"),
                rogue("orphans", Observation.Crashed.class, "the process died at run: exit 4"),
                rogue("half-a-frame", Observation.Crashed.class, "the process died at run: exit 7"),
                rogue("other-system", Observation.Crashed.class, "the process died at run: exit 5"),
                rogue("silent-after-restart", Observation.Crashed.class, "the process died at run: exit 5"),
                rogue("eats-memory", Observation.Exceeded.class, "took more than 1024 MiB of memory at run"),
                rogue("floods-stderr", Observation.Exceeded.class, "256 MiB of standard error and output in one step"),
                rogue("floods-stdout", Observation.Exceeded.class, "256 MiB of standard error and output in one step"),
                rogue("huge-output", Observation.Exceeded.class, "40960 KiB that evidence can keep of a case"),
                rogue("wrong-crc", Observation.Violated.class, "at run: CRC-32"),
                rogue("wrong-size", Observation.Violated.class, "at run: attachment 0"),
                rogue("garbage", Observation.Violated.class, "at run: magic"),
                rogue("oversized", Observation.Violated.class, "at run: frame of 2147483647, at most"),
                rogue("long-header", Observation.Violated.class, "at run: header of 104857600, at most"),
                rogue("other-id", Observation.Violated.class, "instead of"),
                rogue("twice", Observation.Violated.class, "request|it sent what nobody asked for before this step"),
                rogue("long-message", Observation.Rejected.class, "rejected at load: why why"),
                rogue("wrong-shape", Observation.Outputs.class, "shape"),
                rogue("wrong-type", Observation.Outputs.class, "float32"),
                rogue("missing-output", Observation.Outputs.class, "outputs [], expected [y]"),
                rogue("extra-output", Observation.Outputs.class, "surplus"),
                rogue("placement-lie", Observation.Outputs.class, "no-such-node"));
    }

    private static Arguments rogue(String name, Class<? extends Observation> kind, String told) {
        return Arguments.of(name, kind, told);
    }

    @Test
    void everyRogueThatShipsIsTried() {
        assertThat(rogues().map(r -> "rogue:" + r.get()[0]))
                .hasSizeGreaterThanOrEqualTo(12)
                .containsExactlyInAnyOrderElementsOf(Backends.installed().variants().keySet().stream()
                        .filter(word -> word.startsWith("rogue:"))
                        .filter(word -> !OF_DEATHS.contains(word))
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rogues")
    void isRecordedAsItselfAndStopsNothing(String name, Class<? extends Observation> kind, String told) {
        Path bundle = folder.resolve("bundle");

        drive(name, bundle);

        Map<String, Entry.CaseDone> cases = cases(bundle);
        Entry.CaseDone setOff = cases.remove(SET_OFF);
        assertThat(setOff.observation()).isInstanceOf(kind);
        assertThat(setOff.finding().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(setOff.finding().message()).containsAnyOf(told.split("\\|")).hasSizeLessThan(20_000);
        assertThat(cases).hasSizeGreaterThan(5);
        String lasting = LASTING.getOrDefault(name, "");
        assertThat(cases.values())
                .filteredOn(c -> c.finding().verdict() != Verdict.PASS)
                .allSatisfy(c -> assertThat(c.finding().message()).contains(lasting))
                .hasSizeBetween(lasting.isEmpty() ? 0 : 1, lasting.isEmpty() ? 0 : cases.size() - 1);
        assertThat(new Reports(suite.standard(), new Rejudging(suite)).verify(bundle, done -> {}))
                .extracting(Verification::status)
                .isEqualTo(Verification.Status.INTACT_UNKNOWN_ORIGIN);
    }

    /** A shell that starts the worker, and keeps standing when that has gone with the last copy of the descriptor. */
    @Test
    void anAdapterThatClosesItsDescriptorAndLivesOnIsAViolation() {
        List<String> command = List.of(
                "/bin/sh",
                "-c",
                "exec 4<&0; \"$@\" <&4 & exec 3>&- 4<&-; sleep 600",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                WorkerMain.class.getName(),
                "rogue:exits");
        try (WorkerPool pool = WorkerPool.start(settings("x").withCommand(command))) {
            Stimulus stimulus = setOff().stimulus().get();
            assertThat(pool.observe(stimulus))
                    .isEqualTo(new Observation.Violated(
                            Observation.Phase.RUN, "it closed the descriptor of its answers and lived on"));
            assertThat(pool.observe(other().stimulus().get())).isInstanceOf(Observation.Outputs.class);
        }
    }

    private void drive(String name, Path bundle) {
        try (WorkerPool pool = WorkerPool.start(settings("rogue:" + name))) {
            Plan plan = new Plan(
                    new Profiles(suite.standard(), suite.home()).resolve("core"),
                    IcsDraft.minimal(pool.sut(), 1, new TreeMap<>()),
                    List.of(),
                    Grade.QUICK,
                    List.of("OP-Not-*"),
                    0);
            try (Run run = Run.begin(suite, plan, Qualification.NONE, bundle, pool, Progress.SILENT)) {
                ConformanceLauncher.drive(run.runner(), 1);
                run.finish();
            }
        }
    }

    private static WorkerSettings settings(String backend) {
        return WorkerSettings.of(backend)
                .withStartTimeout(Duration.ofSeconds(8))
                .withStepTimeout(Duration.ofSeconds(6))
                .withMemoryMiB(1024);
    }

    private TestCase setOff() {
        return named(SET_OFF);
    }

    private TestCase other() {
        return named(SET_OFF.replace("zero-size", "rank-1"));
    }

    private TestCase named(String id) {
        return suite.catalogue().cases().stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Entry.CaseDone> cases(Path bundle) {
        Map<String, Entry.CaseDone> cases = new TreeMap<>();
        Evidence.read(Folder.scan(bundle), (line, done) -> cases.put(done.id(), done));
        return cases;
    }
}
