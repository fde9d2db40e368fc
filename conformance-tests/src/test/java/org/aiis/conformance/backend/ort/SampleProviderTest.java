package org.aiis.conformance.backend.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.conformance.worker.WorkerSettings;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.NodePlacement.State;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A vendor's plug-in library: what it claims passes and ran on it, and each way in which it is broken is seen as itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleProviderTest {
    private static final Set<OperatorType> CLAIMED = Set.of(
            new OperatorType("Add", ElementType.FLOAT32),
            new OperatorType("Add", ElementType.INT32),
            new OperatorType("Add", ElementType.INT64),
            new OperatorType("Mul", ElementType.FLOAT32),
            new OperatorType("Mul", ElementType.INT32),
            new OperatorType("Mul", ElementType.INT64),
            new OperatorType("Relu", ElementType.FLOAT32),
            new OperatorType("MatMul", ElementType.FLOAT32));

    /** An ICS that claims these and declares nothing to run elsewhere. */
    private static final Terms TERMS =
            new Terms(Accuracy.RELAXED, CLAIMED, Set.of(), Set.of(), SampleProvider.NAME, Set.of(), Map.of());

    private final Suite suite = Suite.load(Home.find());
    private Path library = Path.of("");

    @BeforeAll
    void build(@TempDir Path folder) throws Exception {
        library = SampleProvider.build(folder);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void whatItClaimsPassesAndRanOnIt(String backend, Map<String, String> options) {
        List<TestCase> cases = suite.catalogue().cases().stream()
                .filter(c -> c.grade() == Grade.QUICK)
                .filter(c -> c.pair().filter(CLAIMED::contains).isPresent())
                .toList();
        assertThat(cases).hasSizeGreaterThan(90);
        Set<OperatorType> ran = new TreeSet<>();
        try (WorkerPool pool = WorkerPool.start(settings(backend, options))) {
            assertThat(pool.sut().provider()).isEqualTo(SampleProvider.NAME);
            assertThat(pool.sut().libraries()).containsKey("libaiis_sample_provider.so");
            for (TestCase c : cases) {
                Observation observed = pool.observe(c.stimulus().get());
                assertThat(suite.judge().judge(c, observed, TERMS).message())
                        .as(c.id() + ": " + observed)
                        .isEmpty();
                if (observed instanceof Observation.Outputs outputs) {
                    assertThat(outputs.placement()).isNotEmpty().allMatch(node -> on(node, SampleProvider.NAME));
                    ran.add(c.pair().orElseThrow());
                }
            }
        }
        assertThat(ran).containsExactlyInAnyOrderElementsOf(CLAIMED);
    }

    /** As a plug-in, and through the door for libraries of custom operators. */
    static Stream<Arguments> routes() {
        return Stream.of(
                Arguments.of("ort:plugin", Map.of()), Arguments.of("ort:custom", Map.of("name", SampleProvider.NAME)));
    }

    /** How it is broken, the case that shows it, and what the suite says. */
    static Stream<Arguments> twins() {
        String add = "OP-Add-VALUES/float32/opset13/uniform";
        String relu = "OP-Relu-VALUES/float32/opset13/uniform";
        String product = "OP-MatMul-VALUES/float32/opset17/uniform";
        return Stream.of(
                Arguments.of("wrong-value", relu, "allowed"),
                Arguments.of("wrong-shape", relu, "shape"),
                Arguments.of("rounded-inputs", product, "allowed"),
                Arguments.of("crash-in-load", relu, "the process died at load: SIGSEGV"),
                Arguments.of("crash-in-run", add, "the process died at run: SIGSEGV"),
                Arguments.of("hang-in-load", add, "no answer at load in 4000 ms"),
                Arguments.of("hang-in-run", product, "no answer at run in 4000 ms"),
                Arguments.of(
                        "claims-nothing",
                        add,
                        "n0 (Add) ran on CPUExecutionProvider, and not on " + SampleProvider.NAME),
                Arguments.of(
                        "leaves-matmul",
                        product,
                        "n0 (MatMul) ran on CPUExecutionProvider, and not on " + SampleProvider.NAME),
                Arguments.of("refuses", relu, "rejected at run: "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("twins")
    void aBrokenTwinFailsAndIsToldApart(String broken, String id, String told) {
        TestCase shown = suite.catalogue().cases().stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow();
        try (WorkerPool pool = WorkerPool.start(settings("ort:plugin", Map.of("provider.broken", broken)))) {
            Finding finding =
                    suite.judge().judge(shown, pool.observe(shown.stimulus().get()), TERMS);

            assertThat(finding.verdict()).as(finding.message()).isEqualTo(Verdict.FAIL);
            assertThat(finding.message()).contains(told);
        }
    }

    /** Three nodes that it takes become one; with one in between that it does not take, they stay apart. */
    @Test
    void nodesOfACompiledGraphAreToldEachWithItsProvider() {
        try (WorkerPool pool = WorkerPool.start(settings("ort:plugin", Map.of()))) {
            assertThat(placement(pool, "Add")).hasSize(3).allSatisfy(node -> assertThat(node.by())
                    .isEqualTo("(compiled, " + SampleProvider.NAME + ")"));
            assertThat(placement(pool, "Sub"))
                    .extracting(NodePlacement::state)
                    .containsExactly(State.FUSED_INTO, State.PROVIDER, State.FUSED_INTO);
            assertThat(placement(pool, "Sub").get(1).by()).isEqualTo("CPUExecutionProvider");
        }
    }

    @Test
    void anOptionThatTheProviderDoesNotKnowIsRefusedInItsOwnWords() {
        assertThatThrownBy(() -> WorkerPool.start(settings("ort:plugin", Map.of("provider.broken", "loudly")))
                        .close())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'loudly' is none of no wrong-value");
    }

    private static List<NodePlacement> placement(WorkerPool pool, String between) {
        Bytes model = new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, 2, 2)
                .output("y", ElementType.FLOAT32, 2, 2)
                .node("Relu", List.of("x"), List.of("a"))
                .node(between, List.of("a", "x"), List.of("b"))
                .node("MatMul", List.of("b", "x"), List.of("y"))
                .build();
        Tensor x = Tensor.ofFloats(Shape.of(2, 2), 1, -2, 3, 4);
        Observation observed = pool.observe(new Stimulus.ModelRun(model, Map.of("x", x)));
        Tensor expected = between.equals("Add")
                ? Tensor.ofFloats(Shape.of(2, 2), -4, -12, 30, 20)
                : Tensor.ofFloats(Shape.of(2, 2), 6, 8, 0, 0);
        assertThat(observed).isInstanceOfSatisfying(Observation.Outputs.class, outputs -> assertThat(
                        outputs.values().get("y").tensor())
                .isEqualTo(expected));
        return ((Observation.Outputs) observed).placement();
    }

    private static boolean on(NodePlacement node, String provider) {
        return node.state() == State.PROVIDER && node.by().equals(provider)
                || node.state() == State.FUSED_INTO && node.by().endsWith(", " + provider + ")");
    }

    private WorkerSettings settings(String backend, Map<String, String> options) {
        Map<String, String> all = new TreeMap<>(options);
        all.put("library", library.toString());
        return WorkerSettings.of(backend).withOptions(new TreeMap<>(all)).withStepTimeout(Duration.ofSeconds(4));
    }
}
